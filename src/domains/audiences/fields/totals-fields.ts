import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { AudienceField } from './field.ts';

/**
 * Totals by the number a person counts under. Hardly anybody is merged: everybody else's row is read as
 * it is, and only the parts of merged people are put together.
 */
const totals = (own: string, together: string): string => `select customer_no, ${own} as value from customer_summary final
    where customer_no not in (select arrayJoin([absorbed_no, survivor_no]) from merge_pair)
  union all
  select ${canonicalNo()} as customer_no, ${together} as value from customer_summary final
    where customer_summary.customer_no in (select arrayJoin([absorbed_no, survivor_no]) from merge_pair) group by 1`;

/** All totals at once: `customer_no, first_order_at, last_order_at, orders, sales, refunded`, by the number a person counts under. */
export const totalsRelation = (hasMerges: boolean): string => {
  const own = 'select customer_no, first_order_at, last_order_at, toUInt64(orders) as orders, toDecimal128(sales, 4) as sales, toDecimal128(refunded, 4) as refunded from customer_summary final';
  const merged = '(select arrayJoin([absorbed_no, survivor_no]) from merge_pair)';
  return hasMerges
    ? `${own} where customer_no not in ${merged}
      union all select ${canonicalNo('part.customer_no')} as customer_no, min(part.first_order_at), max(part.last_order_at), sum(part.orders), sum(toDecimal128(part.sales, 4)), sum(toDecimal128(part.refunded, 4))
        from customer_summary as part final where part.customer_no in ${merged} group by 1`
    : own;
};

const number = (column: string): string => totals(`toNullable(toDecimal128(${column}, 4))`, `toNullable(toDecimal128(sum(${column}), 4))`);

/** Totals of all time, that cost no reading of order lines. */
export const totalsFields: AudienceField[] = [
  { name: 'orders_ever', label: 'audiences:field.orders_ever', type: 'number', unit: 'number', source: 'facts', ofOrders: true, relation: number('orders') },
  { name: 'sales_ever', label: 'audiences:field.sales_ever', type: 'number', unit: 'money', source: 'facts', ofOrders: true, relation: number('sales') },
  { name: 'refunded_ever', label: 'audiences:field.refunded_ever', type: 'number', unit: 'money', source: 'facts', ofOrders: true, relation: number('refunded') },
  { name: 'first_order', label: 'audiences:field.first_order', type: 'moment', source: 'facts', ofOrders: true, relation: totals('first_order_at', 'min(first_order_at)') },
  { name: 'last_order', label: 'audiences:field.last_order', type: 'moment', source: 'facts', ofOrders: true, relation: totals('last_order_at', 'max(last_order_at)') },
];
