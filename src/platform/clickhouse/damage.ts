import { existsSync, renameSync, rmSync } from 'node:fs';
import { openClickHouse, type ClickHouse } from './client.ts';
import { createClickHouseDatabase } from './database.ts';
import type { Log } from '../log.ts';
import type { Migration } from '../migrations.ts';

/**
 * What the engine says at its start of files it cannot read. It says nothing of a part that it put aside,
 * and simply has fewer rows; see `beginAnewIfDamaged`.
 */
const unreadable = /while loading database|metadata file|SYNTAX_ERROR|CORRUPTED_DATA|CANNOT_READ_ALL_DATA|CHECKSUM_DOESNT_MATCH|CANNOT_PARSE|ATTEMPT_TO_READ_AFTER_EOF/;

/** True when these last words of the engine mean that its folder is damaged, and not that memory, room or a port was missing. */
export const saysDamaged = (words: string): boolean => unreadable.test(words);

/** Moves the engine's folder away, in place of one moved earlier: everything in it can be made anew. */
export function setAside(folder: string): void {
  const aside = `${folder}.damaged`;
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, aside);
}

/**
 * Empties a database of which something was lost, so that it is known as another one and filled again
 * from the log of facts. Half of it would answer with wrong numbers and no error.
 */
export async function beginAnewIfDamaged(clickhouse: ClickHouse, migrations: Migration[], log: Log): Promise<void> {
  const damage = await damageOf(clickhouse, migrations);
  if (damage.length === 0) return;
  log.error({ damage: damage.slice(0, 20) }, 'the analytics database has lost something; it is made anew from the log of facts');
  const server = openClickHouse({ ...clickhouse.address, database: 'default' });
  try {
    await server.command('drop database {name:Identifier} sync', { name: clickhouse.address.database }, { timeoutMs: 600_000 });
  } finally {
    await server.close();
  }
  await createClickHouseDatabase(clickhouse.address);
}

/** Parts the engine found broken, and tables of applied migrations that are not there. */
async function damageOf(clickhouse: ClickHouse, migrations: Migration[]): Promise<string[]> {
  const present = new Set(await names(clickhouse, 'select name from system.tables where database = currentDatabase()'));
  if (present.size === 0) return [];
  const broken = await names(clickhouse,
    "select concat(table, ' ', name) as name from system.detached_parts where database = currentDatabase() and startsWith(reason, 'broken')");
  const applied = present.has('schema_migration') ? await names(clickhouse, 'select toString(number) as name from schema_migration') : [];
  const missing = migrations
    .filter(({ number }) => applied.includes(String(number)))
    .flatMap(({ sql }) => [...sql.matchAll(/^create table if not exists (\w+)/gm)].map((match) => match[1]))
    .filter((table) => !present.has(table));
  return [...broken, ...missing];
}

const names = async (clickhouse: ClickHouse, sql: string): Promise<string[]> =>
  ((await clickhouse.rows(sql)) as { name: string }[]).map((row) => row.name);
