import { passes } from '../resolve/number-test.ts';
import type { ResolvedCondition, ResolvedFacts, TimeRange } from '../resolve/resolved.ts';
import { totalsFields } from '../fields/totals-fields.ts';
import type { Bindings } from './bindings.ts';
import type { Dialect } from './facts-sql.ts';
import type { Printed } from './printed.ts';
import { numberSql, rangeSql } from './tests-sql.ts';

type Of<K extends ResolvedCondition['kind']> = Extract<ResolvedCondition, { kind: K }>;

const kept: Record<string, string> = { 'sale/orders': 'orders', 'sale/amount': 'sales', 'refund/orders': 'refunds', 'refund/amount': 'refunded', 'net/amount': 'sales - refunded' };
const relations = new Map(totalsFields.map((field) => [field.name, field.relation]));

const isOfAllTime = (facts: ResolvedFacts, range: TimeRange): facts is Extract<ResolvedFacts, { fact: 'order' }> =>
  facts.fact === 'order' && facts.where.length === 0 && range.fromMs === null && range.untilMs === null;

/**
 * A measure of all time and of every line is kept for each customer: no line is read for it. Null where it is not kept.
 * While anybody is merged, it holds for what the registry puts together.
 */
export function totalsSql({ facts, measure, range, compare }: Of<'measure'>, { hasMerges }: Dialect, bind: Bindings): Printed | null {
  const column = isOfAllTime(facts, range) && kept[`${facts.of}/${measure}`];
  if (!column) return null;
  const isComplement = passes(compare, 0n);
  const field = relations.get(measure === 'orders' ? 'orders_ever' : 'sales_ever');
  if (hasMerges && (facts.of !== 'sale' || !field)) return null;
  const from = hasMerges ? `(${field})` : `(select customer_no, toDecimal128(${column}, 4) as value from customer_summary final)`;
  const test = numberSql('value', compare, bind);
  return { sql: `select customer_no as no from ${from} where ${isComplement ? `not (${test})` : test}`, isComplement };
}

/** The same for the first and the last order of all time. */
export function totalsMomentSql({ facts, which, range, within }: Of<'moment'>, { hasMerges }: Dialect, bind: Bindings): Printed | null {
  if (!isOfAllTime(facts, range) || facts.of !== 'sale') return null;
  const from = hasMerges ? `(${relations.get(`${which}_order`)})` : `(select customer_no, ${which}_order_at as value from customer_summary final)`;
  const tests = within.map((each) => `(${rangeSql('value', each, bind)})`).join(' or ') || '0';
  return { sql: `select customer_no as no from ${from} where value is not null and (${tests})`, isComplement: false };
}
