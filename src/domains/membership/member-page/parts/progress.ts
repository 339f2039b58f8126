import type pg from 'pg';
import { readBrand } from '../../../../platform/settings.ts';
import { nameIn } from '../../contract/programme.ts';
import type { MembershipDoors } from '../../part.ts';
import { tierHistory, tierOf } from '../../tiers/person/tier-of.ts';
import { Standards } from '../../tiers/rules/standards.ts';
import { Sums } from '../../tiers/rules/sums.ts';
import type { PageParts } from '../content.ts';
import { ownWords } from '../own-words.ts';

const changesShown = 5;

/** How far somebody is from the next tier and from keeping theirs, by the rules of tiers themselves, and why theirs is theirs. */
export const progressPart = ({ platform, members, programme, say }: Pick<MembershipDoors, 'platform' | 'members' | 'programme' | 'say'>): PageParts['progress'] => async ({ customerNo, lineage }, version, locale) => {
  const standing = (await members.standings([customerNo])).get(customerNo);
  if (!standing) return null;
  const { pg: pool, clock } = platform;
  const now = clock.now().getTime();
  const { joinedAt, tier, member: { cycleStart, tierSince, reviewAt } } = standing;
  const own = ownWords(say);
  const [{ timeZone }, growth, countsFrom, explained, history] = await Promise.all([
    readBrand(pool), readGrowth(pool, lineage), lastDrop(pool, lineage), tierOf(platform, programme, own, lineage, locale), tierHistory(platform, programme, own, lineage, locale),
  ]);
  const standards = new Standards(version, { joinedAt: joinedAt.getTime(), growth, grants: [] }, new Sums(growth, timeZone), timeZone);
  const rank = standards.rankOf(standards.placeOf(tier));
  const { tiers } = version.definition;
  const name = (of: number): string => nameIn(tiers[of].names, locale);
  const risen = standards.risen({ countsFrom: standards.isRolling ? 0 : countsFrom }, now).total;
  const missing = (needed: number, counted: number): number => Math.max(0, needed - counted);
  const needed = standards.keepOf(rank);
  const kept = standards.isRolling ? standards.keptInWindow({ countsFrom: 0 }, now) : standards.kept({ cycleStart: cycleStart.getTime(), since: tierSince.getTime() }, now + 1);
  const until = standards.period(now)?.until;
  return {
    growth: risen, why: explained?.sentences ?? [], changes: history.slice(0, changesShown).map(({ at, sentence }) => ({ at, sentence })),
    next: rank + 1 < tiers.length ? {
      tier: name(rank + 1), needed: tiers[rank + 1].entry, counted: risen, missing: missing(tiers[rank + 1].entry, risen), by: until === undefined ? null : new Date(until).toISOString(),
    } : null,
    keep: needed === null || reviewAt === null ? null : { tier: name(rank), needed, counted: kept.total, missing: missing(needed, kept.total), by: reviewAt.toISOString() },
  };
};

async function readGrowth(pool: pg.Pool, lineage: readonly number[]): Promise<{ at: number; amount: number; no: number }[]> {
  const { rows } = await pool.query<{ at: number; amount: number; no: number }>({
    name: 'membership.page-growth',
    text: `select (extract(epoch from occurred_at) * 1000)::bigint as at, amount, entry_no as no from growth_entry where customer_no = any($1::int[]) order by occurred_at, entry_no`,
    values: [lineage],
  });
  return rows;
}

/** Growth before a drop does not count towards rising any more. */
async function lastDrop(pool: pg.Pool, lineage: readonly number[]): Promise<number> {
  const { rows } = await pool.query<{ at: number | null }>(
    `select (extract(epoch from max(occurred_at)) * 1000)::bigint as at from tier_change where customer_no = any($1::int[]) and kind = 'drop'`, [lineage]);
  return rows[0].at ?? 0;
}
