import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { FunnelDefinition, SavedFunnel } from '../contract/funnels.ts';

type Row = Omit<SavedFunnel, 'updatedAt'> & { updatedAt: Date };

const columns = 'funnel_id as "funnelId", name, definition, owner, version, updated_at as "updatedAt"';
const shown = (row: Row): SavedFunnel => ({ ...row, updatedAt: row.updatedAt.toISOString() });

export const readFunnels = async ({ pg: pool }: Platform): Promise<SavedFunnel[]> =>
  (await pool.query<Row>(`select ${columns} from funnel order by lower(name)`)).rows.map(shown);

/** Saves a funnel; 409 where the name is taken. */
export async function makeFunnel({ pg: pool, clock }: Platform, { name, definition }: { name: string; definition: FunnelDefinition }, actor: Actor): Promise<SavedFunnel> {
  return namedOnce(name, () => inTransaction(pool, async (client) => {
    const { rows: [row] } = await client.query<Row>(
      `insert into funnel (name, definition, owner, created_at, updated_at) values ($1, $2, $3, $4, $4) returning ${columns}`,
      [name, JSON.stringify(definition), actor.name, clock.now()]);
    await audit(client, actor, 'save', row);
    return shown(row);
  }));
}

/** Changes a funnel on the version it was read in; 409 where somebody was faster. */
export async function changeFunnel({ pg: pool, clock }: Platform, funnelId: number, edit: { version: number; name?: string | undefined; definition?: FunnelDefinition | undefined }, actor: Actor): Promise<SavedFunnel> {
  return namedOnce(edit.name ?? '', () => inTransaction(pool, async (client) => {
    const { rows: [row] } = await client.query<Row>(
      `update funnel set name = coalesce($3, name), definition = coalesce($4, definition), version = version + 1, updated_at = $5
        where funnel_id = $1 and version = $2 returning ${columns}`,
      [funnelId, edit.version, edit.name ?? null, edit.definition ? JSON.stringify(edit.definition) : null, clock.now()]);
    if (!row) throw (await isThere(client, funnelId)) ? conflict('insights.funnel_edited_meanwhile', { funnelId }) : notFound('insights.funnel_not_found', { funnelId });
    await audit(client, actor, 'change', row);
    return shown(row);
  }));
}

export async function removeFunnel({ pg: pool }: Platform, funnelId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: [row] } = await client.query<Row>(`delete from funnel where funnel_id = $1 returning ${columns}`, [funnelId]);
    if (!row) throw notFound('insights.funnel_not_found', { funnelId });
    await audit(client, actor, 'delete', row);
  });
}

const isThere = async (client: pg.PoolClient, funnelId: number): Promise<boolean> => (await client.query('select from funnel where funnel_id = $1', [funnelId])).rowCount === 1;

const audit = (client: pg.PoolClient, actor: Actor, what: 'save' | 'change' | 'delete', { funnelId, name }: Row): Promise<unknown> =>
  recordAudit(client, { actor, action: `insights.${what}_funnel`, subject: `funnel:${funnelId}`, details: { name } });

const uniqueViolation = '23505';

async function namedOnce<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) throw conflict('insights.funnel_name_taken', { name });
    throw error;
  }
}
