import { join, resolve } from 'node:path';
import { Problem } from '../kernel/problem.ts';
import type { Config } from '../platform/config.ts';
import { makeBackup } from '../serve/backup/make-backup.ts';
import { withServer } from './server/with-server.ts';
import { createProgressLine } from './terminal/progress-line.ts';

/** Backs the deployment up into an empty folder while it runs. */
export async function backupCommand(config: Config, folder: string): Promise<void> {
  if (config.databaseUrl !== undefined) throw new Problem('platform.backup_needs_embedded', { params: { facts: join(config.dataDir, 'facts') } });
  await withServer(config, async (server, speech) => {
    const target = resolve(folder);
    const line = createProgressLine();
    const megabytes = (bytes: number): string => speech.number(Math.round(bytes / 1e6));
    const manifest = await makeBackup(config.dataDir, server.stores.postgresUrl, target, ({ doneBytes, totalBytes }) =>
      line.show(doneBytes / totalBytes, speech.say('copying', { megabytes: megabytes(doneBytes) })));
    line.end();
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    console.log(speech.say('backed_up', { folder: target, files: speech.number(manifest.files.length), megabytes: megabytes(bytes) }));
    const hasSecret = manifest.files.some((file) => file.path === 'secret');
    console.error(speech.say(hasSecret ? 'backup_is_secret' : 'backup_without_secret'));
  });
}
