import type { z } from 'zod';
import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { readOwnersOf, type Vault } from '../../customers/public.ts';
import type { ShownList, uploadPeopleList } from '../contract/lists.ts';
import { lockReferences, namedOnce } from '../stored/keeping/references.ts';
import type { Memberships } from '../stored/membership/memberships.ts';
import { bytesOf } from '../stored/membership/write-membership.ts';
import { readIdentifiers } from '../tag-library/uploads/read-identifiers.ts';

export interface ListDoors {
  platform: Platform;
  vault: Vault;
  memberships: Memberships;
  everybody(): Promise<Bitmap>;
}

const linesAtMost = 1_000_000;

/** Keeps the people a file names, looked up in the vault in bulk; of the file itself nothing is kept. */
export async function keepList({ platform, vault, memberships, everybody }: ListDoors, { name, kind, text }: z.output<NonNullable<typeof uploadPeopleList.body>>, actor: Actor): Promise<number> {
  const { pg: pool, clock } = platform;
  const { values, lines, repeated } = await readIdentifiers(text, kind, linesAtMost);
  if (lines === 0) throw new Problem('audiences.list_empty', { fields: [{ path: 'body.text', code: 'list_empty' }] });
  if (lines > linesAtMost) throw new Problem('audiences.list_too_long', { params: { most: linesAtMost }, fields: [{ path: 'body.text', code: 'list_too_long' }] });
  const active = await everybody();
  const named = kind === 'customer_no' ? values.map(Number) : [...(await readOwnersOf(pool, vault, kind, values)).values()];
  const known = named.filter((no) => active.has(no));
  const merged = (await memberships.asOfToday(Bitmap.of(named.filter((no) => !active.has(no))))).and(active);
  const members = Bitmap.of(known).or(merged);
  const found = known.length + merged.size;
  const unknown = lines - repeated - found;
  const duplicates = repeated + found - members.size;
  return namedOnce(name, () => inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ listId: number }>(
      `insert into audience_list (name, members, size, lines, unknown, duplicates, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning list_id as "listId"`,
      [name, bytesOf(members), members.size, lines, unknown, duplicates, clock.now(), actor.name]);
    const [{ listId }] = rows;
    await recordAudit(client, { actor, action: 'audiences.upload_list', subject: `audience_list:${listId}`, details: { name, lines, people: members.size } });
    return listId;
  }));
}

export async function renameList({ pg: pool }: Platform, listId: number, name: string, actor: Actor): Promise<void> {
  await namedOnce(name, () => inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('update audience_list set name = $2 where list_id = $1', [listId, name]);
    if (rowCount === 0) throw notFound('audiences.list_not_found', { listId });
    await recordAudit(client, { actor, action: 'audiences.rename_list', subject: `audience_list:${listId}`, details: { name } });
  }));
}

export async function removeList({ pg: pool }: Platform, listId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockReferences(client);
    const users = await usersOfLists(client, [listId]);
    if (users.length > 0) throw conflict('audiences.in_use', { users: users.map((user) => user.name) });
    const { rows } = await client.query<{ name: string }>('delete from audience_list where list_id = $1 returning name', [listId]);
    if (rows.length === 0) throw notFound('audiences.list_not_found', { listId });
    await recordAudit(client, { actor, action: 'audiences.delete_list', subject: `audience_list:${listId}`, details: { name: rows[0].name } });
  });
}

const usersOfLists = async (connection: pg.Pool | pg.PoolClient, listIds: readonly number[]): Promise<{ listId: number; audienceId: number; name: string }[]> =>
  (await connection.query<{ listId: number; audienceId: number; name: string }>(
    `select list_id as "listId", audience_id as "audienceId", name from audience_list_reference join audience using (audience_id)
      where list_id = any($1::int[]) order by name`, [listIds])).rows;

type Row = Omit<ShownList, 'createdAt' | 'usedBy'> & { createdAt: Date };

/** Lists by name or by id, newest first. */
export async function readLists({ pg: pool }: Platform, { q = '', listId = null, limit, offset }: { q?: string; listId?: number | null; limit: number; offset: number }): Promise<{ rows: ShownList[]; total: number }> {
  const where = "position(lower($1) in lower(name)) > 0 and ($2::int is null or list_id = $2)";
  const { rows } = await pool.query<Row>(
    `select list_id as "listId", name, size, lines, unknown, duplicates, created_at as "createdAt", created_by as "createdBy"
      from audience_list where ${where} order by list_id desc limit $3 offset $4`, [q, listId, limit, offset]);
  const { rows: [{ total }] } = await pool.query<{ total: number }>(`select count(*)::int as total from audience_list where ${where}`, [q, listId]);
  const users = await usersOfLists(pool, rows.map((row) => row.listId));
  return {
    rows: rows.map((row) => ({
      ...row, createdAt: row.createdAt.toISOString(),
      usedBy: users.filter((user) => user.listId === row.listId).map(({ audienceId, name }) => ({ audienceId, name })),
    })),
    total,
  };
}
