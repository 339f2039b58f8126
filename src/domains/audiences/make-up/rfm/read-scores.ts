import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeNamedBitmaps } from '../../../../kernel/bitmap/group-bitmap.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { totalsRelation } from '../../fields/totals-fields.ts';
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
const measures = 'customer_no as no, toInt32(toDate(last_order_at, {zone:String})) as r, toInt32(orders) as f, toInt64((sales - refunded) * 10000) as m';

/** Counted from the top, so that the value in place belongs to the lower fifth. */
const cutOf = (column: string): string => `arrayMap(cut -> -cut, quantilesExact(0.8, 0.6, 0.4, 0.2)(-${column}))`;

/**
 * Scores every buyer by the fifth they are in. Who is equal is scored alike: of four fifths who bought once all are in
 * the first. Two passes over the totals that are kept for each customer; no order line is read.
 */
export async function readScores(reader: ClickHouse, { hasMerges, timeZone }: { hasMerges: boolean; timeZone: string }): Promise<Scored> {
  const from = `(select ${measures} from (${totalsRelation(hasMerges)}) where orders > 0)`;
  const [found] = await reader.rows(
    `select count() as buyers, ${cutOf('r')} as recency, ${cutOf('f')} as frequency, arrayMap(cut -> toString(cut), ${cutOf('m')}) as value from ${from}`, { zone: timeZone }, limits) as
    [{ buyers: number | string } & Cuts];
  if (Number(found.buyers) === 0) return { cuts: { recency: [], frequency: [], value: [] }, cells: [] };
  const cuts = { recency: found.recency.map(Number), frequency: found.frequency.map(Number), value: found.value };
  const score = (column: string, name: string): string => `toString(1 + arrayCount(cut -> cut < ${column}, arrayMap(text -> toInt64(text), {${name}:Array(String)})))`;
  const sql = `select concat(${score('r', 'recency')}, ${score('f', 'frequency')}, ${score('m', 'value')}) as cell, groupBitmapState(toUInt32(no)) from ${from} group by cell order by cell`;
  const chunks = await Array.fromAsync(reader.bytes(sql, 'RowBinary', { recency: cuts.recency.map(String), frequency: cuts.frequency.map(String), value: cuts.value, zone: timeZone }, limits));
  const cells = decodeNamedBitmaps(Buffer.concat(chunks)).map(({ name, bitmap }) => {
    const [recency, frequency, value] = [...name].map((digit) => Number(digit) as Score);
    return { recency, frequency, value, people: bitmap };
  });
  return { cuts, cells };
}

/** The first values above each cut, as people read them. */
export const shownCuts = ({ recency, frequency, value }: Cuts) => ({
  recency: recency.map((day) => new Date((day + 1) * 86_400_000).toISOString().slice(0, 10)),
  frequency: frequency.map((orders) => orders + 1),
  value: value.map((amount) => formatDecimal(BigInt(amount) + 1n)),
});
