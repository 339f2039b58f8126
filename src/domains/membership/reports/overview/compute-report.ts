import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type AgeStep, breakageOf } from './breakage.ts';
import type { KeptReport, PointsMonth } from './kept-report.ts';

const spends = ['spend', 'give_back'];
/** Points that could not be spent yet tell nothing of whether they will be: before so long a time of spending all of them are owed. */
const knownAfterMs = 180 * 86_400_000;

/** Everything the overview shows, out of what is written down: it may take a minute with many members, so it is kept. */
export async function computeReport({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>): Promise<KeptReport> {
  const { timeZone } = await readBrand(pool);
  const now = clock.now();
  const all = async <R extends object>(sql: string, values: unknown[]): Promise<R[]> => (await pool.query<R>(sql, values)).rows;
  const month = (at: string): string => `to_char(date_trunc('month', ${at} at time zone $1), 'YYYY-MM-DD')`;
  const tiers = await all<{ tier: string; members: number }>('select tier, count(*)::int as members from member where left_at is null group by tier', []);
  const joined = await all<{ month: string; way: string; people: number }>(
    `select ${month('joined_at')} as month, joined_by as way, count(*)::int as people from member where joined_at > $2::timestamptz - interval '12 months' group by 1, 2 order by 1, 2`, [timeZone, now]);
  const moved = await all<{ month: string; tier: string; change: number }>(
    `select month, tier, sum(change)::int as change from (
        select ${month('occurred_at')} as month, to_tier as tier, count(*) as change from tier_change where to_tier is not null and kind <> 'leave' group by 1, 2
        union all select ${month('occurred_at')}, from_tier, -count(*) from tier_change where from_tier is not null group by 1, 2
      ) as changes group by 1, 2 having sum(change) <> 0 order by 1, 2`, [timeZone]);
  const points = await all<{ month: string; kind: string; amount: number; first: Date }>(
    `select ${month('occurred_at')} as month, kind, sum(amount)::bigint as amount, min(occurred_at) as first from points_entry group by 1, 2 order by 1, 2`, [timeZone]);
  const [lots] = await all<{ count: number; amount: number; squares: number; outstanding: number }>(
    `select count(*)::int as count, coalesce(sum(amount), 0)::bigint as amount, coalesce(sum(amount::float8 ^ 2), 0)::float8 as squares,
        coalesce(sum(remaining) filter (where expires_at is null or expires_at > $1), 0)::bigint as outstanding from points_lot`, [now]);
  const spentSince = Math.min(...points.filter(({ kind }) => kind === 'spend').map(({ first }) => first.getTime()));
  const isKnown = now.getTime() - spentSince >= knownAfterMs;
  return {
    tiers, joined, moved, points: monthsOf(points), outstanding: lots.outstanding,
    breakage: isKnown ? breakageOf(await readAges(pool, now), lots) : null,
  };
}

/** At which age points left, or how old they are. Thirty days are a step. */
async function readAges(pool: Platform['pg'], now: Date): Promise<AgeStep[]> {
  const { rows } = await pool.query<AgeStep>(
    `with exits as (
        select least(greatest(floor(extract(epoch from e.occurred_at - l.earned_at) / 2592000), 0), 240)::int as age, e.kind, a.amount
          from points_allocation a join points_entry e using (entry_no) join points_lot l using (lot_no) where e.kind in ('spend', 'expire', 'take_back', 'net')
        union all select least(greatest(floor(extract(epoch from $1::timestamptz - earned_at) / 2592000), 0), 240)::int, 'left', remaining from points_lot where remaining > 0
      ) select age, coalesce(sum(amount) filter (where kind = 'spend'), 0)::bigint as redeemed, coalesce(sum(amount) filter (where kind = 'expire'), 0)::bigint as expired,
        coalesce(sum(amount) filter (where kind not in ('spend', 'expire')), 0)::bigint as censored from exits group by age order by age`, [now]);
  return rows;
}

function monthsOf(rows: readonly { month: string; kind: string; amount: number }[]): PointsMonth[] {
  return [...Map.groupBy(rows, ({ month }) => month)].map(([month, own]) => {
    const of = (...kinds: string[]): number => own.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0);
    return { month, issued: of('earn'), spent: 0 - of(...spends), expired: 0 - of('expire'), takenBack: 0 - of('take_back', 'net') };
  });
}
