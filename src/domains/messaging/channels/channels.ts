import type { FastifyInstance } from 'fastify';
import { createBackground } from '../../customers/public.ts';
import type { Channels, MessagingDoors, MessagingPart, ReceiptTaker } from '../part.ts';
import { addDemoAccounts } from './accounts/demo.ts';
import { cardOf } from '../contract/providers/providers.ts';
import { readOpenAccount, readPrice } from './accounts/store.ts';
import { providerOf } from './adapters/registry.ts';
import { openAddress } from './addresses/address-text.ts';
import { addressed } from './addresses/addressed.ts';
import { addressesOf } from './addresses/addresses-of.ts';
import { forgetAddress, heldDevices } from './addresses/devices.ts';
import { carries } from './hand-over/carries.ts';
import { createHandOver } from './hand-over/hand-over.ts';
import { createLanes } from './hand-over/lanes.ts';
import { createTallies } from './hand-over/tallies.ts';
import { receiptsApi } from './receipts/api.ts';
import { createReports } from './receipts/ask-for-reports.ts';
import { createResults } from './receipts/ask-for-results.ts';
import { forgetOldReceipts } from './receipts/forget.ts';
import { takeReceipts } from './receipts/take-receipts.ts';
import { channelRoutes } from './routes.ts';
import { heldTestMessages } from './test-mode/held-test-messages.ts';
import { keepTestMessage } from './test-mode/test-messages.ts';
import { tryOut } from './test-mode/try-account.ts';

const resultsMs = 600_000;
const reportsMs = 60_000;
const forgetMs = 3_600_000;

export interface ChannelsPart extends MessagingPart, Channels {
  /** Serves what providers call. */
  receiptsApi(server: FastifyInstance): Promise<void>;
}

/** The ways out: accounts with providers, what they are told and what they answer. */
export function createChannels({ platform, say, customers }: MessagingDoors): ChannelsPart {
  const { vault } = customers;
  const { pg: pool, secret, clock, log } = platform;
  const lanes = createLanes(platform);
  const takers: ReceiptTaker[] = [];
  const receipts = { platform, vault, takers };
  const handOver = createHandOver({
    platform, lanes, tallies: createTallies(pool),
    async keepTest({ account, adapter }, parcel) {
      const shown = await adapter.show({ ...parcel, to: openAddress(parcel.to).value });
      await keepTestMessage(pool, secret, account.accountNo, parcel, shown, clock.now());
    },
    async keepDead({ account, addressSpace }, parcel, code) {
      if (account.channel === 'app_push' || account.channel === 'web_push') return forgetAddress(platform, addressSpace ?? '', openAddress(parcel.to).value);
      // As a report that comes later: the address is on the list at once, and whoever asked is told.
      const address = openAddress(parcel.to).value;
      await takeReceipts(receipts, account, [{ kind: 'bounced', id: `refused ${parcel.key}`, messageIds: [], address, at: clock.now(), isFinal: true, code }]);
    },
  });
  const background = [
    createBackground('results of mass messages', createResults(receipts, lanes), resultsMs, log),
    createBackground('reports of messages', createReports(receipts, lanes), reportsMs, log),
    createBackground('old receipts', () => forgetOldReceipts(pool, clock.now()), forgetMs, log),
  ];
  return {
    routes: channelRoutes({ platform, lanes, say, customers }),
    demo: addDemoAccounts(platform),
    heldData: [heldTestMessages(pool), heldDevices(platform)],
    isOpen: async (channel, held) => (await lanes.of(channel, held)).length > 0,
    async isTest(channel) {
      const states = (await lanes.of(channel)).map(({ account }) => account.state);
      return states.length > 0 && !states.includes('active');
    },
    async canCarry(channel, bindings) {
      const accounts = (await lanes.of(channel)).map(({ account }) => account.provider);
      return bindings.every((binding) => accounts.some((provider) => carries(provider, binding)));
    },
    priceOf: (channel, connection = pool) => readPrice(connection, channel),
    // Openings are told by the picture in a mail; nothing else has one.
    tells: async (channel) => ({ delivered: (await lanes.of(channel)).some(({ account }) => cardOf(account.provider).tellsDelivered), opened: channel === 'email' }),
    addressed: async (channel) => addressed(pool, channel, await lanes.of(channel)),
    addressesOf: async (client, channel, customerNos) => addressesOf(client, { vault, secret }, channel, await lanes.of(channel, client), customerNos),
    handOver,
    async askAfter(_channel, accountNo, keys) {
      const account = await readOpenAccount(pool, secret, accountNo);
      if (!account) return new Map();
      if (providerOf(account.provider).keepsRepeatsAway) return new Map(keys.map((key) => [key, 'repeat']));
      return lanes.openOnce(account, async (adapter) => (await adapter.askAfter?.(keys)) ?? new Map());
    },
    tryOut: (channel, parcel, actor) => tryOut({ platform, lanes, say }, channel, parcel, actor),
    onReceipt: (taker) => void takers.push(taker),
    receiptsApi: receiptsApi(receipts),
    start: () => background.forEach((each) => each.start()),
    async stop() {
      await Promise.all(background.map((each) => each.stop()));
      lanes.close();
    },
  };
}
