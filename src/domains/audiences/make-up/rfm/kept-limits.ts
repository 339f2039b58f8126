import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';

/** Limits that a brand has set for an analysis, as they stood from a moment on. */
export interface KeptLimits {
  version: number;
  limits: unknown;
  setBy: string;
  setAt: Date;
}

const columns = 'version, limits, set_by as "setBy", set_at as "setAt"';

/** What was set last; null where nothing ever was. */
export async function readLimits(pool: pg.Pool, of: string): Promise<KeptLimits | null> {
  const { rows } = await pool.query<KeptLimits>(`select ${columns} from analysis_limits where analysis = $1 order by version desc limit 1`, [of]);
  return rows[0] ?? null;
}

/** Sets limits from now on; what stood before stays to be read. */
export const changeLimits = (pool: pg.Pool, actor: Actor, of: string, limits: object): Promise<void> => inTransaction(pool, async (client) => {
  await client.query("select pg_advisory_xact_lock(hashtext('analysis limits'), hashtext($1))", [of]);
  const { rows: [before] } = await client.query<KeptLimits>(`select ${columns} from analysis_limits where analysis = $1 order by version desc limit 1`, [of]);
  await client.query('insert into analysis_limits (analysis, version, limits, set_by) values ($1, $2, $3, $4)', [of, (before?.version ?? 0) + 1, JSON.stringify(limits), actor.name]);
  await recordAudit(client, { actor, action: 'insights.change_limits', subject: `analysis:${of}`, details: { before: before?.limits ?? null, after: limits } });
});

/** The newest first. */
export const limitsHistory = async (pool: pg.Pool, of: string, most = 50): Promise<KeptLimits[]> =>
  (await pool.query<KeptLimits>(`select ${columns} from analysis_limits where analysis = $1 order by version desc limit $2`, [of, most])).rows;
