import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { TagCard } from '../cards/store.ts';

/** A tag on one day: its size at the end of it, and who came to have it or lost it. */
export interface TagDay {
  day: Day;
  size: number;
  entered: number;
  left: number;
}

type Moved = Omit<TagDay, 'size'>;

/** What happened to a tag that is given by hand is in the histories of people. */
const byHand = `select to_char(at at time zone $3, 'YYYY-MM-DD') as day, count(*) filter (where kind = 'tag_added')::int as entered, count(*) filter (where kind <> 'tag_added')::int as left
  from customer_change where kind in ('tag_added', 'tag_removed', 'tag_lapsed') and (details ->> 'tagId')::int = $1 and at >= $2 group by 1`;
const computed = `select to_char(at at time zone $3, 'YYYY-MM-DD') as day, sum(entered_count)::int as entered, sum(left_count)::int as left
  from tag_version where tag_id = $1 and at >= $2 group by 1`;

/**
 * The last days of a tag, today included, from its size now backwards: what came later is taken off again. A merge of
 * two people who both have the tag makes one of them and is nobody's leaving; days before it are one too low.
 */
export async function readTagDays({ pg: pool, clock }: Platform, { tagId, kind }: Pick<TagCard, 'tagId' | 'kind'>, size: number, days: number): Promise<TagDay[]> {
  const { timeZone } = await readBrand(pool);
  const today = dayIn(timeZone, clock.now());
  const from = addDays(today, 1 - days);
  const { rows } = await pool.query<Moved>(kind === 'hand' ? byHand : computed, [tagId, startOfDay(from, timeZone), timeZone]);
  return daysBack(rows, size, from, today);
}

/** Days from the first to today, each with its size at its end, and from the day on which there was something to tell. */
export function daysBack(moved: readonly Moved[], size: number, from: Day, today: Day): TagDay[] {
  const byDay = new Map(moved.map((each) => [each.day, each]));
  const days: TagDay[] = [];
  let atEnd = size;
  for (let day = today; day >= from; day = addDays(day, -1)) {
    const { entered, left } = byDay.get(day) ?? { entered: 0, left: 0 };
    days.unshift({ day, size: atEnd, entered, left });
    atEnd = Math.max(0, atEnd - entered + left);
  }
  const first = days.findIndex((day) => day.size > 0 || day.entered > 0 || day.left > 0);
  return first < 0 ? days.slice(-1) : days.slice(first);
}
