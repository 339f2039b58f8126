import { join } from 'node:path';
import pg from 'pg';
import { openClickHouse } from '../../platform/clickhouse/client.ts';
import { readMigrations, type Migration } from '../../platform/migrations.ts';
import type { LocalServer } from '../../serve/local-server.ts';
import type { Check } from './check.ts';

const migrations = join(import.meta.dirname, '..', '..', '..', 'migrations');

interface Applied {
  number: number;
  checksum: string;
}

/** Both stores themselves: whether they answer, are migrated as this program expects, and report no damage. */
export async function checkStores({ stores }: LocalServer): Promise<Check[]> {
  return [...await checkPostgres(stores.postgresUrl), ...await checkClickHouse(stores.clickhouse)];
}

async function checkPostgres(url: string): Promise<Check[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows: applied } = await client.query<Applied>('select number, checksum from schema_migration');
    const { rows: [pages] } = await client.query<{ damaged: string }>('select coalesce(sum(checksum_failures), 0) as damaged from pg_stat_database');
    return [
      { ok: true, key: 'postgres_ok' },
      migrated('PostgreSQL', readMigrations(join(migrations, 'postgres')), applied),
      { ok: Number(pages.damaged) === 0, key: Number(pages.damaged) === 0 ? 'pages_ok' : 'pages_wrong', params: { damaged: pages.damaged } },
    ];
  } catch (error) {
    return [{ ok: false, key: 'postgres_wrong', params: { reason: (error as Error).message } }];
  } finally {
    await client.end().catch(() => {});
  }
}

async function checkClickHouse(address: LocalServer['stores']['clickhouse']): Promise<Check[]> {
  const clickhouse = openClickHouse(address);
  try {
    const applied = (await clickhouse.rows('select number, checksum from schema_migration')) as Applied[];
    return [{ ok: true, key: 'clickhouse_ok' }, migrated('ClickHouse', readMigrations(join(migrations, 'clickhouse')), applied)];
  } catch (error) {
    return [{ ok: false, key: 'clickhouse_wrong', params: { reason: (error as Error).message } }];
  } finally {
    await clickhouse.close();
  }
}

function migrated(store: string, known: Migration[], applied: Applied[]): Check {
  const byNumber = new Map(applied.map((one) => [Number(one.number), one.checksum]));
  const wrong = known.filter((migration) => byNumber.get(migration.number) !== migration.checksum).map((migration) => migration.name);
  if (applied.length > known.length) wrong.push(`#${Math.max(...byNumber.keys())}`);
  return { ok: wrong.length === 0, key: wrong.length === 0 ? 'migrations_ok' : 'migrations_wrong', params: { store, count: known.length, names: wrong.join(', ') } };
}
