import type { Channels, MessagingDoors, MessagingPart } from '../part.ts';
import { readOpenAccount } from './accounts/store.ts';
import { providerOf } from './adapters/registry.ts';
import { openAddress } from './addresses/address-text.ts';
import { addressesOf } from './addresses/addresses-of.ts';
import { createHandOver } from './hand-over/hand-over.ts';
import { createLanes } from './hand-over/lanes.ts';
import { createTallies } from './hand-over/tallies.ts';
import { channelRoutes } from './routes.ts';
import { heldTestMessages } from './test-mode/held-test-messages.ts';
import { keepTestMessage } from './test-mode/test-messages.ts';

/** The ways out: accounts with providers, what they are told and what they answer. */
export function createChannels({ platform, say, customers: { vault } }: MessagingDoors): MessagingPart & Channels {
  const { pg: pool, secret, clock } = platform;
  const lanes = createLanes(platform);
  const handOver = createHandOver({
    platform, lanes, tallies: createTallies(pool),
    async keepTest({ account, adapter }, parcel) {
      const shown = await adapter.show({ ...parcel, to: openAddress(parcel.to).value });
      await keepTestMessage(pool, secret, account.accountNo, parcel, shown, clock.now());
    },
  });
  return {
    routes: channelRoutes({ platform, lanes, say }),
    heldData: [heldTestMessages(pool)],
    isOpen: async (channel) => (await lanes.of(channel)).length > 0,
    addressesOf: async (client, channel, customerNos) => addressesOf(client, vault, channel, await lanes.of(channel), customerNos),
    handOver,
    async askAfter(_channel, accountNo, keys) {
      const account = await readOpenAccount(pool, secret, accountNo);
      if (!account) return new Map();
      if (providerOf(account.provider).keepsRepeatsAway) return new Map(keys.map((key) => [key, 'repeat']));
      return lanes.openOnce(account, async (adapter) => (await adapter.askAfter?.(keys)) ?? new Map());
    },
    onReceipt: () => {},
    stop: async () => lanes.close(),
  };
}
