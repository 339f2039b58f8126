import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

export interface Gathering {
  modelId: number;
  zone: string;
  currency: string;
  /** The first moment that counts, and the first that does not any more. */
  fromAt: string;
  untilAt: string;
  /** The last day before the period held out. */
  split: number;
}

/** What the engine holds at once is bounded by so many customers. */
const customersAtOnce = 1_000_000;
const limits = { timeoutMs: 300_000 };
const merged = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';

const highest = question({
  name: 'highest customer number',
  sql: 'select max(customer_no) as no, toUInt8((select count() from merge_pair) > 0) as hasMerges from order_line',
  params: z.object({}),
  row: z.object({ no: z.number(), hasMerges: z.number() }),
});

/** A sale is its day and whether it is in the brand's currency, in one number: a list of those costs a third less than two sets of days. Those of a range; who is merged is put together apart. Money is summed exactly: who gave everything back has spent nothing, to the last digit. */
const gather = (no: string, who: string): string => `insert into lifetime_history
  select {modelId:UInt32}, no, arraySort(arrayDistinct(arrayMap(sale -> toUInt16(intDiv(sale, 2)), sales))), length(arrayDistinct(arrayFilter(sale -> sale % 2 = 1, sales))), toFloat64(spent_in_all), toFloat64(spent_until_split), first_channel
  from (
    select ${no} as no, groupArrayIf(toUInt32(day * 2 + is_own), is_sale) as sales,
      sumIf(amount, is_own) as spent_in_all, sumIf(amount, is_own and day <= {split:UInt16}) as spent_until_split, argMinIf(channel, occurred_at, is_sale) as first_channel
    from (
      select customer_no, occurred_at, channel, amount, toUInt16(toDate(occurred_at, {zone:String})) as day,
        kind = 'sale' as is_sale, currency in ('', {currency:String}) as is_own
      from order_line where ${who} and customer_no != 0
        and occurred_at >= parseDateTime64BestEffort({fromAt:String}, 3, 'UTC') and occurred_at < parseDateTime64BestEffort({untilAt:String}, 3, 'UTC')
    )
    group by no
  )
  where notEmpty(sales)`;

/** Puts together on which days everybody bought and what that came to net of refunds, under the number they count under. */
export async function gatherHistories(clickhouse: ClickHouse, given: Gathering, tell: (share: number) => Promise<void>): Promise<void> {
  const [{ no, hasMerges }] = await ask(clickhouse, highest, {});
  const apart = hasMerges === 1 ? ` and customer_no not in ${merged}` : '';
  for (let from = 1; from <= no; from += customersAtOnce) {
    await tell(from / no);
    await clickhouse.command(gather('customer_no', `customer_no >= {from:UInt32} and customer_no < {to:UInt64}${apart}`), { ...given, from, to: from + customersAtOnce }, limits);
  }
  if (hasMerges === 1) await clickhouse.command(gather(canonicalNo(), `customer_no in ${merged}`), { ...given }, limits);
}

const tables = ['lifetime_history', 'lifetime_cell'] as const;

/** Drops what a run works with. */
export async function dropWork(clickhouse: ClickHouse, modelId: number): Promise<void> {
  for (const table of tables) await clickhouse.command(`alter table ${table} drop partition {modelId:UInt32}`, { modelId });
}

/** Drops what a run kept, too. */
export async function dropRun(clickhouse: ClickHouse, modelId: number): Promise<void> {
  await dropWork(clickhouse, modelId);
  await clickhouse.command('alter table lifetime_value drop partition {modelId:UInt32}', { modelId });
}
