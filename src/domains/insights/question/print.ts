import { z } from 'zod';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { question } from '../../../platform/clickhouse/query.ts';
import { lineCondition, lineParams } from '../../commerce/public.ts';
import { dimensions } from '../registry/dimensions.ts';
import { countedMetrics, differentPeopleIf, sortExpressions } from '../registry/metrics.ts';
import { type Asked, isTime } from './asked.ts';
import { firstOrders } from './first-orders.ts';
import type { Plan } from './plan.ts';

/** What is bound: the lines of both periods, and the moment at which the period asked for begins. */
const params = lineParams.extend({
  split: z.string(),
  zone: z.string(),
  currency: z.string(),
  search: z.string(),
  limit: z.number().int(),
  offset: z.number().int(),
});

/** Figures of one row, of the period and of the one before, by column name; all as text. */
const row = z.object({ key: z.string(), isTotal: z.coerce.number(), rowCount: z.coerce.number().default(0) }).catchall(z.coerce.string());
export type AnswerRow = z.output<typeof row>;

const split = "{split:DateTime64(3, 'UTC')}";

/** Both periods' columns of one metric. */
const both = (name: string, expression: (when: string) => string): string =>
  `${expression('isNow')} as ${name}_now, ${expression('not isNow')} as ${name}_before`;

/**
 * Who is new among the buyers of a row: their first order ever lies in the same period; in a row of
 * time, in that very day, week or month.
 */
const newBuyers = (within: string) => (when: string): string =>
  `${differentPeopleIf}(buyer, kind = 'sale' and firstBuyer > 0 and (first_at >= ${split}) = isNow and ${within} and ${when})`;

function newBuyerColumns(asked: Asked): string {
  const ofPeriod = both('newBuyersOfPeriod', newBuyers('1'));
  const within = isTime(asked.dimension) ? `${dimensions[asked.dimension].key('first_at')} = key` : '1';
  return `${ofPeriod}, ${both('newBuyers', newBuyers(within))}`;
}

function matchedLines(asked: Asked, plan: Plan): string {
  const { key, searched } = dimensions[asked.dimension];
  const found = searched.map((column) => `positionCaseInsensitiveUTF8(${column}, {search:String}) > 0`).join(' or ');
  const search = asked.search ? `and (${found})` : '';
  const line = `select ${key('occurred_at')} as key, ${canonicalNo()} as buyer, occurred_at >= ${split} as isNow,
      customer_no, kind, order_key, quantity, amount, currency
    from order_line where ${lineCondition} ${search}`;
  if (plan.newBuyersFrom !== 'lines') return `(${line})`;
  return `(${line}) as line any left join (select buyer as firstBuyer, first_at from (${firstOrders})) as first on line.buyer = first.firstBuyer`;
}

function grouped(asked: Asked, plan: Plan): string {
  const counted = plan.counted.map((name) => both(name, countedMetrics[name]));
  const newOnes = plan.newBuyersFrom === 'lines' ? [newBuyerColumns(asked)] : [];
  return `select ${['key', 'grouping(key) as isTotal', ...counted, ...newOnes].join(',\n    ')}
  from ${matchedLines(asked, plan)}
  group by key with rollup`;
}

/** The rows of an answer with their sum, the total; a page of them where a page was asked for, the total always. */
export function printAnswer(asked: Asked, plan: Plan) {
  const sql = grouped(asked, plan);
  if (!asked.page) return question({ name: 'figures', sql, params, row });
  const { field, descending } = asked.sort;
  const expression = field === 'key' ? 'key' : sortExpressions[field];
  const order = `isTotal desc, ${expression} ${descending ? 'desc' : 'asc'} nulls last, key`;
  return question({
    name: 'a page of figures',
    sql: `select * except place from (
      select *, count() over () - 1 as rowCount, row_number() over (order by ${order}) as place from (${sql})
    ) where isTotal = 1 or (place > 1 + {offset:UInt32} and place <= 1 + {offset:UInt32} + {limit:UInt32}) order by place`,
    params,
    row,
  });
}

/** New buyers by day, week or month out of the totals of customers alone: no line is read. */
export function printNewBuyers(asked: Asked) {
  const newOnes = `countIf(first_at >= ${split}) as newBuyers_now, countIf(first_at < ${split}) as newBuyers_before`;
  return question({
    name: 'new buyers',
    sql: `select ${dimensions[asked.dimension].key('first_at')} as key, grouping(key) as isTotal, ${newOnes}
      from (${firstOrders}) group by key with rollup`,
    params,
    row,
  });
}
