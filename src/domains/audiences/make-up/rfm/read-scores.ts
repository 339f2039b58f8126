import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { readNamedBitmaps } from '../../../../platform/clickhouse/named-bitmaps.ts';
import { totalsRelation } from '../../fields/totals-fields.ts';
import { Bindings } from '../../set/bindings.ts';
import type { Score } from './segments.ts';

/** What a buyer is scored by. */
export interface Cuts {
  /** The highest value of the lowest fifth, of the lowest two, of three and of four; days since 1970, orders, ten-thousandths. */
  recency: number[];
  frequency: number[];
  value: string[];
}

/** Buyers by three scores. */
export interface Scored {
  cuts: Cuts;
  cells: { recency: Score; frequency: Score; value: Score; people: Bitmap }[];
}

const limits = { timeoutMs: 30_000, memoryBytes: 3 * 2 ** 30 };

/** Days of the brand's calendar, orders, and ten-thousandths. */
const measures = 'customer_no as no, toInt32(toDate(assumeNotNull(last_order_at), {zone:String})) as r, toInt32(orders) as f, reinterpretAsInt64(toDecimal64(sales - refunded, 4)) as m';

/** Fifths are counted from the top, so that the value in place belongs to the lower one. */
const shares = [0.8, 0.6, 0.4, 0.2];

/** The highest value of the lowest fifth, of the lowest two, of three and of four, by how many have each value. */
export function cutsOf(counts: readonly (readonly [value: number, count: number])[]): number[] {
  const fromTop = counts.toSorted(([a], [b]) => b - a);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return shares.map((share) => {
    let above = Math.floor(share * total);
    const [value] = fromTop.find(([, count]) => (above -= count) < 0) ?? [0];
    return value;
  });
}

/** Days and orders have few values and are counted; amounts have millions and are put in order. */
async function readCuts(reader: ClickHouse, from: string, zone: string): Promise<Cuts | null> {
  const [counted, [amounts]] = await Promise.all([
    reader.rows(`select r, f, toUInt32(count()) as count from ${from} group by r, f`, { zone }, limits) as Promise<{ r: number; f: number; count: number }[]>,
    reader.rows(`select arrayMap(cut -> toString(-cut), quantilesExact(${shares.join(', ')})(-m)) as cuts from ${from}`, { zone }, limits) as Promise<{ cuts: string[] }[]>,
  ]);
  if (counted.length === 0) return null;
  return { recency: cutsOf(counted.map(({ r, count }) => [r, count])), frequency: cutsOf(counted.map(({ f, count }) => [f, count])), value: amounts.cuts };
}

/**
 * Scores every buyer by the fifth they are in. Who is equal is scored alike: of four fifths who bought once all are in
 * the first. Read are the totals that are kept for each customer, and no order line.
 */
export async function readScores(reader: ClickHouse, { hasMerges, timeZone }: { hasMerges: boolean; timeZone: string }): Promise<Scored> {
  const from = `(select ${measures} from (${totalsRelation(hasMerges)}) where orders > 0)`;
  const cuts = await readCuts(reader, from, timeZone);
  if (!cuts) return { cuts: { recency: [], frequency: [], value: [] }, cells: [] };
  const bind = new Bindings();
  // Comparisons one by one: counting in an array would build one for each buyer.
  const score = (column: string, of: readonly (number | string)[]): string => `1 + ${of.map((cut) => `(${column} > ${bind.add('Int64', String(cut))})`).join(' + ')}`;
  const sql = `select toString(cell) as name, people from (
    select (${score('r', cuts.recency)}) * 100 + (${score('f', cuts.frequency)}) * 10 + ${score('m', cuts.value)} as cell, groupBitmapState(toUInt32(no)) as people
    from ${from} group by cell) order by name`;
  const cells = (await readNamedBitmaps(reader, sql, { ...bind.params, zone: timeZone }, limits)).map(({ name, bitmap }) => {
    const [recency, frequency, value] = [...name].map((digit) => Number(digit) as Score);
    return { recency, frequency, value, people: bitmap };
  });
  return { cuts, cells };
}

/** The bounds between scores as people read them: the first day and number of orders of the higher one, the amount it is above. */
export const shownCuts = ({ recency, frequency, value }: Cuts) => ({
  recency: recency.map((day) => new Date((day + 1) * 86_400_000).toISOString().slice(0, 10)),
  frequency: frequency.map((orders) => orders + 1),
  value: value.map((amount) => formatDecimal(BigInt(amount))),
});
