import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addChannelAccount,
  addMailAccount,
} from '../../../../../test/channel-accounts.ts';
import { createTestServer } from '../../../../../test/harness.ts';
import {
  createMessagingServer,
  type MessagingServer,
} from '../../../../../test/messaging-server.ts';
import { createReceiver } from '../../../../../test/receiver.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { identifierKinds } from '../../../customers/public.ts';
import type { Receipt } from '../../part.ts';
import { createChannels, type ChannelsPart } from '../channels.ts';
import { verpAddress } from './bounce-address.ts';
import { forgetOldReceipts } from './forget.ts';
import { markOf, receiptPath } from './heard.ts';

describe('what providers tell', () => {
  let test: MessagingServer;
  let server: FastifyInstance;
  let own: ChannelsPart;
  let ownServer: FastifyInstance;
  let sms: number;
  const told: Receipt[] = [];
  beforeAll(async () => {
    test = await createMessagingServer('');
    const { platform } = test;
    platform.config.outboundAllow.push('127.0.0.1');
    server = await createTestServer(platform, [], (scope) =>
      test.messaging.receiptsApi(scope),
    );
    own = createChannels({ ...test, say: createSay(), facts: test.collect });
    own.onReceipt(async (_client, receipts) => void told.push(...receipts));
    ownServer = await createTestServer(platform, [], (scope) =>
      own.receiptsApi(scope),
    );
    sms = await addChannelAccount(platform, 'alisms', { signName: '常青' });
    await platform.pg.query(
      'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 9) n',
    );
    await platform.pg.query(
      'update customer set status = 1, merged_into = 3, merged_at = now() where customer_no = 2',
    );
    for (const [customerNo, phone] of [
      [1, '+8613800138001'],
      [3, '+8613800138003'],
      [4, '+8613800138004'],
      [5, '+8613800138005'],
    ] as const) {
      const { vault } = test.customers;
      await platform.pg.query(
        'insert into identifier (kind, hash, customer_no, value) values ($1, $2, $3, $4)',
        [
          identifierKinds.phone,
          vault.hashOf('phone', '', phone),
          customerNo,
          vault.seal('phone', '', phone),
        ],
      );
    }
    await platform.pg.query("select make_send_month('2026-06-18')");
    for (const [customerNo, id] of [
      [1, 'biz-1'],
      [2, 'biz-2'],
      [4, '7.4'],
      [5, 'biz-5'],
    ] as const) {
      await platform.pg.query(
        `insert into send_delivery (occasion_on, run_no, customer_no, state, account_no, not_before, handed_at, provider_id) values ('2026-06-18', 7, $1, 'handed', $2, now(), '2026-06-18T03:00:00Z', $3)`,
        [customerNo, sms, id],
      );
    }
  });
  beforeEach(() => void (told.length = 0));
  afterAll(async () => {
    await ownServer.close();
    await server.close();
    await own.stop?.();
    await test.close();
  });
  const tell = (
    at: FastifyInstance,
    accountNo: number,
    payload: unknown,
    type = 'application/json',
  ) =>
    at.inject({
      method: 'POST',
      url: receiptPath(test.platform.secret, accountNo),
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      headers: { 'content-type': type },
    });
  const report = (phone: string, more: object = {}) => ({
    phone_number: phone,
    success: true,
    biz_id: 'biz-1',
    report_time: '2026-06-18 11:30:00',
    err_code: 'DELIVERED',
    err_msg: '<img src=x onerror=alert(1)>',
    ...more,
  });
  const reply = (phone: string, content: string, id: string) => ({
    phone_number: phone,
    content,
    send_time: '2026-06-18 11:40:00',
    sequence_id: id,
  });

  it('is taken at the address of the account alone, and otherwise refused without a word about it', async () => {
    const path = receiptPath(test.platform.secret, sms);
    for (const url of [
      `/receipts/${sms}/wrong`,
      path.replace(`/${sms}/`, '/999/'),
      `/receipts/0/x`,
      `/receipts/x/y`,
      `${path}x`,
    ]) {
      const refused = await ownServer.inject({
        method: 'POST',
        url,
        payload: '[]',
        headers: { 'content-type': 'application/json' },
      });
      expect([url, refused.statusCode, refused.json().code]).toEqual([
        url,
        401,
        'messaging.receipt_not_signed',
      ]);
    }
    expect((await tell(ownServer, 999, [])).statusCode).toBe(404);
    for (const nonsense of ['', '{', '<xml/>', '{"a":1}', '[{"phone_number":1}]']) expect((await tell(ownServer, sms, nonsense)).statusCode, nonsense).toBe(400);
    expect((await tell(ownServer, sms, 'x'.repeat(2 ** 20 + 1))).statusCode).toBe(413);
    expect(told).toEqual([]);
  });

  it('says of how many parts a message was charged, which is what it cost', async () => {
    const { pg } = test.platform;
    const costs = async () => (await pg.query<{ cost: string | null }>('select cost from send_delivery where account_no = $1 order by customer_no', [sms])).rows.map(({ cost }) => cost);
    await tell(ownServer, sms, [report('13800138005', { biz_id: 'biz-5', sms_size: '3' })]);
    expect(await costs()).toEqual([null, null, null, null]);
    await pg.query("update channel_account set cost = '0.045' where account_no = $1", [sms]);
    await tell(ownServer, sms, [report('13800138004', { biz_id: '7.4', sms_size: '2' }), report('13800138001', { sms_size: 'no number', biz_id: 'biz-9' })]);
    expect(await costs()).toEqual([null, null, '0.0900', null]);
    await pg.query('delete from channel_receipt where account_no = $1', [sms]);
  });

  it('is told on once, with the message and the person it is about; words of the provider are kept nowhere', async () => {
    const first = await tell(ownServer, sms, [report('13800138001')]);
    expect([first.statusCode, first.json()]).toEqual([
      200,
      { code: 0, msg: '成功' },
    ]);
    await tell(ownServer, sms, [report('13800138001'), report('13800138001')]);
    expect(told).toEqual([
      {
        kind: 'delivered',
        channel: 'sms',
        accountNo: sms,
        customerNo: 1,
        address: '+8613800138001'.slice(3),
        isFinal: false,
        code: 'DELIVERED',
        at: new Date('2026-06-18T03:30:00Z'),
        delivery: {
          occasionOn: '2026-06-18',
          runNo: 7,
          customerNo: 1,
          occasion: '',
        },
      },
    ]);
    const { rows } = await test.platform.pg.query(
      'select r::text from channel_receipt r',
    );
    expect(JSON.stringify(rows)).not.toMatch(/onerror|138001/);
  });

  it('counts for whom somebody became part of; our own key names a message whose answer was lost', async () => {
    await tell(ownServer, sms, [
      report('13800138003', { biz_id: 'biz-2' }),
      report('13800138004', { biz_id: 'lost', out_id: '7.4' }),
    ]);
    expect(
      told.map(({ customerNo, delivery }) => [
        customerNo,
        delivery?.customerNo,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [3, 2],
        [4, 4],
      ]),
    );
  });

  it('of a message that nobody knows is taken all the same', async () => {
    expect(
      (
        await tell(ownServer, sms, [
          report('13899999999', { biz_id: 'unknown' }),
        ])
      ).statusCode,
    ).toBe(200);
    expect(told).toMatchObject([
      { customerNo: null, delivery: null, kind: 'delivered' },
    ]);
  });

  it('is forgotten where it cannot be told on, and comes again', async () => {
    const failing = createChannels({
      ...test,
      say: createSay(),
      facts: test.collect,
    });
    failing.onReceipt(() => Promise.reject(new Error('the database is gone')));
    const at = await createTestServer(test.platform, [], (scope) =>
      failing.receiptsApi(scope),
    );
    const one = [report('13800138005', { biz_id: 'biz-5' })];
    expect((await tell(at, sms, one)).statusCode).toBe(500);
    expect((await tell(ownServer, sms, one)).statusCode).toBe(200);
    expect(told).toHaveLength(1);
    await at.close();
    await failing.stop?.();
  });

  it('suppresses an address at once that nothing arrives at, in whatever order it comes, and gives the person another', async () => {
    await tell(server, sms, [
      report('13800138004', {
        biz_id: 'b-9',
        success: false,
        err_code: 'MK:0001',
      }),
      report('13800138004', { biz_id: 'b-9', success: true }),
    ]);
    const { rows } = await test.platform.pg.query(
      'select reason, channel from send_suppression where hash = $1',
      [test.customers.vault.hashOf('phone', '', '+8613800138004')],
    );
    expect(rows).toEqual([{ reason: 'hard_bounce', channel: 'sms' }]);
    const found = await inTransaction(test.platform.pg, (client) =>
      own.addressesOf(client, 'sms', [1, 4]),
    );
    expect([...found.keys()]).toEqual([1]);
  });

  it('by who answers stop takes the consent back at once, for the person or for a number of nobody', async () => {
    expect(
      (
        await tell(server, sms, [
          reply('13800138005', ' 退订 ', 's-1'),
          reply('13811112222', 'ｔｄ', 's-2'),
          reply('13800138001', '几点开门？', 's-3'),
        ])
      ).statusCode,
    ).toBe(200);
    const { rows } = await test.platform.pg.query(
      'select customer_no, channel, purpose, granted, source from consent order by customer_no',
    );
    expect(rows).toEqual([
      {
        customer_no: 5,
        channel: 'sms',
        purpose: 'marketing',
        granted: false,
        source: 'sms reply',
      },
    ]);
    const listed = await test.platform.pg.query(
      'select reason from send_suppression where hash = $1',
      [test.customers.vault.hashOf('phone', '', '+8613811112222')],
    );
    expect(listed.rows).toEqual([{ reason: 'by_hand' }]);
  });

  it('by who answers something else is told as an answer to the last message', async () => {
    await tell(ownServer, sms, [reply('13800138001', '几点开门？', 's-9')]);
    expect(told).toMatchObject([
      { kind: 'replied', customerNo: 1, delivery: { runNo: 7, customerNo: 1 } },
    ]);
  });

  it('comes to the bounce mailbox with a mark in its address, and by no other', async () => {
    const mail = await addMailAccount(test.platform, 25);
    await test.platform.pg.query(
      `update channel_account set settings = settings || '{"bounceAddress":"bounce@shop.test"}' where account_no = $1`,
      [mail],
    );
    const dsn = (to: string) =>
      [
        'From: MAILER-DAEMON@mx.test',
        `To: ${to}`,
        'Content-Type: multipart/report; report-type=delivery-status;',
        ' boundary="b1"',
        '',
        '--b1',
        'Content-Type: text/plain',
        '',
        'Sorry <script>',
        '--b1',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.test',
        '',
        'Final-Recipient: rfc822; lin@shop.test',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 no <b>lin@shop.test</b>',
        '',
        '--b1--',
        '',
      ].join('\r\n');
    const ours = verpAddress(
      'bounce@shop.test',
      '7.1',
      markOf(test.platform.secret, 'bounce', '7.1'),
    );
    expect(
      (await tell(ownServer, mail, dsn(ours), 'message/rfc822')).statusCode,
    ).toBe(200);
    expect(told).toMatchObject([
      {
        kind: 'bounced',
        channel: 'email',
        isFinal: true,
        code: '5.1.1',
        address: 'lin@shop.test',
      },
    ]);
    for (const to of [
      'bounce@shop.test',
      'bounce+7.1-AAAAAAAAAAAAAAAAAAAAAA@shop.test',
      ours.replace('7.1', '7.2'),
    ])
      expect(
        (await tell(ownServer, mail, dsn(to), 'message/rfc822')).statusCode,
      ).toBe(401);
    expect(
      (
        await tell(
          ownServer,
          mail,
          'Subject: away\r\n\r\nI am away',
          'message/rfc822',
        )
      ).statusCode,
    ).toBe(400);
  });

  it('is told too of an address that a provider refuses at once', async () => {
    const provider = await createReceiver();
    provider.react((_, response) => void response.writeHead(400).end('{"code":21211}'));
    await addChannelAccount(test.platform, 'twilio', {
      accountSid: 'AC1',
      from: '+14155550100',
      endpoint: provider.url,
    });
    await test.platform.pg.query(
      "update channel_account set state = 'off' where provider = 'alisms'",
    );
    await new Promise((fresh) => setTimeout(fresh, 1_050));
    await own.handOver(
      'sms',
      [
        {
          key: '7.1',
          to: '+8613800138001',
          locale: 'zh-CN',
          purpose: 'marketing',
          message: { text: '新茶' },
        },
      ],
      async () => {},
      async () => {},
      new AbortController().signal,
    );
    expect(told).toMatchObject([
      { kind: 'bounced', isFinal: true, customerNo: 1, code: '21211' },
    ]);
    const found = await inTransaction(test.platform.pg, (client) => own.addressesOf(client, 'sms', [1]));
    expect(found.size).toBe(0);
    await provider.close();
  });

  it('is known for ninety days', async () => {
    await forgetOldReceipts(
      test.platform.pg,
      new Date(test.platform.clock.now().getTime() + 91 * 86_400_000),
    );
    expect(
      (await test.platform.pg.query('select from channel_receipt')).rowCount,
    ).toBe(0);
  });
});
