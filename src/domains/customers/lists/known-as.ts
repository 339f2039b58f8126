import type { Platform } from '../../../platform/platform.ts';
import { identifierKinds, type IdentifierKind } from '../identifiers/kinds.ts';
import { readIdentifiers } from '../identifiers/store.ts';
import { readLineages } from '../merges/lineages.ts';
import { maskIdentifier } from '../profiles/mask.ts';
import { mergeProfiles } from '../profiles/profile.ts';
import { readProfiles } from '../profiles/store.ts';
import type { Vault } from '../vault/vault.ts';

/** By what another system can tell who somebody is. */
export interface KnownAs {
  customerNo: number;
  identifiers: Partial<Record<IdentifierKind, string[]>>;
  /** In full only. */
  name?: string | null;
}

const shopsOwn: readonly IdentifierKind[] = ['external_id', 'member_no'];
const everyKind: readonly IdentifierKind[] = [...shopsOwn, 'phone', 'email', 'unionid', 'openid'];

/**
 * What these customers are known by, in their order: the shop's own numbers, and in full phones, addresses and names too.
 * Of who is gone the number is left.
 */
export async function knownAs({ pg: pool }: Pick<Platform, 'pg'>, vault: Vault, customerNos: readonly number[], isFull: boolean): Promise<KnownAs[]> {
  if (customerNos.length === 0) return [];
  const kinds = (isFull ? everyKind : shopsOwn).map((kind) => identifierKinds[kind]);
  const [identifiers, names] = await Promise.all([readIdentifiers(pool, vault, customerNos, kinds), isFull ? readNames(pool, vault, customerNos) : null]);
  const identifiersOf = Map.groupBy(identifiers, (identifier) => identifier.customerNo);
  return customerNos.map((customerNo) => {
    const held: KnownAs['identifiers'] = {};
    for (const { kind, value } of identifiersOf.get(customerNo) ?? []) (held[kind] ??= []).push(isFull ? value : maskIdentifier(kind, value));
    return { customerNo, identifiers: held, ...(names ? { name: names.get(customerNo) ?? null } : {}) };
  });
}

async function readNames(pool: Platform['pg'], vault: Vault, customerNos: readonly number[]): Promise<Map<number, string | null>> {
  const lineages = await readLineages(pool, customerNos);
  const profiles = await readProfiles(pool, vault, [...lineages.values()].flat().map((part) => part.customerNo));
  return new Map([...lineages].map(([customerNo, parts]) =>
    [customerNo, mergeProfiles(parts.flatMap((part) => profiles.get(part.customerNo)?.profile ?? [])).name]));
}
