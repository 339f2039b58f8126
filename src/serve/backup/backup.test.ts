import { appendFile, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../platform/data-folder.ts';
import { createLog } from '../../platform/log.ts';
import { startPostgres, type EmbeddedPostgres } from '../../platform/postgres/embedded.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import type { Manifest } from './manifest.ts';

const log = createLog('fatal');

/** Commits that name bytes of a file which are on disk before, as the register of the fact log does. */
async function commitUntil(client: pg.Client, facts: string, ended: () => boolean): Promise<void> {
  const bytes = Buffer.alloc(1_000, 'x');
  for (let n = (await stat(facts)).size / bytes.length + 1; !ended(); n++) {
    await appendFile(facts, bytes, { flush: true });
    await client.query("insert into sealed select $1, $2, repeat('wal', 500) from generate_series(1, 20)", [n, n * bytes.length]);
  }
}

describe('a backup', () => {
  let root: string;
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  let client: pg.Client;
  let backup: string;
  let manifest: Manifest;
  let committed = 0;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'perennial-backup-'));
    // Passable, so that a database started by root stays inside and is removed with it.
    await chmod(root, 0o755);
    dataDir = join(root, 'data');
    const folder = openDataFolder(dataDir);
    postgres = await startPostgres(folder.postgres, folder.run, log);
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('create table sealed (n int, byte_end bigint, filler text)');
    await writeFile(join(dataDir, 'facts', '00000001-000001.facts'), '');

    let ended = false;
    const load = commitUntil(client, join(dataDir, 'facts', '00000001-000001.facts'), () => ended);
    backup = join(root, 'backup');
    manifest = await makeBackup(dataDir, postgres.url, backup);
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    committed = Number((await other.query('select max(n) as n from sealed')).rows[0].n);
    await other.end();
    ended = true;
    await load;
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await postgres.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('made under load is a consistent moment of the deployment in another folder', async () => {
    expect(committed).toBeGreaterThan(0);
    const target = join(root, 'restored');
    const progress: number[] = [];
    await restoreBackup(backup, target, ({ doneBytes }) => progress.push(doneBytes));
    expect(progress.at(-1)).toBe(manifest.files.reduce((sum, file) => sum + file.bytes, 0));

    const folder = openDataFolder(target);
    expect(folder.secret).toBe(await readFile(join(dataDir, 'secret'), 'utf8'));
    const restored = await startPostgres(folder.postgres, folder.run, log);
    const asked = new pg.Client({ connectionString: restored.url });
    await asked.connect();
    const { rows: [found] } = await asked.query('select count(*)::int as rows, max(n) as last, max(byte_end)::int as bytes from sealed');
    // Every transaction whole, none missing in between, and no fact named that the log does not hold.
    expect(found.rows).toBe(20 * found.last);
    expect(found.bytes).toBeLessThanOrEqual((await stat(join(target, 'facts', '00000001-000001.facts'))).size);
    expect(found.last).toBeLessThanOrEqual(committed);
    await asked.query("insert into sealed values (0, 0, 'it goes on')");
    await asked.end();
    await restored.stop();
    folder.release();
  }, 60_000);

  it('leaves nothing behind on the server', async () => {
    expect((await client.query('select * from pg_replication_slots')).rows).toEqual([]);
    const { rows: [{ n }] } = await client.query("select count(*)::int as n from pg_stat_activity where application_name = 'perennial-backup'");
    expect(n).toBe(0);
  });

  it('needs a folder of its own, and so does a restore', async () => {
    await expect(makeBackup(dataDir, postgres.url, backup)).rejects.toMatchObject({ code: 'platform.backup_target_used' });
    await expect(restoreBackup(backup, dataDir)).rejects.toMatchObject({ code: 'platform.restore_target_used' });
    expect((await client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
  });

  it.each<[string, string, (copy: string, file: string) => Promise<void>]>([
    ['a changed byte', 'platform.backup_damaged', async (copy, file) => {
      const bytes = await readFile(join(copy, file));
      bytes[bytes.length >> 1] ^= 1;
      await writeFile(join(copy, file), bytes);
    }],
    ['a file that was cut short', 'platform.backup_damaged', (copy, file) => truncate(join(copy, file), 1)],
    ['a missing file', 'platform.backup_damaged', (copy, file) => rm(join(copy, file))],
    ['a changed manifest', 'platform.backup_damaged', async (copy) => {
      const text = await readFile(join(copy, 'manifest.json'), 'utf8');
      await writeFile(join(copy, 'manifest.json'), text.replace('"format":1', '"format":2'));
    }],
    ['no manifest, as of one that was cut off', 'platform.backup_incomplete', (copy) => rm(join(copy, 'manifest.json'))],
  ])('with %s is refused, and nothing is restored', async (_what, code, damage) => {
    const copy = await mkdtemp(join(root, 'damaged-'));
    await cp(backup, copy, { recursive: true });
    await damage(copy, manifest.files.find((file) => file.path.startsWith('facts/'))?.path ?? '');
    const target = join(root, 'never');
    await expect(restoreBackup(copy, target)).rejects.toMatchObject({ code });
    await mkdir(target, { recursive: true });
    expect(await readdir(target)).toEqual([]);
    await rm(copy, { recursive: true });
  });

  it('is not to be started from while it is being restored', async () => {
    const half = join(root, 'half');
    await mkdir(half);
    await writeFile(join(half, 'incomplete'), '');
    expect(() => openDataFolder(half)).toThrow(expect.objectContaining({ code: 'platform.data_folder_incomplete' }));
  });
});
