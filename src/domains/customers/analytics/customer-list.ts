import { z } from 'zod';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { question } from '../../../platform/clickhouse/query.ts';

const filterParams = z.object({
  channels: z.array(z.string()),
  provinces: z.array(z.string()),
  gender: z.string(),
  tag: z.number().int(),
  identified: z.enum(['', '0', '1']),
  from: z.string(),
  to: z.string(),
});
export type ListFilters = z.input<typeof filterParams>;

/** An empty list, an empty text and 0 are no filter. */
const matching = `customer final where status = 'active'
  and (empty({channels:Array(String)}) or channel in {channels:Array(String)})
  and (empty({provinces:Array(String)}) or province in {provinces:Array(String)})
  and ({gender:String} = '' or gender = {gender:String})
  and ({tag:UInt32} = 0 or has(tags, {tag:UInt32}))
  and ({identified:String} = '' or is_identified = ({identified:String} = '1'))
  and created_at >= {from:DateTime64(3)} and created_at < {to:DateTime64(3)}`;

const page = filterParams.extend({ limit: z.number().int(), offset: z.number().int() });
const row = z.object({ customerNo: z.number().int() });

/** How many customers match. */
export const customerCount = question({
  name: 'customers that match',
  sql: `select toUInt32(count()) as total from ${matching}`,
  params: filterParams,
  row: z.object({ total: z.number().int() }),
});

/** The numbers of one page of customers in the order in which they were first seen. */
export const customersByCreation = (descending: boolean) => question({
  name: `customers by creation, ${descending ? 'newest' : 'oldest'} first`,
  sql: `select customer_no as customerNo from ${matching}
    order by created_at ${descending ? 'desc' : ''}, customer_no ${descending ? 'desc' : ''} limit {limit:UInt32} offset {offset:UInt32}`,
  params: page,
  row,
});

const measures = {
  lastOrderAt: 'coalesce(greatest(own.last_order_at, absorbed.last_order_at), own.last_order_at, absorbed.last_order_at)',
  spent: 'own.net + absorbed.net',
} as const;

/**
 * The numbers of one page of customers by what their orders add up to, those without orders last.
 * Totals lie under the numbers that facts carry: those of people who were merged, which are few, are
 * added to whom they count for. Both large tables lie in the order of numbers, so that they are
 * joined as they are read: at ten million customers that takes a tenth of the time of a hash join.
 */
export const customersByOrders = (measure: keyof typeof measures, descending: boolean) => question({
  name: `customers by ${measure}, ${descending ? 'largest' : 'smallest'} first`,
  sql: `select listed.customer_no as customerNo
    from (select customer_no from ${matching}) as listed
    left join (select customer_no, last_order_at, sales - refunded as net from customer_summary final) as own using customer_no
    left join (
      select ${canonicalNo()} as survivor_no, max(last_order_at) as last_order_at, sum(sales - refunded) as net
      from customer_summary final
      where dictHas('customer_merge', toUInt64(customer_no)) and ${canonicalNo()} != customer_no group by survivor_no
    ) as absorbed on absorbed.survivor_no = listed.customer_no
    order by ${measures[measure]} ${descending ? 'desc' : ''} nulls last, customerNo ${descending ? 'desc' : ''}
    limit {limit:UInt32} offset {offset:UInt32}
    settings join_algorithm = 'full_sorting_merge'`,
  params: page,
  row,
});

/** The numbers of customers after one, in the order of numbers: for lists that are read to their end. */
export const customersAfter = question({
  name: 'customers after a number',
  sql: `select customer_no as customerNo from ${matching} and customer_no > {after:UInt32} order by customer_no limit {limit:UInt32}`,
  params: filterParams.extend({ limit: z.number().int(), after: z.number().int() }),
  row,
});
