import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** A base backup under way: between its two calls the cluster may be copied as it is. */
export interface BaseBackup {
  cluster: string;
  major: string;
  /** Ends it. Copy the write-ahead log named here before `close`: until then the server keeps it. */
  finish(): Promise<{ label: string; walFrom: string; walTo: string; walFiles: string[] }>;
  close(): Promise<void>;
}

/**
 * Begins an online base backup by PostgreSQL's low-level interface. A temporary replication slot
 * keeps the write-ahead log from `walFrom` on for as long as this connection lives.
 */
export async function beginBaseBackup(postgresUrl: string): Promise<BaseBackup> {
  const client = new pg.Client({ connectionString: postgresUrl, application_name: 'perennial-backup' });
  await client.connect();
  try {
    const slot = `perennial_backup_${process.pid}_${Date.now()}`;
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [slot]);
    const { rows: [begun] } = await client.query<{ lsn: string; cluster: string; version: number }>(`select pg_backup_start('perennial', true) as lsn,
      current_setting('data_directory') as cluster, current_setting('server_version_num')::int / 10000 as version`);
    return {
      cluster: begun.cluster,
      major: String(begun.version),
      finish: () => finish(client, begun.cluster, begun.lsn),
      close: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function finish(client: pg.Client, cluster: string, walFrom: string): Promise<Awaited<ReturnType<BaseBackup['finish']>>> {
  const { rows: [ended] } = await client.query<{ lsn: string; labelfile: string }>('select lsn, labelfile from pg_backup_stop(false)');
  const { rows: [names] } = await client.query<{ first: string; last: string }>(
    'select pg_walfile_name($1::pg_lsn) as first, pg_walfile_name($2::pg_lsn) as last', [walFrom, ended.lsn]);
  const present = await readdir(join(cluster, 'pg_wal'));
  const segments = present.filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= names.first && name <= names.last).sort();
  if (segments[0] !== names.first || segments.at(-1) !== names.last) throw new Error('the write-ahead log of the backup is not there');
  const histories = present.filter((name) => name.endsWith('.history'));
  return { label: ended.labelfile, walFrom, walTo: ended.lsn, walFiles: [...segments, ...histories].map((name) => `pg_wal/${name}`) };
}
