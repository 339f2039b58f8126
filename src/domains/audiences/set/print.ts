import type { ResolvedCondition } from '../resolve/resolved.ts';
import type { Bindings } from './bindings.ts';
import { consentSql, fieldSql, identifierSql, sampleSql } from './customer-sql.ts';
import type { Dialect } from './facts-sql.ts';
import { momentSql, recurringSql, sequenceSql } from './history-sql.ts';
import { measureSql } from './measure-sql.ts';
import type { Printed } from './printed.ts';
import { totalsMomentSql, totalsSql } from './totals-sql.ts';

/** Conditions that ClickHouse answers; the others are sets already. */
export type AskedCondition = Exclude<ResolvedCondition, { kind: 'tag' | 'audience' | 'list' }>;

export const isAsked = (condition: ResolvedCondition): condition is AskedCondition =>
  condition.kind !== 'tag' && condition.kind !== 'audience' && condition.kind !== 'list';

/** The statement that finds whom a condition means: static text, every value bound, every name out of the registry. */
export function printCondition(condition: AskedCondition, dialect: Dialect, bind: Bindings): Printed {
  switch (condition.kind) {
    case 'field': return fieldSql(condition, bind);
    case 'consent': return consentSql(condition, bind);
    case 'identifier': return identifierSql(condition, bind);
    case 'sample': return sampleSql(condition, bind);
    case 'measure': return totalsSql(condition, dialect, bind) ?? measureSql(condition, dialect, bind);
    case 'moment': return totalsMomentSql(condition, dialect, bind) ?? momentSql(condition, dialect, bind);
    case 'sequence': return sequenceSql(condition, dialect, bind);
    case 'recurring': return recurringSql(condition, dialect, bind);
  }
}

const ofCustomers: ReadonlySet<ResolvedCondition['kind']> = new Set(['consent', 'identifier', 'sample', 'tag']);

/** What a condition's answer changes with. */
export const sourceOf = (condition: ResolvedCondition): 'facts' | 'customers' => {
  if (condition.kind === 'field') return condition.field.source;
  return ofCustomers.has(condition.kind) ? 'customers' : 'facts';
};
