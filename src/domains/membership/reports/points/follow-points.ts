import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { replaceRows } from '../../copies/replace-rows.ts';
import type { MembershipDoors } from '../../part.ts';

type FollowDoors = Pick<MembershipDoors, 'programme'> & { platform: Pick<Platform, 'pg' | 'clickhouse'> };

const rowsAtOnce = 50_000;
/** What was recorded so long before the newest that is copied is looked at again: whoever wrote it may have ended later than others. */
const againMs = 3_600_000;

/** An entry with what a point paid under the version in force when it happened; before the first version, what the first says. */
const entriesSql = `select customer_no, entry_no::text as entry_no, kind, amount::text as amount, ($2::text[])[greatest(width_bucket(occurred_at, $1::timestamptz[]), 1)] as worth,
    to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as occurred_at, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as recorded_at
  from points_entry where recorded_at >= $3`;

/**
 * Brings the copy of the ledger in ClickHouse up to date. Entries are only ever added, so those recorded lately are enough, each once; where
 * afterwards there are not as many as in the ledger, as after an erasure, all of it is copied anew. Returns whether anything changed.
 */
export async function followPoints({ platform: { pg: pool, clickhouse }, programme }: FollowDoors): Promise<boolean> {
  const versions = await programme.versions();
  const terms = versions.length === 0 ? [[new Date(0)], ['0']] : [versions.map(({ startsAt }) => new Date(startsAt)), versions.map(({ definition }) => definition.points.worth)];
  const hasChanged = await inTransaction(pool, async (client) => {
    // One view of the ledger for what is read of it and for how many there are.
    await client.query('set transaction isolation level repeatable read, read only');
    const before = await held(clickhouse);
    const from = new Date(Math.max(0, before.last - againMs));
    await clickhouse.command('truncate table points_entry_next');
    for await (const rows of entriesSince(client, [...terms, from])) await clickhouse.insertRows('points_entry_next', rows);
    await clickhouse.command(
      `insert into points_entry select * from points_entry_next where entry_no not in (select entry_no from points_entry where recorded_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC'))`,
      { from: from.getTime() }, { timeoutMs: 600_000 });
    await clickhouse.command('truncate table points_entry_next');
    const { rows: [{ entries }] } = await client.query<{ entries: number }>('select count(*) as entries from points_entry');
    const after = await held(clickhouse);
    if (after.entries !== entries) await replaceRows(clickhouse, 'points_entry', entriesSince(client, [...terms, new Date(0)]));
    return before.entries !== entries || after.entries !== entries;
  });
  // Whoever keeps answers goes by tickets of copies.
  if (hasChanged) await pool.query("select nextval('customer_copy_ticket')");
  return hasChanged;
}

async function* entriesSince(client: pg.PoolClient, values: unknown[]): AsyncGenerator<object[]> {
  await client.query(`declare entries no scroll cursor for ${entriesSql}`, values);
  for (let rows = await next(client); rows.length > 0; rows = await next(client)) yield rows;
  await client.query('close entries');
}

const next = async (client: pg.PoolClient): Promise<object[]> => (await client.query<object>(`fetch ${rowsAtOnce} from entries`)).rows;

async function held(clickhouse: Platform['clickhouse']): Promise<{ entries: number; last: number }> {
  const [row] = await clickhouse.rows('select count() as entries, toUnixTimestamp64Milli(max(recorded_at)) as last from points_entry') as { entries: string; last: string }[];
  return { entries: Number(row.entries), last: Number(row.last) };
}
