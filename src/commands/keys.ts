import { createToken } from '../domains/access/tokens/contract.ts';
import { createWriteKey } from '../domains/collect/write-keys/contract.ts';
import type { Config } from '../platform/config.ts';
import { call } from './server/call.ts';
import { withServer } from './server/with-server.ts';
import { ToldFailure } from './terminal/failure.ts';

/** Makes a write key for a tracker. The secret goes to standard output and is shown this once. */
export async function createWriteKeyCommand(config: Config, name: string): Promise<void> {
  await withServer(config, async (server, speech) => {
    const { secret } = await call(server, createWriteKey, { body: { name } });
    console.error(speech.say('shown_once'));
    console.log(secret);
  });
}

/** Makes an API token with the given permissions. The secret goes to standard output and is shown this once. */
export async function createTokenCommand(config: Config, name: string, options: { scopes: string; days: string }): Promise<void> {
  await withServer(config, async (server, speech) => {
    const scopes = options.scopes.split(',').map((scope) => scope.trim()).filter(Boolean);
    const days = Number(options.days);
    if (!Number.isInteger(days) || days < 1) throw new ToldFailure(speech.say('bad_days', { days: options.days }));
    const { secret } = await call(server, createToken, { body: { name, scopes: scopes as `${string}.${string}`[], days } });
    console.error(speech.say('shown_once'));
    console.log(secret);
  });
}
