import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Config } from '../platform/config.ts';
import type { Connections } from '../platform/connect.ts';
import { hasDatabase } from '../platform/data-folder.ts';
import { startEngines, type Engines } from '../platform/engines.ts';
import type { Log } from '../platform/log.ts';
import { startWorkerProcess } from './worker-process.ts';

export interface Serving {
  url: string;
  app: App;
  stop(): Promise<void>;
}

/** Long enough for the processes of the engines to be launched. */
const launchMs = 30;

/**
 * Starts everything this process's role asks for and resolves when it is ready. What was
 * started is stopped again in the reverse order, also when a later step fails.
 */
export async function serve(config: Config, log: Log): Promise<Serving> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const isNew = config.role === 'all' && !config.databaseUrl && !hasDatabase(config.dataDir);
  const starting = startEngines(config, log);
  undo.push(async () => (await starting.catch(() => undefined))?.stop());
  try {
    // Reading the program's modules holds this thread for a second; the engines and the worker start meanwhile.
    await Promise.race([starting, sleep(launchMs)]);
    const ready = Promise.withResolvers<Connections>();
    const worker = config.role === 'all' ? startWorkerProcess(ready.promise, log) : undefined;
    undo.push(() => worker?.stop());
    // The worker fills a new folder while this process still reads its modules. An old one may have lost something, which is asked first.
    if (isNew) ready.resolve((await bringUpToDate(starting, log)).connections);
    const { runProgram } = await import('./program.ts');
    const engines = await (isNew ? starting : bringUpToDate(starting, log));
    void engines.postgres?.exited.then((code) => undo.length > 0 && endWith(log, code));
    const program = await runProgram(config, log, engines, undo, () => ready.resolve(engines.connections));
    return { ...program, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUpToDate(starting: Promise<Engines>, log: Log): Promise<Engines> {
  const { migrate } = await import('../platform/connect.ts');
  const engines = await starting;
  await migrate(engines.connections, log);
  return engines;
}

/** Without its database the program can promise nothing; it ends and says so. */
function endWith(log: Log, code: number | null): void {
  log.fatal({ code }, 'the database ended; so does the program');
  process.exit(1);
}
