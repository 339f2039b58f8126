import type pg from 'pg';
import type { z } from 'zod';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Day } from '../../../kernel/day.ts';
import { parseSort } from '../../../kernel/page.ts';
import type { ActivityOutcome, listParticipations } from '../contract/activities.ts';
import type { Names } from '../contract/programme.ts';
import type { ActivityRow } from './plan/store.ts';
import { participationColumns, type ParticipationRow } from './take-part/store.ts';

const prizesOf = ({ definition: { does } }: ActivityRow) => (does.kind === 'lottery' ? does.prizes : []);

/** What it came to, with the name of what was drawn. */
export function shownOutcome(activity: ActivityRow, { participationNo, activityNo, customerNo, state, cost, points, growth, prizeKey, orderNo, streak, occurredAt }: ParticipationRow): ActivityOutcome {
  const prize = prizesOf(activity).find(({ key }) => key === prizeKey);
  return {
    participationNo, activityNo, customerNo, state, cost, points, growth, orderNo, streak,
    prize: prize ? { key: prize.key, names: prize.names } : null, occurredAt: occurredAt.toISOString(),
  };
}

const sorts = { occurredAt: 'participation_no', points: 'points' } as const;
type Asked = z.output<NonNullable<(typeof listParticipations)['query']>>;

export async function listOf(pool: pg.Pool, activityNo: number, { page, pageSize, sort, prize }: Asked): Promise<{ rows: ParticipationRow[]; total: number }> {
  const { field, descending } = parseSort(sort, Object.keys(sorts) as (keyof typeof sorts)[]) ?? { field: 'occurredAt' as const, descending: true };
  const { rows } = await pool.query<ParticipationRow & { total: number }>(
    `select ${participationColumns}, count(*) over () as total from activity_participation where activity_no = $1 and ($2::text is null or prize_key = $2)
      order by ${sorts[field]} ${descending ? 'desc' : 'asc'}, participation_no desc limit $3 offset $4`, [activityNo, prize ?? null, pageSize, (page - 1) * pageSize]);
  return { rows, total: rows[0]?.total ?? 0 };
}

interface DayFigures {
  day: Day;
  people: number;
  participations: number;
  points: number;
}

/** What came of an activity, in all and day by day. */
export async function resultsOf(pool: pg.Pool, activity: ActivityRow) {
  const { activityNo } = activity;
  const [{ rows: [totals] }, { rows: days }, { rows: drawn }] = await Promise.all([
    pool.query<{ people: number; participations: number; points: number; growth: number; cost: number }>(
      `select count(distinct customer_no)::int as people, count(*)::int as participations, coalesce(sum(points), 0)::bigint as points, coalesce(sum(growth), 0)::bigint as growth, coalesce(sum(cost), 0)::bigint as cost
        from activity_participation where activity_no = $1`, [activityNo]),
    pool.query<DayFigures>(
      `select day::text as day, count(distinct customer_no)::int as people, count(*)::int as participations, sum(points)::bigint as points from activity_participation where activity_no = $1 group by 1 order by 1 desc limit 400`, [activityNo]),
    pool.query<{ key: string; drawn: number }>('select prize_key as key, count(*)::int as drawn from activity_participation where activity_no = $1 and prize_key is not null group by 1', [activityNo]),
  ]);
  const names = new Map<string, Names>(prizesOf(activity).map((prize) => [prize.key, prize.names]));
  return {
    ...totals,
    days: days.toReversed(),
    prizes: activity.prizes.map((prize) => ({ ...prize, names: names.get(prize.key) ?? activity.definition.names, drawn: drawn.find(({ key }) => key === prize.key)?.drawn ?? 0 })),
  };
}

/** Who took part, or drew a prize. */
export async function peopleOf(pool: pg.Pool, activityNo: number, prize: string | undefined): Promise<Bitmap> {
  const { rows } = await pool.query<{ customerNo: number }>('select distinct customer_no as "customerNo" from activity_participation where activity_no = $1 and ($2::text is null or prize_key = $2)', [activityNo, prize ?? null]);
  return Bitmap.of(rows.map(({ customerNo }) => customerNo));
}
