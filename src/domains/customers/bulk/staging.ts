import type pg from 'pg';

/** The columns of a staging table, in the order in which rows are copied into it. */
export const stagingColumns = ['kind', 'namespace', 'hash', 'value', 'customer_no'] as const;

/** The name of an import's staging table of new identifiers. */
export const stagingTable = (importId: number): string => `import_staging.identifier_${Math.trunc(importId)}`;

/** Makes the staging table of an import, empty. It is not logged: a crash empties it, and the import begins again. */
export async function createStaging(pool: pg.Pool, importId: number): Promise<void> {
  await dropStaging(pool, importId);
  await pool.query(`create unlogged table ${stagingTable(importId)} (
    kind smallint not null, namespace text not null, hash uuid not null, value bytea not null, customer_no integer not null)`);
}

/** Forgets the staging table of an import, if there is one. */
export async function dropStaging(connection: pg.Pool | pg.PoolClient, importId: number): Promise<void> {
  await connection.query(`drop table if exists ${stagingTable(importId)}`);
}
