import type { Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { serve } from '../serve/serve.ts';
import { createSpeech } from './terminal/speech.ts';

/** Serves until a signal ends it; a fresh deployment gets the demonstration brand and a sign-in link. */
export async function serveCommand(config: Config, log: Log): Promise<void> {
  const startedMs = Date.now();
  const serving = await serve(config, log);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    // A query that will not end must not keep the program: everything acknowledged is safe already.
    setTimeout(() => process.exit(0), 28_000).unref();
    await serving.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
  // A command that started this server for itself is gone.
  process.once('disconnect', () => void end());
  if (config.role === 'worker') return;

  const speech = createSpeech();
  const tell = (key: string, params = {}): void => console.log(speech.sayOf('platform', `serve.${key}`, params));
  if (config.demo && (await serving.app.isEmpty())) {
    tell('demo');
    await serving.app.loadDemo().catch((error: unknown) => {
      // Stopped meanwhile: the next start goes on with it.
      if (!ending) throw error;
    });
    if (ending) return;
  }
  const link = await serving.app.firstSignInLink(serving.url);
  tell('ready', { url: serving.url, seconds: ((Date.now() - startedMs) / 1000).toFixed(1) });
  if (link) tell('link', { link });
}
