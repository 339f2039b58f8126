import type { z } from 'zod';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { parseSort } from '../../../../kernel/page.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { type LibraryTag, type listLibraryTags, type TagDetail, tagSorts } from '../../contract/tag-library.ts';
import { requireCard } from '../cards/keep-tags.ts';
import { readCards, type TagCard } from '../cards/store.ts';
import { readUploads } from '../uploads/store.ts';
import { type TagUser, type TagUseSource, usesOf } from '../uses/uses.ts';
import type { HandSizes } from './hand-sizes.ts';

/** How tags are told to people. */
export interface Showing {
  platform: Platform;
  say: Say;
  handSizes(): Promise<HandSizes>;
  sources: readonly TagUseSource[];
}

type Query = z.output<NonNullable<typeof listLibraryTags.query>>;

/** One page of the library: found by words, category, kind and use. */
export async function showLibrary(showing: Showing, query: Query, locale: Locale): Promise<EndpointReply<typeof listLibraryTags>> {
  const sort = parseSort(query.sort ?? 'name', tagSorts);
  if (!sort) throw new Problem('audiences.bad_tag_sort', { params: { allowed: tagSorts } });
  const [cards, known] = await Promise.all([readCards(showing.platform.pg), whatIsKnown(showing)]);
  const words = (query.q ?? '').toLowerCase();
  const found = cards
    .filter((card) => query.kind === undefined || card.kind === query.kind)
    .filter((card) => query.category === undefined || card.categoryId === (query.category === 'none' ? null : query.category))
    .filter((card) => [card.name, card.meaning, card.owner].some((text) => text.toLowerCase().includes(words)))
    .map((card) => shownTag(showing, card, known, locale))
    .filter((tag) => query.use === undefined || (tag.uses.length > 0) === (query.use === 'used'))
    .sort((a, b) => (sort.descending ? -1 : 1) * compared[sort.field](a, b));
  const begin = (query.page - 1) * query.pageSize;
  return { rows: found.slice(begin, begin + query.pageSize), total: found.length, base: known.counts.base, computedAt: known.counts.countedAt.toISOString() };
}

const compared: Record<(typeof tagSorts)[number], (a: LibraryTag, b: LibraryTag) => number> = {
  name: (a, b) => a.name.localeCompare(b.name, 'zh-CN'),
  size: (a, b) => a.size - b.size,
  freshAt: (a, b) => (a.freshAt ?? '').localeCompare(b.freshAt ?? ''),
  uses: (a, b) => a.uses.length - b.uses.length,
};

/** Everything about one tag. */
export async function showTag(showing: Showing, tagId: number, locale: Locale): Promise<TagDetail> {
  const card = await requireCard(showing.platform.pg, tagId);
  const [uploads, known] = await Promise.all([readUploads(showing.platform.pg, card.tagId), whatIsKnown(showing)]);
  return {
    ...shownTag(showing, card, known, locale),
    version: card.version,
    definition: card.definition,
    uploads: uploads.map((each) => ({ ...each, givenAt: each.givenAt.toISOString(), lapsesAt: each.lapsesAt?.toISOString() ?? null })),
    base: known.counts.base,
    computedAt: known.counts.countedAt.toISOString(),
  };
}

interface Known {
  counts: HandSizes;
  users: TagUser[];
}

async function whatIsKnown({ handSizes, sources }: Showing): Promise<Known> {
  const [counts, users] = await Promise.all([handSizes(), Promise.all(sources.map((source) => source.users()))]);
  return { counts, users: users.flat() };
}

function shownTag({ say }: Showing, card: TagCard, { counts, users }: Known, locale: Locale): LibraryTag {
  const { tagId, name, kind, categoryId, owner, meaning, validDays, validUntil } = card;
  const size = kind === 'hand' ? (counts.sizes.get(tagId) ?? 0) : card.size;
  const share = (people: number): number | null => (counts.base === 0 ? null : people / counts.base);
  const limits = limitsOf(card);
  return {
    tagId, name, kind, categoryId, owner, meaning, validDays, validUntil, size,
    share: share(size),
    freshAt: (kind === 'hand' ? card.givenAt : card.evaluatedAt)?.toISOString() ?? null,
    trouble: card.trouble && sentenceOf(say, locale, card.trouble),
    uses: usesOf(card, users),
    tiers: card.tiers.map((tier, i) => ({ ...tier, share: share(tier.size), from: i === 0 ? null : (limits?.at(i - 1) ?? null) })),
  };
}

/** Where each tier but the lowest begins; null of tiers by rules. */
function limitsOf({ definition, limits }: TagCard): readonly string[] | null {
  if (definition.kind !== 'tiers' || definition.tiers.by === 'rules') return null;
  return definition.tiers.by === 'limits' ? definition.tiers.limits : limits;
}

function sentenceOf(say: Say, locale: Locale, { code, params }: NonNullable<TagCard['trouble']>): string {
  const [namespace, ...key] = code.split('.');
  return say(locale, namespace, `problem.${key.join('.')}`, params);
}
