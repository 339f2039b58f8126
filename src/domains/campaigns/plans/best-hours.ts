import { z } from 'zod';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { readNamedBitmaps } from '../../../platform/clickhouse/named-bitmaps.ts';
import { momentText } from '../../commerce/public.ts';

/** So long back a person's hours are looked for, and so many visits are needed to tell a habit from chance. */
const habitDays = 90;
const leastEvents = 5;
const dayMs = 86_400_000;
const limits = { timeoutMs: 60_000, memoryBytes: 3 * 2 ** 30 };
const hour = z.coerce.number().int().min(0).max(23);

/** At which hour of the brand's day each person does most, by all they did in the last 90 days; of two alike the earlier. */
const sql = `select toString(hour) as name, groupBitmapState(toUInt32(no)) as people from (
    select no, argMax(hour, (events, -toInt16(hour))) as hour, sum(events) as total
    from (select ${canonicalNo()} as no, toHour(toTimeZone(occurred_at, {zone:String})) as hour, count() as events from event
      where customer_no > 0 and kind in ('track', 'page', 'screen') and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')} group by no, hour)
    group by no having total >= ${leastEvents})
  group by hour`;

export async function readBestHours(reader: ClickHouse, timeZone: string, now: Date): Promise<Map<number, Bitmap>> {
  const found = await readNamedBitmaps(reader, sql, { zone: timeZone, from: momentText(new Date(now.getTime() - habitDays * dayMs)), until: momentText(now) }, limits);
  return new Map(found.map(({ name, bitmap }) => [hour.parse(name), bitmap]));
}
