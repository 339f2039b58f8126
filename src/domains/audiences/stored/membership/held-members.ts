import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { HeldDataSource } from '../../../customers/public.ts';
import { readMembers } from './read-membership.ts';
import { bytesOf } from './write-membership.ts';

interface Stay {
  audience: string;
  customerNo: number;
  at: string;
  entered: boolean;
}

/** Which audiences and lists people are in, and were: for exports and erasures. */
export const heldMembers = (pool: pg.Pool): HeldDataSource => ({
  name: 'audience_member',
  async count({ customerNos }) {
    const gone = Bitmap.of(customerNos);
    let held = 0;
    for (const { audienceId, versionNo } of await allAudiences(pool)) held += (await readMembers(pool, audienceId, versionNo)).andSize(gone);
    for (const { members } of await allLists(pool)) held += decodeBitmap(members).andSize(gone);
    return held;
  },
  async *export({ customerNos }) {
    for (const { audienceId, name } of await allAudiences(pool)) yield* staysIn(pool, audienceId, name, customerNos);
  },
  async erase(person) {
    const held = await this.count(person);
    const gone = Bitmap.of(person.customerNos);
    for (const { audienceId } of await allAudiences(pool)) await eraseFromAudience(pool, audienceId, gone);
    await eraseFromLists(pool, gone);
    return held;
  },
});

async function allAudiences(pool: pg.Pool): Promise<{ audienceId: number; name: string; versionNo: number }[]> {
  const { rows } = await pool.query<{ audienceId: number; name: string; versionNo: number }>(
    'select audience_id as "audienceId", name, version_no as "versionNo" from audience order by audience_id');
  return rows;
}

const allLists = async (pool: pg.Pool | pg.PoolClient): Promise<{ listId: number; members: Buffer }[]> =>
  (await pool.query<{ listId: number; members: Buffer }>('select list_id as "listId", members from audience_list order by list_id')).rows;

const versionsAtOnce = 500;

/** The stored changes of an audience from its first version on, some at a time. */
async function* changesOf(connection: pg.Pool | pg.PoolClient, audienceId: number) {
  for (let after = 0; ;) {
    const { rows } = await connection.query<{ versionNo: number; at: Date; entered: Buffer; left: Buffer; snapshot: Buffer | null }>(
      `select version_no as "versionNo", at, entered, left_members as left, snapshot from audience_version
        where audience_id = $1 and version_no > $2 order by version_no limit $3`, [audienceId, after, versionsAtOnce]);
    yield* rows;
    if (rows.length < versionsAtOnce) return;
    after = rows[rows.length - 1].versionNo;
  }
}

async function* staysIn(pool: pg.Pool, audienceId: number, audience: string, customerNos: readonly number[]): AsyncGenerator<Stay> {
  for await (const { at, entered, left } of changesOf(pool, audienceId)) {
    const [came, went] = [decodeBitmap(entered), decodeBitmap(left)];
    for (const customerNo of customerNos) {
      if (came.has(customerNo) || went.has(customerNo)) yield { audience, customerNo, at: at.toISOString(), entered: came.has(customerNo) };
    }
  }
}

/** Takes numbers out of every version. How many came and went in the past stays as it was counted. */
async function eraseFromAudience(pool: pg.Pool, audienceId: number, gone: Bitmap): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select from audience where audience_id = $1 for no key update', [audienceId]);
    let rewritten = 0;
    for await (const { versionNo, ...stored } of changesOf(client, audienceId)) {
      const sets = [stored.entered, stored.left, stored.snapshot].map((bytes) => bytes && decodeBitmap(bytes));
      if (sets.every((set) => !set || set.andSize(gone) === 0)) continue;
      await client.query('update audience_version set entered = $3, left_members = $4, snapshot = $5 where audience_id = $1 and version_no = $2',
        [audienceId, versionNo, ...sets.map((set) => set && bytesOf(set.andNot(gone)))]);
      rewritten++;
    }
    if (rewritten === 0) return;
    const { rows: [{ versionNo }] } = await client.query<{ versionNo: number }>('select version_no as "versionNo" from audience where audience_id = $1', [audienceId]);
    const { size } = await readMembers(client, audienceId, versionNo);
    await client.query('update audience set rewrites = rewrites + 1, size = $2 where audience_id = $1', [audienceId, size]);
  });
}

async function eraseFromLists(pool: pg.Pool, gone: Bitmap): Promise<void> {
  await inTransaction(pool, async (client) => {
    for (const { listId, members } of await allLists(client)) {
      const held = decodeBitmap(members);
      if (held.andSize(gone) === 0) continue;
      const rest = held.andNot(gone);
      await client.query('update audience_list set members = $2, size = $3 where list_id = $1', [listId, bytesOf(rest), rest.size]);
    }
  });
}
