import {
  type AccountSettings,
  insertAccount,
} from '../src/domains/messaging/channels/accounts/store.ts';
import {
  cardOf,
  type ProviderKey,
} from '../src/domains/messaging/contract/providers/providers.ts';
import type { Platform } from '../src/platform/platform.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';

let made = 0;

/** An account of a channel as the page would make it; settings that are left out are empty. Its address must be allowed to the platform. */
export function addChannelAccount(
  platform: Platform,
  provider: ProviderKey,
  settings: Record<string, string>,
  more: Partial<
    AccountSettings & { secrets: Record<string, string>; testers: string[] }
  > = {},
): Promise<number> {
  const { channel, perSecond, atOnce, fields } = cardOf(provider);
  const filled = Object.fromEntries(
    fields
      .filter(({ isSecret }) => !isSecret)
      .map(({ name, usual = '' }) => [name, settings[name] ?? usual]),
  );
  const secrets = Object.fromEntries(
    fields
      .filter(({ isSecret }) => isSecret)
      .map(({ name }) => [name, more.secrets?.[name] ?? '']),
  );
  return inTransaction(platform.pg, (client) =>
    insertAccount(
      client,
      platform.secret,
      {
        channel,
        provider,
        name: `${provider} ${++made}`,
        perSecond,
        atOnce,
        perDay: null,
        cost: '0',
        state: 'active',
        testers: [],
        ...more,
        settings: filled,
        secrets,
      },
      { at: platform.clock.now(), name: 'test' },
    ),
  );
}

/** An account with a mail server of a test. */
export const addMailAccount = (
  platform: Platform,
  port: number,
  more: Parameters<typeof addChannelAccount>[3] = {},
): Promise<number> =>
  addChannelAccount(
    platform,
    'smtp',
    {
      host: '127.0.0.1',
      port: String(port),
      security: 'plain',
      fromAddress: 'news@shop.test',
      fromName: '常青',
    },
    { perSecond: 1_000, ...more },
  );
