import type pg from 'pg';

/**
 * Takes the indexes of a table away and returns what makes them anew, all within the caller's
 * transaction. Building an index over ten million rows takes seconds; keeping it up to date row by
 * row takes minutes. Nobody can read the table in between.
 */
export async function setAsideIndexes(client: pg.PoolClient, table: string): Promise<() => Promise<void>> {
  const constraints = await client.query<{ name: string; definition: string }>(
    `select quote_ident(conname) as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = $1::regclass and contype in ('p', 'u')`, [table]);
  const indexes = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
     where indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`, [table]);
  for (const { name } of constraints.rows) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  return async () => {
    await client.query("set local maintenance_work_mem = '512MB'");
    for (const { name, definition } of constraints.rows) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const { definition } of indexes.rows) await client.query(definition);
  };
}
