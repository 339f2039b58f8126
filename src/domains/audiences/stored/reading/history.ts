import { addDays, type Day, dayIn, daysBetween, startOfDay } from '../../../../kernel/day.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readStanding } from '../membership/read-membership.ts';

/** An audience on one day: its size at the end of it, and who came and went. */
export interface HistoryDay {
  day: Day;
  size: number;
  entered: number;
  left: number;
}

const daysAtMost = 731;
const daysUnasked = 30;

/** Size, entries and exits by day, from the day the audience was made, up to today. */
export async function readDays({ pg: pool, clock }: Platform, audienceId: number, asked: { from?: Day; to?: Day }): Promise<HistoryDay[]> {
  if (!(await readStanding(pool, audienceId))) throw notFound('audiences.not_found', { audienceId });
  const { timeZone } = await readBrand(pool);
  const today = dayIn(timeZone, clock.now());
  const to = asked.to ?? today;
  const from = asked.from ?? addDays(to, 1 - daysUnasked);
  if (from > to) throw new Problem('audiences.days_reversed', { fields: [{ path: 'query.to', code: 'days_reversed' }] });
  if (daysBetween(from, to) >= daysAtMost) throw new Problem('audiences.too_many_days', { params: { most: daysAtMost }, fields: [{ path: 'query.from', code: 'too_many_days' }] });
  const [fromMoment, untilMoment] = [startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)];
  const [{ rows: before }, { rows }] = await Promise.all([
    pool.query<{ size: number }>('select size from audience_version where audience_id = $1 and at < $2 order by at desc, version_no desc limit 1', [audienceId, fromMoment]),
    pool.query<HistoryDay>(
      `select to_char(at at time zone $4, 'YYYY-MM-DD') as day, (array_agg(size order by version_no desc))[1] as size,
          sum(entered_count)::int as entered, sum(left_count)::int as left
        from audience_version where audience_id = $1 and at >= $2 and at < $3 group by 1 order by 1`,
      [audienceId, fromMoment, untilMoment, timeZone]),
  ]);
  return withQuietDays(rows, before.at(0)?.size, from, to < today ? to : today);
}

/** Days on which nothing changed keep the size of the day before. */
function withQuietDays(moved: readonly HistoryDay[], sizeBefore: number | undefined, from: Day, to: Day): HistoryDay[] {
  const byDay = new Map(moved.map((each) => [each.day, each]));
  const days: HistoryDay[] = [];
  let size = sizeBefore;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const known = byDay.get(day);
    size = known?.size ?? size;
    if (size !== undefined) days.push(known ?? { day, size, entered: 0, left: 0 });
  }
  return days;
}
