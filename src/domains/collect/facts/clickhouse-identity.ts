import type { Platform } from '../../../platform/platform.ts';

/**
 * True when ClickHouse is not the database that was made from this log: it was lost, replaced, or the log
 * comes from a backup. A log that never met one has nothing to lose by being told so.
 */
export async function isAnotherClickHouse({ pg, clickhouse }: Platform): Promise<boolean> {
  const { rows } = await pg.query<{ known: string | null }>('select clickhouse_id as known from fact_state');
  return rows[0].known !== (await identityOf(clickhouse));
}

/** Notes that this database of ClickHouse holds what the log says. */
export async function adoptClickHouse({ pg, clickhouse }: Platform): Promise<void> {
  await pg.query('update fact_state set clickhouse_id = $1', [await identityOf(clickhouse)]);
}

/** ClickHouse gives every database a number of its own when it is made. */
async function identityOf(clickhouse: Platform['clickhouse']): Promise<string> {
  const [row] = (await clickhouse.rows('select toString(uuid) as id from system.databases where name = currentDatabase()')) as { id: string }[];
  return row.id;
}
