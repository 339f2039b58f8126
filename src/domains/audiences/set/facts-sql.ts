import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { ResolvedFacts, ResolvedLineFilter, ResolvedPropertyFilter, TimeRange } from '../resolve/resolved.ts';
import type { Bindings } from './bindings.ts';
import { numberSql, rangeSql, textSql } from './tests-sql.ts';

/** How a statement is printed for the data there is. */
export interface Dialect {
  /** Whether anybody is merged into another: otherwise every number counts for itself, and nothing is looked up. */
  hasMerges: boolean;
}

/** The number that a row of facts counts under. */
export const numberOf = ({ hasMerges }: Dialect): string => (hasMerges ? canonicalNo() : 'customer_no');

/** Text columns of a line by their name in rules. */
export const lineColumns = { product: 'product_id', category: 'category', brand: 'brand', channel: 'channel', region: 'region' } as const;

export const tableOf = (facts: ResolvedFacts): 'order_line' | 'event' => (facts.fact === 'order' ? 'order_line' : 'event');

/** The value of an event's property as text; empty where there is none. */
export const propertySql = (property: string, bind: Bindings): string => `toString(getSubcolumn(properties, ${bind.text(property)}))`;

/** SQL that is true for rows of `tableOf(facts)` that are meant. */
export function factsSql(facts: ResolvedFacts, bind: Bindings): string {
  if (facts.fact === 'event') {
    return [`name = ${bind.text(facts.name)}`, ...facts.where.map((filter) => propertyFilterSql(filter, bind))].join(' and ');
  }
  const kind = facts.of === 'net' ? [] : [`kind = '${facts.of}'`];
  return [...kind, ...facts.where.map((filter) => lineFilterSql(filter, bind))].join(' and ') || '1';
}

/** The rows of a table that are meant and belong to somebody, in a range of time. */
export const rowsSql = (facts: ResolvedFacts, range: TimeRange, bind: Bindings): string =>
  `from ${tableOf(facts)} where customer_no > 0 and ${rangeSql('occurred_at', range, bind)} and ${factsSql(facts, bind)}`;

function lineFilterSql(filter: ResolvedLineFilter, bind: Bindings): string {
  if (filter.test === 'compare') return numberSql(filter.field === 'unit_price' ? 'unit_price' : `if(kind = 'refund', -${filter.field}, ${filter.field})`, filter.compare, bind);
  return `${lineColumns[filter.field]} ${filter.test === 'any_of' ? 'in' : 'not in'} ${bind.texts(filter.values)}`;
}

const propertyFilterSql = ({ property, ...test }: ResolvedPropertyFilter, bind: Bindings): string => textSql(propertySql(property, bind), test, bind);
