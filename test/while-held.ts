import type pg from 'pg';

/** Does something while somebody else's transaction holds what it needs, who then takes more, and ends; answers with what it came to. */
export async function whileHeld<T>(pool: pg.Pool, hold: (client: pg.PoolClient) => Promise<unknown>, work: () => Promise<T>, takeMore: (client: pg.PoolClient) => Promise<unknown>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await hold(client);
    const working = work();
    working.catch(() => {});
    for (;;) {
      const { rowCount } = await pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
      if (rowCount) break;
    }
    await takeMore(client);
    await client.query('commit');
    return await working;
  } finally {
    await client.query('rollback');
    client.release();
  }
}
