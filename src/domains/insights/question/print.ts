import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';
import type { Registry } from '../registry/registry.ts';
import type { Asked } from './asked.ts';
import { boundParams } from './bound.ts';
import type { Counted, Part, Plan } from './plan.ts';
import { rowsSql } from './rows-sql.ts';

/** Figures of one row, of the period and of the one compared with, by column alias; all as text. */
const row = z.object({ isTotal: z.coerce.number(), rowCount: z.coerce.number().default(0) }).catchall(z.coerce.string());
export type AnswerRow = z.output<typeof row>;

/** Rows that a statement may answer with when the engine does not cut them: beyond, a question is refused. */
export const mostRows = 50_000;

const limits = { timeoutMs: 30_000 };

/** The rows of one part with their sum, the total; a page of them where the engine cuts, the total always. */
export function printPart(registry: Registry, asked: Asked, plan: Plan, part: Part) {
  const sql = grouped(registry, asked, plan, part);
  if (!plan.isPagedByEngine) return question({ name: 'figures', sql: `${sql} limit ${mostRows + 2}`, params: boundParams, row, limits });
  const { by, descending } = asked.sort;
  const at = asked.dimensions.indexOf(by);
  const expression = at < 0 ? sortSql(registry, part, by) : plan.dimensions[at].isNumeric ? `toFloat64OrNull(k${at})` : `k${at}`;
  const order = ['isTotal desc', `${expression} ${descending ? 'desc' : 'asc'} nulls last`, ...asked.dimensions.map((_name, i) => `k${i}`)].join(', ');
  return question({
    name: 'a page of figures',
    sql: `select * except place from (
      select *, count() over () - 1 as rowCount, row_number() over (order by ${order}) as place from (${sql})
    ) where isTotal = 1 or (place > 1 + {offset:UInt32} and place <= 1 + {offset:UInt32} + {limit:UInt32}) order by place`,
    params: boundParams,
    row,
    limits,
  });
}

function grouped(registry: Registry, asked: Asked, { dimensions }: Plan, part: Part): string {
  const times = dimensions.flatMap(({ ofTime }, at) => (ofTime ? [{ ofTime, alias: `k${at}` }] : []));
  const inRow = (at: string): string => times.map(({ ofTime, alias }) => `${ofTime(at)} = ${alias}`).join(' and ') || '1';
  const sides = asked.against ? [['now', 'isNow'], ['before', 'isBefore']] : [['now', 'isNow']];
  const columns = part.counted.flatMap(({ alias, sql, differsInTime }: Counted) => sides.flatMap(([side, when]) => [
    `${sql(when, inRow)} as ${alias}_${side}`,
    ...(differsInTime ? [`${sql(when, () => '1')} as ${alias}_total_${side}`] : []),
  ]));
  const rows = rowsSql(registry, asked, part);
  if (dimensions.length === 0) return `select 1 as isTotal, ${columns.join(',\n    ')} from ${rows}`;
  const keys = dimensions.map((_dimension, at) => `k${at}`);
  const last = keys[keys.length - 1];
  // Sums of some of the dimensions come with the rollup and are not asked for.
  const whole = keys.length > 1 ? ` having grouping(k0) = grouping(${last})` : '';
  return `select ${keys.join(', ')}, grouping(k0) as isTotal, ${columns.join(',\n    ')}
  from ${rows}
  group by ${keys.join(', ')} with rollup${whole}`;
}

/** An order of rows by a metric of the period; figures themselves are reckoned exactly, in `shape.ts`, an order may be by a float. */
function sortSql(registry: Registry, part: Part, name: string): string {
  const { reckoned } = registry.metric(name);
  if (reckoned.kind === 'aggregate') return `${part.counted.find(({ metric }) => metric.name === name)?.alias}_now`;
  const [first, second] = reckoned.of.map((of) => sortSql(registry, part, of));
  return reckoned.kind === 'difference' ? `(${first} - ${second})` : `if(${second} = 0, null, toFloat64(${first}) / toFloat64(${second}))`;
}
