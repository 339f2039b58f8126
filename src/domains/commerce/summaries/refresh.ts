import type { Platform } from '../../../platform/platform.ts';

/** As many numbers as fit into one parameter: 128 KiB of text, eleven characters each. */
const numbersAtOnce = 10_000;

const columns = 'customer_no, version, first_order_at, last_order_at, orders, refunds, sales, refunded';

const totals = `customer_no, {version:UInt64},
  minOrNullIf(occurred_at, kind = 'sale'), maxOrNullIf(occurred_at, kind = 'sale'),
  toUInt32(uniqExactIf(order_key, kind = 'sale')), toUInt32(uniqExactIf(order_key, kind = 'refund')),
  sumIf(amount, kind = 'sale'), -sumIf(amount, kind = 'refund')`;

const nothing = 'customer_no, {version:UInt64}, null, null, 0, 0, 0, 0';

const refreshSome = `insert into customer_summary (${columns})
  select ${totals} from order_line where customer_no in {customerNos:Array(UInt32)} group by customer_no`;

const clearSome = `insert into customer_summary (${columns})
  select ${nothing} from (select arrayJoin({customerNos:Array(UInt32)}) as customer_no)
  where customer_no not in (
    select customer_no from customer_summary where customer_no in {customerNos:Array(UInt32)} and version = {version:UInt64})`;

/** Customers whose totals are made by one statement: what it holds in memory is theirs, however many there are in all. */
const customersAtOnce = 1_000_000;

// Facts lie in the order of their customers: read in that order, a group is finished before the next begins.
const refreshRange = `insert into customer_summary (${columns})
  select ${totals} from order_line where customer_no > {after:UInt32} and customer_no <= {until:UInt32} group by customer_no
  settings optimize_aggregation_in_order = 1`;

const highestCustomer = 'select max(customer_no) as highest from order_line';

const clearOthers = `insert into customer_summary (${columns})
  select ${nothing} from customer_summary group by customer_no
  having max(version) < {version:UInt64} and argMax(orders + refunds, version) > 0
  settings optimize_aggregation_in_order = 1`;

/**
 * Makes the totals of customers anew from their facts, each under the number the facts carry; who
 * counts for whom is decided where totals are read. Call it after facts were added or taken away.
 * It may run at the same time more than once: the run that began last stands. Duplicates and 0 are fine.
 */
export async function refreshSummaries({ clickhouse }: Platform, customerNos: readonly number[] | 'all'): Promise<void> {
  const limits = { timeoutMs: 1_800_000 };
  if (customerNos === 'all') {
    const version = await nextVersion(clickhouse);
    const [{ highest }] = (await clickhouse.rows(highestCustomer)) as { highest: number }[];
    for (let after = 0; after < highest; after += customersAtOnce) {
      await clickhouse.command(refreshRange, { version, after, until: after + customersAtOnce }, limits);
    }
    await clickhouse.command(clearOthers, { version }, limits);
    return;
  }
  const numbers = [...new Set(customerNos)].filter((no) => no > 0);
  for (let at = 0; at < numbers.length; at += numbersAtOnce) {
    const version = await nextVersion(clickhouse);
    const some = numbers.slice(at, at + numbersAtOnce);
    await clickhouse.command(refreshSome, { version, customerNos: some });
    await clickhouse.command(clearSome, { version, customerNos: some });
  }
}

/** The engine's time in microseconds, taken before the facts are read. */
async function nextVersion(clickhouse: Platform['clickhouse']): Promise<string> {
  const [row] = await clickhouse.rows('select toUnixTimestamp64Micro(now64(6)) as version');
  return (row as { version: string }).version;
}
