import type { Actor } from '../../../kernel/actor.ts';
import { conflict, forbidden, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { KeptHead, Sharing } from '../contract.ts';

export type KeptKind = 'report' | 'dashboard';

/** Something that was saved, as one person may see it. */
export interface KeptView extends KeptHead {
  body: unknown;
}

export interface KeptEdit {
  version: number;
  name?: string | undefined;
  sharing?: Sharing | undefined;
  body?: unknown;
}

/** Who a token belongs to counts, and not the token. */
const me = "(case when $1 = 'token' then (select owner_id from api_token where api_token_id = $2) when $1 = 'staff' then $2::integer end)";
/** What a person who is gone shared can be changed by whoever may save. */
const isMine = `(coalesce(owner_id = ${me}, false) or (sharing != 'private' and not exists (select from staff where staff.staff_id = kept_view.owner_id)))`;
const columns = `view_id as id, name, owner, ${isMine} as "isMine", (${isMine} or sharing = 'edit') as "mayChange", sharing, version, updated_at as "updatedAt", body`;
const visible = `(${isMine} or sharing != 'private')`;
const orders = { name: 'lower(name)', updatedAt: 'updated_at', owner: 'lower(owner)' } as const;

type Row = Omit<KeptView, 'updatedAt'> & { updatedAt: Date };
const shown = (row: Row): KeptView => ({ ...row, updatedAt: row.updatedAt.toISOString() });

/** A page of what somebody may see, the latest first unless sorted otherwise. */
export async function listKept({ pg }: Platform, actor: Actor, kind: KeptKind, page: { q: string; sort: { field: keyof typeof orders; descending: boolean }; limit: number; offset: number }): Promise<{ rows: KeptView[]; total: number }> {
  const { rows } = await pg.query<Row & { total: string }>(
    `select ${columns}, count(*) over () as total from kept_view
      where kind = $3 and ${visible} and position(lower($4) in lower(name)) > 0
      order by ${orders[page.sort.field]} ${page.sort.descending ? 'desc' : 'asc'}, view_id desc limit $5 offset $6`,
    [actor.kind, actor.id, kind, page.q, page.limit, page.offset]);
  return { rows: rows.map(({ total: _total, ...row }) => shown(row)), total: Number(rows[0]?.total ?? 0) };
}

/** Those of some that somebody may see. */
export async function findKept({ pg }: Pick<Platform, 'pg'>, actor: Pick<Actor, 'kind' | 'id'>, kind: KeptKind, ids: number[]): Promise<KeptView[]> {
  const { rows } = await pg.query<Row>(`select ${columns} from kept_view where kind = $3 and view_id = any($4) and ${visible}`, [actor.kind, actor.id, kind, ids]);
  return rows.map(shown);
}

/** 404 for what is not there, and for what is somebody else's alone. */
export async function readKept(platform: Pick<Platform, 'pg'>, actor: Actor, kind: KeptKind, id: number): Promise<KeptView> {
  const [found] = await findKept(platform, actor, kind, [id]);
  if (!found) throw notFound('insights.no_kept_view');
  return found;
}

export async function makeKept({ pg, clock }: Platform, actor: Actor, kind: KeptKind, given: { name: string; sharing: Sharing; body: unknown }): Promise<number> {
  return inTransaction(pg, async (client) => {
    const { rows: [{ id }] } = await client.query<{ id: number }>(
      `insert into kept_view (kind, name, body, owner_id, owner, sharing, created_at, updated_at) values ($3, $4, $5, ${me}, $6, $7, $8, $8) returning view_id as id`,
      [actor.kind, actor.id, kind, given.name, JSON.stringify(given.body), actor.name, given.sharing, clock.now()]);
    await recordAudit(client, { actor, action: `insights.create_${kind}`, subject: `${kind}:${id}`, details: { name: given.name, sharing: given.sharing } });
    return id;
  });
}

/** Changes what somebody may change, on the version it was read in; only its owner shares it otherwise. */
export async function changeKept({ pg, clock }: Platform, actor: Actor, kind: KeptKind, id: number, edit: KeptEdit): Promise<void> {
  await inTransaction(pg, async (client) => {
    await client.query('select from kept_view where view_id = $1 for update', [id]);
    const found = await readKept({ pg: client as unknown as Platform['pg'] }, actor, kind, id);
    if (!found.mayChange || (edit.sharing !== undefined && edit.sharing !== found.sharing && !found.isMine)) throw forbidden('insights.not_yours', { owner: found.owner });
    if (edit.version !== found.version) throw conflict('insights.edited_meanwhile', { name: found.name });
    await client.query('update kept_view set name = $2, sharing = $3, body = $4, version = version + 1, updated_at = $5 where view_id = $1',
      [id, edit.name ?? found.name, edit.sharing ?? found.sharing, JSON.stringify(edit.body ?? found.body), clock.now()]);
    await recordAudit(client, { actor, action: `insights.change_${kind}`, subject: `${kind}:${id}`, details: { name: edit.name ?? found.name, sharing: edit.sharing ?? found.sharing } });
  });
}

export async function deleteKept({ pg }: Platform, actor: Actor, kind: KeptKind, id: number): Promise<void> {
  await inTransaction(pg, async (client) => {
    const found = await readKept({ pg: client as unknown as Platform['pg'] }, actor, kind, id);
    if (!found.isMine) throw forbidden('insights.not_yours', { owner: found.owner });
    await client.query('delete from kept_view where view_id = $1', [id]);
    await recordAudit(client, { actor, action: `insights.delete_${kind}`, subject: `${kind}:${id}`, details: { name: found.name } });
  });
}
