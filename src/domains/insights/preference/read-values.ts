import { z } from 'zod';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { ClickHouse, QueryLimits } from '../../../platform/clickhouse/client.ts';
import { mostValues, type Values, withFixed } from './dimensions.ts';
import { asOfMoment, isPriced, type OrdersParams } from './orders-sql.ts';

export const readLimits: QueryLimits = { timeoutMs: 180_000, memoryBytes: 3 * 2 ** 30 };
const columns = ['category', 'brand', 'channel'] as const;
const sold = `kind = 'sale' and customer_no > 0 and occurred_at <= ${asOfMoment}`;
const params = z.object({ model: z.number(), zone: z.string(), currency: z.string(), asOf: z.number() });

const valuesQuestion = question({
  name: 'values that are bought',
  sql: `select pair.1 as dimension, pair.2 as value from (
      select arrayJoin([('category', toString(category)), ('brand', toString(brand)), ('channel', toString(channel))]) as pair, count() as lines
      from order_line where ${sold} group by pair)
    where value != '' order by lines desc, value limit ${mostValues} by dimension`,
  params,
  row: z.object({ dimension: z.enum(columns), value: z.string() }),
  limits: readLimits,
});

const extentQuestion = question({
  name: 'lines there are',
  sql: `select toUInt32(max(customer_no)) as highest, count() as lines, uniqExact(customer_no) as people, countIf(not (${isPriced})) as withoutPrice,
      countIf(currency not in ('', {currency:String})) as inOtherCurrency from order_line where ${sold}`,
  params,
  row: z.object({ highest: z.coerce.number(), lines: z.coerce.number(), people: z.coerce.number(), withoutPrice: z.coerce.number(), inOtherCurrency: z.coerce.number() }),
  limits: readLimits,
});
export type Extent = z.output<typeof extentQuestion.row>;

/** Names of a dimension are bound as one list, of which the engine takes 128 KiB as it stands in the request: six characters a byte at most. */
const mostLength = 120_000;

/** How much there is to learn from. */
export const readExtent = async (reader: ClickHouse, params: OrdersParams): Promise<Extent> => (await ask(reader, extentQuestion, params))[0];

/** The values of each dimension that are bought most, the commonest first. */
export async function readValues(reader: ClickHouse, params: OrdersParams): Promise<Values> {
  const rows = await ask(reader, valuesQuestion, params);
  const of = (dimension: (typeof columns)[number]): string[] => {
    let length = 0;
    return rows.filter((row) => row.dimension === dimension).map(({ value }) => value).filter((value) => (length += 6 * Buffer.byteLength(value) + 9) <= mostLength);
  };
  return withFixed({ category: of('category'), brand: of('brand'), channel: of('channel') });
}

/** Prices of a category that begin in the same half percent of its items count as one. */
const steps = 200;

/**
 * Puts the prices of each category in order: how many of its items are cheaper, and half of those that cost the same, as a
 * share of all. In steps, so that it is bounded however many prices there are.
 */
export const keepPrices = (clickhouse: ClickHouse, params: OrdersParams): Promise<void> => clickhouse.command(
  `insert into preference_price (model_id, category, price, percentile, items)
    select {model:UInt32}, category, min(unit_price), (min(below) + sum(sold) / 2) / any(whole), sum(sold)
    from (select category, unit_price, sold, sum(sold) over (partition by category order by unit_price rows between unbounded preceding and current row) - sold as below,
          sum(sold) over (partition by category) as whole
        from (select category, unit_price, sum(toFloat64(quantity)) as sold from order_line where ${sold} and ${isPriced} group by category, unit_price
          settings max_bytes_before_external_group_by = 500000000))
    group by category, least(${steps - 1}, floor(below / whole * ${steps}))`, { ...params }, readLimits);

const bandsQuestion = question({
  name: 'limits of price bands',
  sql: `select category, toString(min(price)) as lowest, least(4, toUInt8(floor(percentile * 5))) + 1 as band, sum(items) as items
    from preference_price where model_id = {model:UInt32} group by category, band order by category, band`,
  params: z.object({ model: z.number() }),
  row: z.object({ category: z.string(), lowest: z.string(), band: z.coerce.number(), items: z.coerce.number() }),
});

/** From which price on each band of each category is. */
export const readBands = (reader: ClickHouse, model: number) => ask(reader, bandsQuestion, { model });
