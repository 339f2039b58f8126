import type { Actor } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { Target } from './target-of.ts';

const exact = (text: string): string => formatDecimal(parseDecimal(text) ?? 0n);

/** Targets of some metrics (all for null) in months from the first to the last. */
export async function readTargets({ pg }: Pick<Platform, 'pg'>, metrics: string[] | null, from: Day, to: Day): Promise<Target[]> {
  const { rows } = await pg.query<Target>(
    `select metric, nullif(dimension, '') as dimension, case when dimension = '' then null else value end as value, to_char(month, 'YYYY-MM-DD') as month, target::text as target
      from metric_target where ($1::text[] is null or metric = any($1)) and month between $2 and $3 order by metric, dimension, value, month`, [metrics, from, to]);
  return rows.map((row) => ({ ...row, target: exact(row.target) }));
}

/** Sets the targets of some months, and removes those that are null. */
export async function writeTargets({ pg }: Platform, actor: Actor, given: { metric: string; dimension: string | null; value: string | null; months: { month: Day; target: string | null }[] }): Promise<void> {
  const scope = [given.metric, given.dimension ?? '', given.value ?? ''];
  const kept = given.months.filter(({ target }) => target !== null);
  await inTransaction(pg, async (client) => {
    await client.query('delete from metric_target where metric = $1 and dimension = $2 and value = $3 and month = any($4::date[])', [...scope, given.months.map(({ month }) => month)]);
    await client.query('insert into metric_target (metric, dimension, value, month, target) select $1, $2, $3, * from unnest($4::date[], $5::numeric[])',
      [...scope, kept.map(({ month }) => month), kept.map(({ target }) => target)]);
    await recordAudit(client, { actor, action: 'insights.set_targets', subject: `metric:${given.metric}`, details: { dimension: given.dimension, months: given.months.length } });
  });
}
