import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { ClickHouse } from './clickhouse/client.ts';
import { Problem } from '../kernel/problem.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The numbered files of a folder, in order. */
export const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), 'utf8');
      return { number: Number(file.slice(0, 4)), name: file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });

/** Any numbers; the same for every program, so that two that start together take turns. One a store, so that neither waits for the other. */
const postgresLock = 7_233_301;
const clickHouseLock = 7_233_302;

/**
 * Brings PostgreSQL up to date: every migration once, in order, each in a transaction of its own.
 * Refuses a database that a newer version has migrated, or whose applied migrations differ.
 */
export async function migratePostgres(pool: pg.Pool, migrations: Migration[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [postgresLock]);
    await client.query(`create table if not exists schema_migration (
      number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ number: number; checksum: string }>('select number, checksum from schema_migration');
    for (const migration of pending(migrations, rows)) {
      await client.query('begin');
      await client.query(migration.sql);
      await client.query('insert into schema_migration (number, name, checksum) values ($1, $2, $3)',
        [migration.number, migration.name, migration.checksum]);
      await client.query('commit');
    }
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [postgresLock]).catch(() => {});
    client.release();
  }
}

/** A statement waits for a mutation of all data before it. */
const patienceMs = 3_600_000;

/**
 * Brings ClickHouse up to date under a lock in PostgreSQL. Its statements are not
 * transactional, so each is written to be repeatable and a file counts when all of it ran.
 */
export async function migrateClickHouse(clickhouse: ClickHouse, pool: pg.Pool, migrations: Migration[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [clickHouseLock]);
    await clickhouse.command(`create table if not exists schema_migration
      (number UInt32, name String, checksum String, applied_at DateTime default now()) engine = MergeTree order by number`);
    const applied = await clickhouse.rows('select number, checksum from schema_migration');
    for (const migration of pending(migrations, applied as { number: number; checksum: string }[])) {
      for (const statement of statements(migration.sql)) await clickhouse.command(statement, {}, { timeoutMs: patienceMs });
      await clickhouse.insertRows('schema_migration', [{ number: migration.number, name: migration.name, checksum: migration.checksum }]);
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [clickHouseLock]).catch(() => {});
    client.release();
  }
}

const statements = (sql: string): string[] =>
  sql.split(/;\s*$/m).map((s) => s.replace(/^\s*--.*$/gm, '').trim()).filter(Boolean);

function pending(migrations: Migration[], applied: { number: number; checksum: string }[]): Migration[] {
  const known = new Map(migrations.map((m) => [m.number, m]));
  for (const { number, checksum } of applied) {
    const migration = known.get(number);
    if (!migration) throw new Problem('platform.schema_newer', { params: { number } });
    if (migration.checksum !== checksum) throw new Problem('platform.schema_changed', { params: { name: migration.name } });
  }
  const done = new Set(applied.map((a) => a.number));
  return migrations.filter((m) => !done.has(m.number));
}
