import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import { momentText } from '../../../commerce/public.ts';
import { wholeAt } from '../../../insights/public.ts';
import { type Sample, sampleOf, noSums } from '../statistics/sample.ts';
import { putAside } from './asked-people.ts';

const minorUnits = 10_000;
const limits = { timeoutMs: 30_000, memoryBytes: 3 * 2 ** 30 };

/** What each buyer spent on each day since the beginning, a person's days together and in their order. */
const sql = `select toUInt32(${canonicalNo()}) as no, toUInt32(dateDiff('day', {from:DateTime64(3, 'UTC')}, occurred_at, {zone:String})) as day, reinterpretAsInt64(toDecimal64(sum(amount), 4)) as revenue
  from order_line
  where customer_no > 0 and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')} and currency = {currency:String}
    and bitmapContains((select groupBitmapMergeState(people) from asked_people where people_key = {people:String}), customer_no)
  group by no, day order by no, day`;

export interface Days {
  from: Date;
  until: Date;
  timeZone: string;
  count: number;
}

/** Revenue a person from the beginning until the end of each day, of each of two groups. */
export async function readDaily(platform: Pick<Platform, 'clickhouse' | 'reader'>, groups: readonly [Bitmap, Bitmap], { from, until, timeZone, count }: Days, currency: string): Promise<[Sample, Sample][]> {
  const people = await putAside(platform, groups[0].or(groups[1]));
  const [sums, squares] = [groups.map(() => new Float64Array(count)), groups.map(() => new Float64Array(count))];
  let [person, spent] = [-1, 0];
  const params = { from: momentText(from), until: momentText(until), zone: timeZone, currency, people };
  for await (const { rowCount, columns: [no, day, revenue] } of readNativeBlocks(platform.reader.bytes(sql, 'Native', params, limits))) {
    const [numbers, days, amounts] = [new Uint32Array(no.buffer), new Uint32Array(day.buffer), new Uint32Array(revenue.buffer)];
    for (let row = 0; row < rowCount; row++) {
      if (numbers[row] !== person) [person, spent] = [numbers[row], 0];
      const group = groups[0].has(person) ? 0 : 1;
      const at = Math.min(count - 1, days[row]);
      const next = spent + wholeAt(amounts, row) / minorUnits;
      // Whoever spent y until yesterday and z until today adds z - y to the sum and z² - y² to the squares, from this day on.
      sums[group][at] += next - spent;
      squares[group][at] += next * next - spent * spent;
      spent = next;
    }
  }
  const found: [Sample, Sample][] = [];
  const running = groups.map(() => ({ y: 0, yy: 0 }));
  for (let at = 0; at < count; at++) {
    const samples = groups.map(({ size }, group) => {
      running[group].y += sums[group][at];
      running[group].yy += squares[group][at];
      return sampleOf({ ...noSums, n: size, ...running[group] });
    });
    found.push([samples[0], samples[1]]);
  }
  return found;
}
