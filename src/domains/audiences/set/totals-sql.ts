import { passes } from '../resolve/number-test.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';
import { totalsFields } from '../fields/totals-fields.ts';
import type { Bindings } from './bindings.ts';
import type { Dialect } from './facts-sql.ts';
import type { Printed } from './printed.ts';
import { numberSql } from './tests-sql.ts';

type MeasureCondition = Extract<ResolvedCondition, { kind: 'measure' }>;

const kept: Record<string, string> = { 'sale/orders': 'orders', 'sale/amount': 'sales', 'refund/orders': 'refunds', 'refund/amount': 'refunded', 'net/amount': 'sales - refunded' };
const relations = new Map(totalsFields.map((field) => [field.name, field.relation]));

/**
 * A measure of all time and of every line is kept for each customer: no line is read for it. Null where it is not kept.
 * While anybody is merged, it holds for what the registry puts together.
 */
export function totalsSql({ facts, measure, range, compare }: MeasureCondition, { hasMerges }: Dialect, bind: Bindings): Printed | null {
  if (facts.fact !== 'order' || facts.where.length > 0 || range.fromMs !== null || range.untilMs !== null) return null;
  const column = kept[`${facts.of}/${measure}`];
  if (!column) return null;
  const isComplement = passes(compare, 0n);
  const field = relations.get(measure === 'orders' ? 'orders_ever' : 'sales_ever');
  if (hasMerges && (facts.of !== 'sale' || !field)) return null;
  const from = hasMerges ? `(${field})` : `(select customer_no, toDecimal128(${column}, 4) as value from customer_summary final)`;
  const test = numberSql('value', compare, bind);
  return { sql: `select customer_no as no from ${from} where ${isComplement ? `not (${test})` : test}`, isComplement };
}
