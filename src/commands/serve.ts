import { pickLocale } from '../kernel/locale.ts';
import type { Config } from '../platform/config.ts';
import { createSay } from '../platform/i18n.ts';
import type { Log } from '../platform/log.ts';
import { serve } from '../serve/serve.ts';

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
  if (config.role === 'worker') return;

  const say = createSay();
  const language = pickLocale((process.env.LANG ?? '').replace('_', '-').split('.')[0]);
  const tell = (key: string, params = {}): void => console.log(say(language, 'platform', `serve.${key}`, params));
  if (config.demo && (await serving.app.isEmpty())) {
    tell('demo');
    await serving.app.loadDemo();
  }
  const link = await serving.app.firstSignInLink(serving.url);
  tell('ready', { url: serving.url, seconds: ((Date.now() - startedMs) / 1000).toFixed(1) });
  if (link) tell('link', { link });
}
