import type { Config } from '../platform/config.ts';
import { checkData } from './doctor/data-checks.ts';
import { checkFolder } from './doctor/folder-checks.ts';
import { checkStores } from './doctor/store-checks.ts';
import { withServer } from './server/with-server.ts';
import { createProgressLine } from './terminal/progress-line.ts';

/** Looks at everything that can be checked, prints a line for each, and ends with exit code 1 where something is wrong. */
export async function doctorCommand(config: Config): Promise<void> {
  await withServer(config, async (server, speech) => {
    let wrong = 0;
    const line = createProgressLine();
    for (const look of [() => checkFolder(config.dataDir), () => checkStores(server), () => checkData(server, () => line.show(null, speech.say('doctor.waiting')))]) {
      for (const { ok, key, params = {} } of await look()) {
        line.end();
        if (!ok) wrong++;
        const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? speech.number(value) : value]));
        console.log(`${ok ? '✓' : '✗'} ${speech.say(`doctor.${key}`, shown)}`);
      }
    }
    console.log(wrong === 0 ? speech.say('doctor.all_ok') : speech.say('doctor.some_wrong', { count: wrong }));
    if (wrong > 0) process.exitCode = 1;
  });
}
