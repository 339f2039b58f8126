import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addChannelAccount,
  addMailAccount,
} from '../../../../../test/channel-accounts.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../../test/messaging-server.ts';
import { createReceiver } from '../../../../../test/receiver.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { forgetChannelAddress, keepChannelAddress } from '../../contract.ts';
import { newKey } from '../adapters/webpush.ts';
import { type ChannelsPart, createChannels } from '../channels.ts';
import { openAddress } from './address-text.ts';

describe('devices and browsers that are notified', () => {
  let test: MessagingServer;
  let channels: ChannelsPart;
  let ios: number;
  let android: number;
  beforeAll(async () => {
    test = await createMessagingServer('messaging.addresses');
    const platform = {
      ...test.platform,
      config: { ...test.platform.config, outboundAllow: ['127.0.0.1'] },
    };
    channels = createChannels({
      ...test,
      platform,
      say: createSay(),
      facts: test.collect,
    });
    await platform.pg.query(
      'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 9) n',
    );
    ios = await addChannelAccount(platform, 'apns', { topic: 'com.shop.app' });
    android = await addChannelAccount(platform, 'getui', { appId: 'g1' });
  });
  afterAll(async () => {
    await channels.stop?.();
    await test.close();
  });
  let minute = 0;
  const keep = (accountNo: number, address: string, customerNo: number) => {
    test.setTime(new Date(Date.UTC(2026, 5, 18, 4, ++minute)));
    return test.ask(keepChannelAddress, {
      body: { accountNo, address, customer: { customerNo } },
    });
  };
  const addresses = async (
    channel: 'app_push' | 'web_push',
    ...customerNos: number[]
  ) =>
    new Map(
      [
        ...(await inTransaction(test.platform.pg, (client) =>
          channels.addressesOf(client, channel, customerNos),
        )),
      ].map(([customerNo, text]) => [customerNo, openAddress(text)]),
    );

  it("are each person's newest in the app that is asked first", async () => {
    for (const [accountNo, address, customerNo] of [
      [ios, 'old-phone', 1],
      [ios, 'new-phone', 1],
      [android, 'pad', 1],
      [android, 'cid-2', 2],
    ] as const)
      expect((await keep(accountNo, address, customerNo)).status).toBe(204);
    expect(await addresses('app_push', 1, 2, 3)).toEqual(
      new Map([
        [1, { space: 'apns:com.shop.app', value: 'new-phone' }],
        [2, { space: 'getui:g1', value: 'cid-2' }],
      ]),
    );
    expect(await addresses('web_push', 1)).toEqual(new Map());
  });

  it('are of who signed in last, and of nobody after signing out', async () => {
    await keep(android, 'cid-2', 4);
    expect(await addresses('app_push', 2, 4)).toEqual(
      new Map([[4, { space: 'getui:g1', value: 'cid-2' }]]),
    );
    expect(
      (
        await test.ask(forgetChannelAddress, {
          body: { accountNo: android, address: 'cid-2' },
        })
      ).status,
    ).toBe(204);
    expect(await addresses('app_push', 2, 4)).toEqual(new Map());
  });

  it('follow a merge, and come back with its undoing', async () => {
    await keep(ios, 'phone-5', 5);
    await test.platform.pg.query(
      'update customer set status = 1, merged_into = 6, merged_at = now() where customer_no = 5',
    );
    expect((await addresses('app_push', 6)).get(6)?.value).toBe('phone-5');
    await test.platform.pg.query(
      'update customer set status = 0, merged_into = null, merged_at = null where customer_no = 5',
    );
    expect([...(await addresses('app_push', 5, 6)).keys()]).toEqual([5]);
  });

  it('are kept unreadable, exported in full and erased with their person', async () => {
    const { rows } = await test.platform.pg.query(
      "select a::text || encode(sealed, 'escape') as text from channel_address a",
    );
    expect(JSON.stringify(rows)).not.toContain('new-phone');
    const held = channels.heldData?.find(
      ({ name }) => name === 'channel_address',
    )!;
    const person = { customerNos: [1], identifiers: [] };
    const exported: object[] = [];
    for await (const one of held.export(person)) exported.push(one);
    expect(exported).toMatchObject([
      { address: 'old-phone', space: 'apns:com.shop.app' },
      { address: 'new-phone' },
      { address: 'pad', channel: 'app_push' },
    ]);
    expect([
      await held.count(person),
      await held.erase(person),
      await held.count(person),
    ]).toEqual([3, 3, 0]);
  });

  it.each<
    [
      string,
      () => Promise<{ status: number; code: string | undefined }>,
      number,
      string,
    ]
  >([
    [
      'of nobody known',
      () => keep(ios, 'x', 999),
      404,
      'messaging.nobody_known',
    ],
    [
      'of an account that notifies none',
      async () => keep(await addMailAccount(test.platform, 25), 'x', 1),
      409,
      'messaging.channel_has_no_devices',
    ],
    [
      'of no account',
      () => keep(999, 'x', 1),
      404,
      'messaging.channel_not_found',
    ],
    [
      'of a browser that is none',
      async () =>
        keep(
          await addChannelAccount(test.platform, 'webpush', {
            contact: 'a@b.test',
          }),
          '{"endpoint":"file:///etc/passwd"}',
          1,
        ),
      400,
      'messaging.bad_subscription',
    ],
  ])('%s are refused', async (_what, ask, status, code) => {
    expect(await ask()).toMatchObject({ status, code });
  });

  it('of which the push service says that they are gone get nothing any more', async () => {
    const service = await createReceiver();
    service.react((_received, response) => void response.writeHead(410).end());
    const { generateKeyPairSync } = await import('node:crypto');
    const vapidKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const browser = await addChannelAccount(
      test.platform,
      'webpush',
      { contact: 'care@shop.test' },
      { secrets: { vapidKey } },
    );
    const subscribed = JSON.stringify({
      endpoint: `${service.url}/gone`,
      keys: {
        p256dh: newKey().publicKey.toString('base64url'),
        auth: Buffer.alloc(16).toString('base64url'),
      },
    });
    expect((await keep(browser, subscribed, 7)).status).toBe(204);
    // What is set of accounts is read again after a second.
    await new Promise((fresh) => setTimeout(fresh, 1_050));
    const to = [
      ...(
        await inTransaction(test.platform.pg, (client) =>
          channels.addressesOf(client, 'web_push', [7]),
        )
      ).values(),
    ][0];
    const told: string[] = [];
    await channels.handOver(
      'web_push',
      [
        {
          key: 'k',
          to,
          locale: 'zh-CN',
          purpose: 'marketing',
          message: { text: '新茶' },
        },
      ],
      async () => {},
      async (_key, _no, { outcome, code }) =>
        void told.push(`${outcome} ${code}`),
      new AbortController().signal,
    );
    expect([told, service.received.length]).toEqual([['refused 410'], 1]);
    expect(await addresses('web_push', 7)).toEqual(new Map());
    await service.close();
  });
});
