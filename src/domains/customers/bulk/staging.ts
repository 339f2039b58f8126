import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/pool.ts';

/** The columns of a staging table, in the order in which rows are copied into it. */
export const stagingColumns = ['kind', 'namespace', 'hash', 'value', 'customer_no'] as const;

/** One attempt at an import: two that meet, because one was taken for dead, write into tables of their own. */
export interface StagedAttempt {
  importId: number;
  attempt: number;
}

/** The name of an attempt's staging table of new identifiers. */
export const stagingTable = ({ importId, attempt }: StagedAttempt): string => `import_staging.identifier_${Math.trunc(importId)}_${Math.trunc(attempt)}`;

/** Makes the staging table of an attempt, empty. It is not logged: a crash empties it, and the import begins again. */
export async function createStaging(pool: pg.Pool, of: StagedAttempt): Promise<void> {
  await dropEarlier(pool, of);
  await dropStaging(pool, of);
  await pool.query(`create unlogged table ${stagingTable(of)} (
    kind smallint not null, namespace text not null, hash uuid not null, value bytea not null, customer_no integer not null)`);
}

/** Forgets the staging table of an attempt, if there is one. */
export async function dropStaging(connection: pg.Pool | pg.PoolClient, of: StagedAttempt): Promise<void> {
  await connection.query(`drop table if exists ${stagingTable(of)}`);
}

/** What PostgreSQL says of a table that somebody is writing to. */
const inUse = '55P03';

/** Forgets what earlier attempts left. A table that is still written to stays with whoever writes it. */
async function dropEarlier(pool: pg.Pool, { importId, attempt }: StagedAttempt): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'import_staging' and tablename ~ ('^identifier_' || $1::int || '(_|$)') and tablename <> $2`,
    [importId, `identifier_${importId}_${attempt}`]);
  for (const { name } of rows) {
    await inTransaction(pool, async (client) => {
      await client.query("set local lock_timeout = '100ms'");
      await client.query(`drop table if exists ${name}`);
    }).catch((error: unknown) => {
      if ((error as { code?: string }).code !== inUse) throw error;
    });
  }
}
