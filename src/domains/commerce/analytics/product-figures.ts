import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';
import { lineCondition, lineParams } from '../lines/condition.ts';

const figures = `sumIf(amount, kind = 'sale') as sales,
  -sumIf(amount, kind = 'refund') as refunded,
  sumIf(quantity, kind = 'sale') as units,
  toUInt32(uniqExactIf(order_key, kind = 'sale')) as orders`;

const figuresRow = { sales: z.string(), refunded: z.string(), units: z.string(), orders: z.number() };

/** More products than a catalogue that is looked through page by page has. */
const mostProducts = 200_000;

/** What each product sold and was given back of, for the products with the greatest sales. */
export const figuresOfProducts = question({
  name: 'figures of products',
  sql: `select product_id as productId, ${figures} from order_line where ${lineCondition} and product_id != ''
    group by product_id order by sales desc limit ${mostProducts}`,
  params: lineParams,
  row: z.object({ productId: z.string(), ...figuresRow }),
});

/** What one product sold and was given back of. */
export const figuresOfProduct = question({
  name: 'figures of a product',
  sql: `select ${figures} from order_line where product_id = {productId:String}`,
  params: z.object({ productId: z.string() }),
  row: z.object(figuresRow),
});

/** The same by month of a time zone; `month` is its first day. */
export const monthsOfProduct = question({
  name: 'months of a product',
  sql: `select toStartOfMonth(occurred_at, {zone:String}) as month, ${figures}
    from order_line where product_id = {productId:String} group by month order by month`,
  params: z.object({ productId: z.string(), zone: z.string() }),
  row: z.object({ month: z.string(), ...figuresRow }),
});
