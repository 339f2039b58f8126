import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addDays, type Day } from '../../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { ClickHouse, QueryParams } from '../../../../platform/clickhouse/client.ts';
import { readNamedBitmaps } from '../../../../platform/clickhouse/named-bitmaps.ts';
import type { RfmLimits } from '../../contract/rfm.ts';
import { totalsRelation } from '../../fields/totals-fields.ts';
import type { Score } from './segments.ts';

/**
 * Where buyers are cut into groups: the highest value of the lowest group, of the lowest two and so on. Days since the
 * last order, orders, ten-thousandths.
 */
export interface Cuts {
  recency: number[];
  frequency: number[];
  value: string[];
}

/** Buyers by three scores. */
export interface Scored {
  cuts: Cuts;
  cells: { recency: Score; frequency: Score; value: Score; people: Bitmap }[];
}

/** Buyers to be scored: a relation of `no`, `r` in whole days since the last order, `f`, and `m` in ten-thousandths as Int64. */
export interface Measured {
  relation: string;
  params: QueryParams;
}

export const rfmLimitsOfTime = { timeoutMs: 30_000, memoryBytes: 3 * 2 ** 30 };
const limits = rfmLimitsOfTime;

/** What every buyer is measured by, out of the totals that are kept for each customer: no order line is read. */
export const measuredNow = (hasMerges: boolean, timeZone: string, today: Day): Measured => ({
  relation: `(select customer_no as no, toInt32(toInt32(toDate32({today:String})) - toInt32(toDate32(toTimeZone(assumeNotNull(last_order_at), {zone:String})))) as r, toInt32(orders) as f,
      reinterpretAsInt64(toDecimal64(sales - refunded, 4)) as m
    from (${totalsRelation(hasMerges)}) where orders > 0)`,
  params: { zone: timeZone, today },
});

/** The place of the highest value of the lowest `group` of so many groups, from 0, among so many values in order. */
export const cutPlace = (group: number, groups: number, count: number): number => Math.floor(((count - 1) * group) / groups);

/**
 * The highest value of each group but the last, by how many have each value. A value is in a higher group than a
 * quantile of type 7 (linear, as spreadsheets reckon it) when it is above the value in the whole place below the quantile's:
 * so that no quantile between two values is ever needed, and who is equal is always in the same, the lower group.
 */
export function cutsOf(counts: readonly (readonly [value: number, count: number])[], groups = 5): number[] {
  const inOrder = counts.toSorted(([a], [b]) => a - b);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return Array.from({ length: groups - 1 }, (_, i) => {
    let before = cutPlace(i + 1, groups, total);
    const [value] = inOrder.find(([, count]) => (before -= count) < 0) ?? [0];
    return value;
  });
}

/** Days and orders have few values and are counted; amounts have millions and are put in order. Null where nobody has bought. */
export async function readCuts(reader: ClickHouse, { relation, params }: Measured, groups: number): Promise<Cuts | null> {
  const counted = await reader.rows(`select r, f, toUInt32(count()) as count from ${relation} group by r, f`, params, limits) as { r: number; f: number; count: number }[];
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  // The engine takes the value in place floor(level * count): half a place further no rounding can take another.
  const levels = Array.from({ length: groups - 1 }, (_, i) => (cutPlace(i + 1, groups, total) + 0.5) / total);
  const [{ cuts }] = await reader.rows(`select arrayMap(cut -> toString(cut), quantilesExact(${levels.join(', ')})(m)) as cuts from ${relation}`, params, limits) as { cuts: string[] }[];
  return { recency: cutsOf(counted.map(({ r, count }) => [r, count]), groups), frequency: cutsOf(counted.map(({ f, count }) => [f, count]), groups), value: cuts };
}

/** A brand's own limits in place of those that the buyers' own fifths give. */
export const withOwn = (cuts: Cuts, own: RfmLimits): Cuts => ({
  recency: own.recency ?? cuts.recency,
  frequency: own.frequency ?? cuts.frequency,
  value: own.value?.map((amount) => String(parseDecimal(amount) ?? 0n)) ?? cuts.value,
});

/** The three scores of a buyer as SQL over `r`, `f` and `m`; few days are the highest recency. Every limit is a number of ours. */
export function scoresSql({ recency, frequency, value }: Cuts): { recency: string; frequency: string; value: string } {
  // Comparisons one by one: counting in an array would build one for each buyer.
  const above = (column: string, cuts: readonly (number | string)[]): string => cuts.map((cut) => `(${column} > ${BigInt(cut)})`).join(' + ');
  return { recency: `${recency.length + 1} - (${above('r', recency)})`, frequency: `1 + ${above('f', frequency)}`, value: `1 + ${above('m', value)}` };
}

/** Scores every buyer by the fifth they are in, or by the brand's own limits. Who is equal is scored alike: of four fifths who bought once all are in the first. */
export async function readScores(reader: ClickHouse, measured: Measured, own: RfmLimits): Promise<Scored> {
  const found = await readCuts(reader, measured, 5);
  if (!found) return { cuts: { recency: [], frequency: [], value: [] }, cells: [] };
  const cuts = withOwn(found, own);
  const score = scoresSql(cuts);
  const sql = `select toString(cell) as name, people from (
    select (${score.recency}) * 100 + (${score.frequency}) * 10 + ${score.value} as cell, groupBitmapState(toUInt32(no)) as people
    from ${measured.relation} group by cell) order by name`;
  const cells = (await readNamedBitmaps(reader, sql, measured.params, limits)).map(({ name, bitmap }) => {
    const [recency, frequency, value] = [...name].map((digit) => Number(digit) as Score);
    return { recency, frequency, value, people: bitmap };
  });
  return { cuts, cells };
}

/** The bounds between scores as people read them: the first day and number of orders of the higher one, the amount it is above. */
export const shownCuts = ({ recency, frequency, value }: Cuts, today: Day) => ({
  recency: recency.map((days) => addDays(today, -days)).toReversed(),
  frequency: frequency.map((orders) => orders + 1),
  value: value.map((amount) => formatDecimal(BigInt(amount))),
});
