import { z } from 'zod';
import { question } from '../../../../platform/clickhouse/query.ts';
import { boughtIn, columnOf, itemHash, type Level } from './order-stream.ts';

const count = z.coerce.number().int();
const span = z.object({ from: z.string(), until: z.string() });

/** How far sales reach up to a moment, and of how many people; the newest is null where there are none. */
export const salesExtent = question({
  name: 'association.sales-extent',
  sql: `select count() as lines, max(occurred_at) as newest from order_line
    where kind = 'sale' and occurred_at <= {asOf:DateTime64(3, 'UTC')}`,
  params: z.object({ asOf: z.string() }),
  row: z.object({ lines: count, newest: z.string() }),
});

const fewest = 2;
const most = 20_000;

/** What was bought in a span, the most frequent first: how often, how often of late, and at which price. */
export const itemsOf = (level: Level) => question({
  name: `association.items-${level}`,
  sql: `select ${columnOf[level]} as id, ${itemHash(level)} as hash, count() as lines, countIf(occurred_at >= {recently:DateTime64(3, 'UTC')}) as recent,
      if(sumIf(quantity, currency = {currency:String}) > 0, toFloat64(sumIf(amount, currency = {currency:String})) / toFloat64(sumIf(quantity, currency = {currency:String})), 0) as price
    from order_line where ${boughtIn(level)} group by id, hash having lines >= ${fewest}
    order by lines desc, id limit ${most}`,
  params: span.extend({ recently: z.string(), currency: z.string() }),
  row: z.object({ id: z.string(), hash: z.string().transform(BigInt), lines: count, recent: count, price: z.number() }),
  limits: { timeoutMs: 600_000 },
});
export type SoldItem = z.output<ReturnType<typeof itemsOf>['row']>;

/** How many lines, pieces and different people a span has. */
export const buyersIn = question({
  name: 'association.buyers',
  sql: `select count() as lines, toFloat64(sum(quantity)) as pieces, uniqIf(customer_no, customer_no != 0) as people from order_line
    where kind = 'sale' and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')}`,
  params: span,
  row: z.object({ lines: count, pieces: z.number(), people: count }),
});
