import { isOwnId } from '../identifiers/former-own-ids.ts';
import { byStrength, identifierKinds, type Identifier, type IdentifierKind } from '../identifiers/kinds.ts';
import type { Vault } from '../vault/vault.ts';

/** What is said of a person at one moment: all of these identifiers are theirs. Values are normalised. */
export interface IdentityClaim {
  identifiers: readonly Identifier[];
  at: Date;
  /** Where the person was met, for those who are new. */
  channel?: string;
  importId?: number;
}

/** An identifier with what it is looked up by. */
export interface Key extends Identifier {
  code: number;
  hash: string;
  /** Equal for equal identifiers. */
  id: string;
  /** Equal for identifiers of which a person has one as a rule: the kind and its namespace. */
  slot: string;
  /** Says whom it names, and is given to nobody: where the shop's own ids were kept formerly. */
  isOnlyAsked?: boolean;
}

/** A claim whose keys stand in order of strength; equal claims are one, with the earliest moment. */
export interface PreparedClaim {
  keys: Key[];
  at: Date;
  channel: string | undefined;
  importId: number;
}

const strength = new Map<IdentifierKind, number>(byStrength.map((kind, index) => [kind, index]));

/** Adds its hash to an identifier. */
export function keyOf(vault: Vault, { kind, namespace, value }: Identifier): Key {
  const code = identifierKinds[kind];
  const hash = vault.hashOf(kind, namespace, value);
  return { kind, namespace, value, code, hash, id: `${code} ${hash}`, slot: `${code} ${namespace}` };
}

/** The distinct claims and, for each claim given, the index of its own among them. */
export function prepareClaims(vault: Vault, claims: readonly IdentityClaim[], formerOwnIds: string | null = null): { prepared: PreparedClaim[]; indexes: Int32Array } {
  const prepared: PreparedClaim[] = [];
  const indexes = new Int32Array(claims.length);
  const byContent = new Map<string, number>();
  const keys = new Map<string, Key>();
  for (const [position, claim] of claims.entries()) {
    const content = JSON.stringify(claim.identifiers.map((i) => [i.kind, i.namespace, i.value]));
    let index = byContent.get(content);
    if (index === undefined) {
      index = prepared.length;
      byContent.set(content, index);
      prepared.push({ keys: orderedKeys(vault, claim.identifiers, keys, formerOwnIds), at: claim.at, channel: claim.channel, importId: claim.importId ?? 0 });
    } else if (claim.at < prepared[index].at) {
      prepared[index].at = claim.at;
    }
    indexes[position] = index;
  }
  return { prepared, indexes };
}

function orderedKeys(vault: Vault, identifiers: readonly Identifier[], known: Map<string, Key>, formerOwnIds: string | null): Key[] {
  const own = new Map<string, Key>();
  const keyOnce = (identifier: Identifier): Key => {
    const content = `${identifier.kind} ${identifier.namespace} ${identifier.value}`;
    let key = known.get(content);
    if (!key) known.set(content, (key = keyOf(vault, identifier)));
    return key;
  };
  for (const identifier of identifiers) {
    const key = keyOnce(identifier);
    own.set(key.id, key);
    if (formerOwnIds === null || !isOwnId(identifier)) continue;
    const former = keyOnce({ ...identifier, namespace: formerOwnIds });
    if (!own.has(former.id)) own.set(former.id, { ...former, isOnlyAsked: true });
  }
  return [...own.values()].sort((a, b) => (strength.get(a.kind) ?? 0) - (strength.get(b.kind) ?? 0));
}
