import { resolve } from 'node:path';
import { Problem } from '../kernel/problem.ts';
import type { Config } from '../platform/config.ts';
import { restoreBackup } from '../serve/backup/restore-backup.ts';
import { createProgressLine } from './terminal/progress-line.ts';
import { createSpeech } from './terminal/speech.ts';

/** Makes the data folder from a backup. The first start afterwards makes ClickHouse anew. */
export async function restoreCommand(config: Config, folder: string): Promise<void> {
  if (config.databaseUrl !== undefined) throw new Problem('platform.restore_needs_embedded');
  const speech = createSpeech();
  const line = createProgressLine();
  const manifest = await restoreBackup(resolve(folder), config.dataDir, ({ doneBytes, totalBytes }) =>
    line.show(doneBytes / totalBytes, speech.say('copying', { megabytes: speech.number(Math.round(doneBytes / 1e6)) })));
  line.end();
  console.log(speech.say('restored', { folder: config.dataDir, madeAt: manifest.madeAt, files: speech.number(manifest.files.length) }));
  if (!manifest.files.some((file) => file.path === 'secret')) console.error(speech.say('restored_without_secret'));
}
