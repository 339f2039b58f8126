import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addChannelAccount,
  addMailAccount,
} from '../../../../../test/channel-accounts.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../../test/messaging-server.ts';
import {
  createPool,
  inTransaction,
} from '../../../../platform/postgres/pool.ts';
import { createSay } from '../../../../platform/i18n.ts';
import {
  identifierKinds,
  type IdentifierKind,
} from '../../../customers/public.ts';
import { createChannels } from '../channels.ts';
import { openAddress } from './address-text.ts';
import { noteDead } from './dead.ts';

describe('the address a person is reached by', () => {
  let test: MessagingServer;
  let channels: ReturnType<typeof createChannels>;
  beforeAll(async () => {
    test = await createMessagingServer('');
    channels = createChannels({
      ...test,
      say: createSay(),
      facts: test.collect,
    });
    await test.platform.pg.query(
      'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 9) n',
    );
    await addMailAccount(test.platform, 25);
  });
  afterAll(async () => {
    await channels.stop?.();
    await test.close();
  });
  const give = (
    customerNo: number,
    kind: IdentifierKind,
    value: string,
    addedAt: string,
    namespace = '',
  ) => {
    const { vault } = test.customers;
    return test.platform.pg.query(
      'insert into identifier (kind, namespace, hash, customer_no, value, added_at) values ($1, $2, $3, $4, $5, $6)',
      [
        identifierKinds[kind],
        namespace,
        vault.hashOf(kind, namespace, value),
        customerNo,
        vault.seal(kind, namespace, value),
        addedAt,
      ],
    );
  };
  const addresses = (
    channel: 'email' | 'sms' | 'webhook',
    ...customerNos: number[]
  ) =>
    inTransaction(test.platform.pg, (client) =>
      channels.addressesOf(client, channel, customerNos),
    );

  it('is read by as many at once as there are connections, none of whom waits for another one', async () => {
    const few = createPool(String(test.platform.pg.options.connectionString), 2, test.platform.log);
    const own = createChannels({
      ...test,
      platform: { ...test.platform, pg: few },
      say: createSay(),
      facts: test.collect,
    });
    const all = Promise.all(
      Array.from({ length: 8 }, () =>
        inTransaction(few, (client) => own.addressesOf(client, 'email', [9])),
      ),
    );
    const late = new Promise((_, fail) => {
      setTimeout(() => fail(new Error('they wait for each other')), 5_000);
    });
    expect(await Promise.race([all, late])).toHaveLength(8);
    await own.stop?.();
    await few.end();
  });

  it('is the newest, without those that nothing arrives at; who has none is left out', async () => {
    await give(1, 'email', 'old@shop.test', '2024-01-01');
    await give(1, 'email', 'new@shop.test', '2026-01-01');
    await give(2, 'phone', '+8613800138000', '2026-01-01');
    expect(await addresses('email', 1, 2, 3)).toEqual(
      new Map([[1, 'new@shop.test']]),
    );
    await noteDead(
      test.platform.pg,
      [
        {
          hash: test.customers.vault.hashOf('email', '', 'new@shop.test'),
          code: '550 5.1.1',
        },
      ],
      new Date(),
    );
    expect(await addresses('email', 1)).toEqual(
      new Map([[1, 'old@shop.test']]),
    );
    await noteDead(
      test.platform.pg,
      [
        {
          hash: test.customers.vault.hashOf('email', '', 'old@shop.test'),
          code: '550 5.1.1',
        },
      ],
      new Date(),
    );
    expect(await addresses('email', 1)).toEqual(new Map());
  });

  it('is one of the do-not-contact list only where there is no other, and never one that gets nothing at all', async () => {
    await give(7, 'email', 'free@shop.test', '2024-01-01');
    await give(7, 'email', 'listed@shop.test', '2026-01-01');
    const list = (address: string, stopsService: boolean) =>
      test.platform.pg.query(
        "insert into send_suppression (reason, channel, stops_service, kind, hash, added_at, added_by) values ('by_hand', null, $2, 3, $1, now(), 'test')",
        [test.customers.vault.hashOf('email', '', address), stopsService],
      );
    await list('listed@shop.test', false);
    expect(await addresses('email', 7)).toEqual(
      new Map([[7, 'free@shop.test']]),
    );
    await list('free@shop.test', true);
    expect(await addresses('email', 7)).toEqual(
      new Map([[7, 'listed@shop.test']]),
    );
  });

  it("of a system of one's own is the number it knows them by", async () => {
    await addChannelAccount(test.platform, 'webhook', {
      url: 'https://shop.test/hook',
    });
    expect(await addresses('webhook', 4, 5)).toEqual(
      new Map([
        [4, '4'],
        [5, '5'],
      ]),
    );
    expect(openAddress('wx1\noA')).toEqual({ space: 'wx1', value: 'oA' });
  });
});
