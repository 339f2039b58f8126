import { createApp, type App } from '../app.ts';
import type { Config } from '../platform/config.ts';
import { connect, type Connections } from '../platform/connect.ts';
import type { Log } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';

/** Begins background work; the returned function ends it, giving unfinished jobs back. */
export async function work(app: App, platform: Platform): Promise<() => Promise<void>> {
  await platform.jobs.start(true);
  await app.startWork();
  return () => app.stopWork();
}

/** The worker's process: it is told where the stores are, and ends when its parent does. */
export async function runWorker(config: Config, log: Log): Promise<void> {
  // Ctrl-C reaches the whole group; the parent decides when the worker ends.
  process.on('SIGINT', () => {});
  const connections = await new Promise<Connections>((told) => process.once('message', (m) => told(m as Connections)));
  const { platform, close } = connect(config, connections, log);
  const app = createApp(platform, undefined);
  const stopWork = await work(app, platform);
  // The program asks for it, too, as soon as it has read its modules; the worker need not wait for that.
  if (config.demo) await app.beginDemo().catch((error: unknown) => log.warn({ err: error }, 'the demonstration brand could not be begun'));
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await stopWork();
    await close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
}
