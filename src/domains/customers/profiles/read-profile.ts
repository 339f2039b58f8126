import type { Locale } from '../../../kernel/locale.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { ShownProfile } from '../contract/profile.ts';
import type { ConsentState } from '../contract/consent.ts';
import { readConsents, type StoredConsent } from '../consents/store.ts';
import { evaluateConsent, type LineagePart } from '../consents/rules.ts';
import { isPersonal } from '../identifiers/personal.ts';
import { kindOf } from '../identifiers/kinds.ts';
import { readIdentifiers, type HeldIdentifier } from '../identifiers/store.ts';
import { readLineage, type PartRow } from '../merges/lineage.ts';
import type { Connection, Sources } from '../sources.ts';
import { readTags, type HeldTag } from '../tags/store.ts';
import type { Vault } from '../vault/vault.ts';
import { maskIdentifier, maskName, maskText } from './mask.ts';
import { mergeProfiles, type Profile } from './profile.ts';
import { readProfiles, type StoredProfile } from './store.ts';
import { readDuplicates, readMerges } from './view-store.ts';

const erased = 2;

/** An existing person, their own number first, or a problem that says that there is none or none any more. */
export async function requireParts(connection: Connection, customerNo: number): Promise<PartRow[]> {
  const parts = await readLineage(connection, customerNo);
  if (parts.length === 0) throw notFound('customers.not_found', { customerNo });
  if (parts[0].status === erased) throw notFound('customers.erased', { customerNo });
  return parts;
}

/** The numbers of an existing person: see `requireParts`. */
export const requireLineage = async (connection: Connection, customerNo: number): Promise<number[]> =>
  (await requireParts(connection, customerNo)).map((part) => part.customerNo);

/** What the page of a customer shows, masked. Reads of several tables run at once, so a page costs one round trip more than its slowest. */
export async function readShownProfile(pool: Connection, vault: Vault, sources: Sources, customerNo: number, now: Date, locale: Locale): Promise<ShownProfile> {
  const parts = await requireParts(pool, customerNo);
  const lineage = parts.map((part) => part.customerNo);
  const [profiles, identifiers, tags, consents, duplicates, merges, figures, computedTags] = await Promise.all([
    readProfiles(pool, vault, lineage),
    readIdentifiers(pool, vault, [lineage[0]]),
    readTags(pool, lineage),
    readConsents(pool, lineage),
    readDuplicates(pool, lineage),
    readMerges(pool, lineage),
    Promise.all(sources.figures.map((source) => source.read(lineage, locale))),
    Promise.all(sources.tags.map((source) => source.read(lineage[0]))),
  ]);
  const merged = mergeProfiles(lineage.map((no) => profiles.get(no)?.profile).filter((p) => p !== undefined));
  const others = duplicates.length === 0 ? new Map<number, StoredProfile>() : await readProfiles(pool, vault, duplicates.map((d) => d.customerNo));
  const computedAt = now.toISOString();
  return {
    customerNo: lineage[0],
    version: profiles.get(lineage[0])?.version ?? 0,
    ...shownColumns(merged),
    ...origin(parts, identifiers),
    identifiers: identifiers.map((identifier) => shownIdentifier(identifier, lineage[0])),
    tags: [...shownTags(tags), ...computedTags.flat().map((tag) => ({ ...tag, addedAt: tag.addedAt.toISOString(), lapsesAt: null, isComputed: true }))],
    consents: consentStates(consents, parts, lineage[0]),
    figures: figures.flat().map((figure) => ({ ...figure, computedAt })),
    possibleDuplicates: duplicates.map((d) => ({
      customerNo: d.customerNo,
      name: masked(others.get(d.customerNo)?.profile.name),
      kind: d.kind === 0 ? '' : kindOf(d.kind),
      foundAt: d.foundAt.toISOString(),
    })),
    merges: merges.map((m) => ({ ...m, at: m.at.toISOString(), undoneAt: m.undoneAt?.toISOString() ?? null })),
    lineage,
    computedAt,
  };
}

const masked = (name: string | null | undefined): string | null => (name ? maskName(name) : null);

function shownColumns({ personal, attributes, ...columns }: Profile) {
  const contacts: Record<string, 'phone' | 'email'> = { phone: 'phone', email: 'email' };
  return {
    ...columns,
    name: masked(columns.name),
    attributes,
    personal: Object.fromEntries(Object.entries(personal).map(([key, value]) => [key, Object.hasOwn(contacts, key) ? maskIdentifier(contacts[key], value) : maskText(value)])),
  };
}

function origin(parts: readonly PartRow[], identifiers: readonly HeldIdentifier[]) {
  const first = parts.reduce((a, b) => (b.createdAt < a.createdAt ? b : a));
  return {
    firstSeenAt: first.createdAt.toISOString(),
    channel: first.channel ?? parts.find((part) => part.channel)?.channel ?? null,
    importId: first.importId > 0 ? first.importId : null,
    firstKnownBy: identifiers[0]?.kind ?? null,
  };
}

const shownIdentifier = (identifier: HeldIdentifier, ownNo: number) => ({
  id: identifier.id,
  kind: identifier.kind,
  namespace: identifier.namespace,
  masked: maskIdentifier(identifier.kind, identifier.value),
  isPersonal: isPersonal(identifier.kind, identifier.value),
  addedAt: identifier.addedAt.toISOString(),
  cameWith: identifier.homeNo === ownNo ? null : identifier.homeNo,
});

/** Each tag once, though several people of a lineage had it. */
export const shownTags = (tags: readonly HeldTag[]) =>
  [...new Map(tags.map((tag) => [tag.tagId, tag])).values()].map(({ tagId, name, addedAt, addedBy, lapsesAt }) => ({
    tagId, name, addedAt: addedAt.toISOString(), addedBy, lapsesAt: lapsesAt?.toISOString() ?? null, isComputed: false,
  }));

/** What counts for each channel and purpose that was ever spoken of, in the order of the contract's lists. */
export function consentStates(statements: readonly StoredConsent[], parts: readonly PartRow[], rootNo: number): ConsentState[] {
  const lineage: LineagePart[] = parts.map((part) => ({ customerNo: part.customerNo, survivorNo: part.customerNo === rootNo ? null : part.mergedInto, mergedAt: part.mergedAt }));
  return [...Map.groupBy(statements, (s) => `${s.channel} ${s.purpose}`)].sort(([a], [b]) => a.localeCompare(b)).flatMap(([, about]) => {
    const state = evaluateConsent(about, lineage);
    if (!state) return [];
    return [{
      channel: about[0].channel,
      purpose: about[0].purpose,
      granted: state.decisive.granted,
      stricterKept: state.stricterKept,
      at: state.decisive.at.toISOString(),
      history: about.map(({ customerNo: _, ...s }) => ({ ...s, at: s.at.toISOString(), recordedAt: s.recordedAt.toISOString() })),
    }];
  });
}

