import { may } from '../../../kernel/actor.ts';
import { dayIn } from '../../../kernel/day.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../../access/public.ts';
import type { Customers } from '../../customers/public.ts';
import { changeChannel, createChannel, deleteChannel, forgetChannelAddress, keepChannelAddress, listChannels, listTestMessages, orderChannels, readChannel, testChannel } from '../contract/channels.ts';
import { addAccount, changeAccount, deleteAccount, demandAccount, orderAccounts } from './accounts/keep-accounts.ts';
import { readAccount, readAccounts } from './accounts/read-accounts.ts';
import { forgetDevice, keepDevice } from './addresses/devices.ts';
import type { Lanes } from './hand-over/lanes.ts';
import { maskAddress } from './test-mode/mask-address.ts';
import { readTestMessages } from './test-mode/test-messages.ts';
import { tryAccount } from './test-mode/try-account.ts';

/** Endpoints of accounts: what is set, how they do, and trying them. */
export function channelRoutes(doors: { platform: Platform; lanes: Lanes; say: Say; customers: Pick<Customers, 'recognise'> }): Route[] {
  const { platform } = doors;
  const { pg: pool, secret, clock } = platform;
  const today = async (): Promise<string> => dayIn((await readBrand(pool)).timeZone, clock.now());
  return [
    route(listChannels, async () => ({ accounts: await readAccounts(pool, clock.now(), await today()), computedAt: clock.now().toISOString() })),
    route(readChannel, async ({ params: { accountNo } }) => readAccount(pool, secret, accountNo, clock.now(), await today())),
    route(createChannel, ({ body, actor }) => addAccount(platform, body, actor)),
    route(changeChannel, async ({ params: { accountNo }, body, actor }) => {
      await changeAccount(platform, accountNo, body, actor);
      return {};
    }),
    route(orderChannels, async ({ body: { channel, accountNos }, actor }) => {
      await orderAccounts(platform, channel, accountNos, actor);
      return {};
    }),
    route(deleteChannel, async ({ params: { accountNo }, actor }) => {
      await deleteAccount(platform, accountNo, actor);
      return {};
    }),
    route(keepChannelAddress, async ({ body: { customer, ...told } }) => {
      await keepDevice(platform, doors.customers, told, customer);
      return {};
    }),
    route(forgetChannelAddress, async ({ body }) => {
      await forgetDevice(platform, body);
      return {};
    }),
    route(testChannel, ({ params: { accountNo }, body, actor }) => tryAccount(doors, accountNo, body, actor)),
    route(listTestMessages, async ({ params: { accountNo }, query: { page, pageSize }, actor }) => {
      await demandAccount(pool, secret, accountNo);
      const mayReveal = may(actor, 'customers.reveal');
      const { rows, total } = await readTestMessages(pool, secret, accountNo, { limit: pageSize, offset: (page - 1) * pageSize });
      await recordAudit(pool, { actor, action: 'messaging.read_test_messages', subject: `channel:${accountNo}`, details: { page, mayReveal } });
      return {
        rows: rows.map(({ messageNo, at, to, shown }) => ({ messageNo, at: at.toISOString(), to: mayReveal ? to : maskAddress(to), shown: mayReveal ? shown : null })),
        total, computedAt: clock.now().toISOString(),
      };
    }),
  ];
}
