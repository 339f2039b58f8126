import { addDays } from '../../../kernel/day.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { QuestionFilter } from '../contract.ts';
import type { Dimension } from '../registry/entry.ts';
import type { Registry } from '../registry/registry.ts';
import type { Asked } from './asked.ts';
import { firstOrders } from './first-orders.ts';
import type { Part } from './plan.ts';

const moment = (name: string): string => `{${name}:DateTime64(3, 'UTC')}`;

/** Where a dimension's value comes from: the row itself, or what is known of its person. */
type Place = { at: 'row' | 'joined'; sql: string };

/** The rows of one table that count for a question, with `person`, `isNow`, `isBefore` and a key for each dimension. */
export function rowsSql(registry: Registry, asked: Asked, { table, isStanding, needsFirstOrder }: Part): string {
  const persons: string[] = [];
  const place = (dimension: Dimension): Place => {
    if (dimension.ofTime) return { at: 'row', sql: dimension.ofTime(table.at) };
    const own = dimension.of?.[table.name];
    if (own !== undefined) return { at: dimension.needsFirstOrder ? 'joined' : 'row', sql: own };
    const relation = dimension.ofPerson ?? "select 0 as customer_no, '' as value";
    if (!persons.includes(relation)) persons.push(relation);
    return { at: 'joined', sql: `p${persons.indexOf(relation)}_value` };
  };
  const keys = asked.dimensions.map((name, at) => ({ ...place(registry.dimension(name)), alias: `k${at}` }));
  const filters = asked.filters.map((filter, at) => {
    const dimension = registry.dimension(filter.dimension);
    const { at: where, sql } = place(dimension);
    return { at: where, sql: filterSql(filter, sql, where === 'row' ? (dimension.searched ?? []) : [], `f${at}`) };
  });
  const of = (where: Place['at'], every: Place[]): string[] => every.filter((each) => each.at === where).map((each) => each.sql);
  const keysAt = (where: Place['at']): string[] => keys.filter((key) => key.at === where).map(({ sql, alias }) => `toString(${sql}) as ${alias}`);
  const counting = [timeRange(asked, table.at, isStanding), ...of('row', filters)].join(' and ');
  const flags = periodFlags(asked, table.at, isStanding);
  const row = `select ${[...keysAt('row'), `${canonicalNo(table.customer)} as person`, flags, table.columns, `${table.at} as at`].join(', ')} from ${table.from} where ${counting}`;
  if (persons.length === 0 && !needsFirstOrder) return `(${row})`;
  const joins = persons.map((relation, i) => `any left join (select customer_no as p${i}_no, value as p${i}_value from (${relation})) as p${i} on line.person = p${i}.p${i}_no`);
  if (needsFirstOrder) joins.push(`any left join (select buyer as firstBuyer, first_at from (${firstOrders})) as first on line.person = first.firstBuyer`);
  const isFirstWithin = needsFirstOrder ? [`firstBuyer > 0 and if(isNow, first_at >= ${moment('split')}, first_at < ${moment('beforeUntil')}) as isFirstWithin`] : [];
  const joined = of('joined', filters);
  return `(select ${['*', ...isFirstWithin, ...keysAt('joined')].join(', ')} from (${row}) as line ${joins.join(' ')}${joined.length > 0 ? ` where ${joined.join(' and ')}` : ''})`;
}

/** The times that count: one range where the periods meet, else two. A standing number counts everything up to its end. */
function timeRange({ against, period }: Asked, at: string, isStanding: boolean): string {
  const whole = `${at} < ${moment('until')}`;
  if (isStanding) return whole;
  const span = `${at} >= ${moment('from')} and ${whole}`;
  return against && addDays(against.to, 1) < period.from ? `${span} and (${at} < ${moment('beforeUntil')} or ${at} >= ${moment('split')})` : span;
}

function periodFlags({ against }: Asked, at: string, isStanding: boolean): string {
  if (isStanding) return `1 as isNow, ${at} < ${moment('beforeUntil')} as isBefore`;
  return against ? `${at} >= ${moment('split')} as isNow, not isNow as isBefore` : '1 as isNow, 0 as isBefore';
}

function filterSql(filter: QuestionFilter, expression: string, searched: string[], name: string): string {
  if (filter.test === 'contains') {
    return `(${[expression, ...searched].map((each) => `positionCaseInsensitiveUTF8(toString(${each}), {${name}:String}) > 0`).join(' or ')})`;
  }
  return `${expression} ${filter.test === 'in' ? 'in' : 'not in'} {${name}:Array(String)}`;
}
