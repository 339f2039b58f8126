import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { ClickHouse, QueryParams } from '../../../platform/clickhouse/client.ts';

/** Customers whose facts one statement reads: what it holds in memory is theirs, however many there are in all. */
export interface Portion {
  /** Which lines of `order_line` are theirs; to be put behind `where`. */
  where: string;
  /** The number they count under. */
  buyer: string;
  params: QueryParams;
}

const customersAtOnce = 1_000_000;
const merged = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

/**
 * Everybody who has an order line, in portions. Facts lie in the order of their customers, so that each portion reads its own
 * alone; whoever was merged is in a portion of their own, under the number of the survivor.
 */
export async function portionsOf(clickhouse: ClickHouse): Promise<Portion[]> {
  const [{ highest, pairs }] = await clickhouse.rows('select max(customer_no) as highest, (select toUInt32(count()) from merge_pair) as pairs from order_line') as { highest: number; pairs: number }[];
  const portions: Portion[] = [];
  for (let after = 0; after < highest; after += customersAtOnce) {
    const own = pairs > 0 ? ` and customer_no not in ${merged}` : '';
    portions.push({ where: `customer_no > {after:UInt32} and customer_no <= {until:UInt32}${own}`, buyer: 'customer_no', params: { after, until: after + customersAtOnce } });
  }
  if (pairs > 0) portions.push({ where: `customer_no > 0 and customer_no in ${merged}`, buyer: canonicalNo(), params: {} });
  return portions;
}

/** Whether anybody counts under another number than their own. */
export async function hasMerges(clickhouse: ClickHouse): Promise<boolean> {
  const [{ pairs }] = await clickhouse.rows('select toUInt32(count()) as pairs from merge_pair') as { pairs: number }[];
  return pairs > 0;
}

/** Purchases of a day before are taken for such without a date: they say nothing of how long somebody waits. */
export const earliestDay = '2000-01-01';
