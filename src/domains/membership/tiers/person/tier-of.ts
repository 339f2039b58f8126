import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { OwnTier, TierLine } from '../../contract/tiers.ts';
import { shownTier } from '../../members/shown.ts';
import { type Programme, versionAt } from '../../programme/programme.ts';
import { readEvidence, type TierRow } from '../keep/load.ts';
import { lookAt } from '../keep/look.ts';
import { readSetting } from '../keep/setting.ts';
import type { TierLife } from '../rules/life.ts';
import { type TierWords, tierWords } from './sentences.ts';

type Reads = Pick<Platform, 'pg' | 'clock'>;
const iso = (moment: number): string => new Date(moment).toISOString();
const isoOrNull = (moment: number | null | undefined): string | null => (moment === null || moment === undefined ? null : iso(moment));

/** In which tier a person is now, why, until when, and how far the next one is; null for whoever is no member. For staff, and for their own page. */
export async function tierOf(platform: Reads, programme: Programme, say: Say, accounts: readonly number[], locale: Locale): Promise<OwnTier | null> {
  const { pg, clock } = platform;
  const now = clock.now().getTime();
  const { rows } = await pg.query<{ customerNo: number; joinedAt: Date; tierSince: Date; life: (TierLife & { joinedAt: number }) | null }>(
    `select customer_no as "customerNo", joined_at as "joinedAt", tier_since as "tierSince", life from member where customer_no = any($1::int[]) and left_at is null order by customer_no`, [accounts]);
  if (rows.length === 0) return null;
  const own = rows.map((row): TierRow => ({ ...row, joinedAt: row.joinedAt.getTime(), tierSince: row.tierSince.getTime(), life: row.life?.joinedAt === row.joinedAt.getTime() ? row.life : null }));
  const [setting, versions, brand] = [await readSetting(platform, programme), await programme.versions(), await readBrand(pg)];
  const [member] = await readEvidence(pg, [{ accounts, rows: own }]);
  // What is due and not written yet is told as it will be.
  const looked = lookAt(member, setting, now);
  const version = versionAt(versions, now);
  if (!looked || !version) return null;
  const { standing: { life }, outlook } = looked;
  const tier = (key: string) => shownTier(versions, key, locale);
  const moved = looked.standing.changes.findLast(({ from, to }) => from !== to);
  const words = tierWords(say, locale, versions, brand);
  return {
    tier: tier(life.shown), since: iso(life.shown === life.tier ? life.since : (moved?.at ?? looked.row.tierSince)), earned: life.shown === life.tier ? null : tier(life.tier),
    sentences: outlookSentences(words, looked, member.grants), cycleStart: iso(life.cycleStart), reviewAt: isoOrNull(life.reviewAt), graceUntil: isoOrNull(life.graceUntil), awaitingSince: isoOrNull(life.awaiting?.since),
    next: outlook?.next ? { tier: tier(outlook.next.tier), entry: outlook.next.entry, total: outlook.risen.total, missing: outlook.next.missing, countedFrom: iso(outlook.risen.countedFrom), expectedAt: isoOrNull(outlook.next.expectedAt) } : null,
    keep: outlook?.keep ? { needed: outlook.keep.needed, total: outlook.keep.total, missing: outlook.keep.missing, countedFrom: iso(outlook.keep.countedFrom) } : null,
    tiers: version.definition.tiers.map(({ key, entry, keep }) => ({ tier: tier(key), entry, keep })),
    versionNo: life.versionNo,
  };
}

function outlookSentences(words: TierWords, looked: NonNullable<ReturnType<typeof lookAt>>, grants: readonly { tier: string; until: number | null; from: number }[]): string[] {
  const { standing: { life }, outlook } = looked;
  const floor = grants.find(({ tier, from, until }) => tier === life.shown && from <= life.at && (until === null || until > life.at));
  const sentences: string[] = [];
  if (life.shown !== life.tier) sentences.push(words.say(floor?.until ? 'now.granted' : 'now.grantedOpen', { tier: words.tier(life.shown), earned: words.tier(life.tier), day: words.day(floor?.until ? floor.until - 1 : null) }));
  const keep = outlook?.keep ?? null;
  const params = { tier: words.tier(life.tier), needed: words.number(keep?.needed), total: words.number(keep?.total), missing: words.number(keep?.missing) };
  if (life.awaiting) sentences.push(words.say(life.awaiting.isLate ? 'now.awaitingLate' : 'now.awaiting', { ...params, day: words.day(life.awaiting.since) }));
  else if (life.graceUntil !== null) sentences.push(words.say('now.grace', { ...params, day: words.day(life.graceUntil - 1) }));
  else if (keep && life.reviewAt !== null) sentences.push(words.say(keep.missing > 0 ? 'now.toKeep' : 'now.kept', { ...params, day: words.day(life.reviewAt - 1) }));
  else if (life.shown === life.tier) sentences.push(words.say('now.forever', params));
  if (outlook?.next && outlook.next.missing > 0) sentences.push(words.say('now.next', { day: words.day(outlook.risen.countedFrom), next: words.tier(outlook.next.tier), missing: words.number(outlook.next.missing), total: words.number(outlook.risen.total), entry: words.number(outlook.next.entry) }));
  return sentences;
}

interface ChangeRow {
  changeNo: number;
  kind: TierLine['kind'];
  from: string | null;
  to: string | null;
  at: Date;
  recordedAt: Date;
  versionNo: number;
  derivation: Record<string, unknown>;
}

const mostLines = 200;

/** Every change of a person's tier, the newest first. */
export async function tierHistory({ pg }: Reads, programme: Programme, say: Say, accounts: readonly number[], locale: Locale): Promise<TierLine[]> {
  const [versions, brand] = [await programme.versions(), await readBrand(pg)];
  const words = tierWords(say, locale, versions, brand);
  const { rows } = await pg.query<ChangeRow>(
    `select change_no as "changeNo", kind, from_tier as from, to_tier as to, occurred_at as at, recorded_at as "recordedAt", version_no as "versionNo", derivation
      from tier_change where customer_no = any($1::int[]) order by occurred_at desc, change_no desc limit $2`, [accounts, mostLines]);
  return rows.map(({ from, to, at, recordedAt, ...row }) => ({
    ...row, from: from === null ? null : shownTier(versions, from, locale), to: to === null ? null : shownTier(versions, to, locale),
    at: at.toISOString(), recordedAt: recordedAt.toISOString(), sentence: words.change({ kind: row.kind, from, to, derivation: row.derivation }),
  }));
}
