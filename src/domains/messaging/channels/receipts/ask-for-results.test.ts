import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../../test/channel-accounts.ts';
import {
  type ChannelSender,
  createChannelSender,
} from '../../../../../test/channel-sender.ts';
import { identifierKinds } from '../../../customers/public.ts';
import type { Receipt } from '../../part.ts';
import { createLanes, type Lanes } from '../hand-over/lanes.ts';
import { createReports } from './ask-for-reports.ts';
import { createResults } from './ask-for-results.ts';

let sender: ChannelSender;
let lanes: Lanes;
const told: Receipt[] = [];
beforeAll(async () => {
  sender = await createChannelSender();
  sender.test.setTime('2026-06-18T10:00:00Z');
  lanes = createLanes(sender.platform);
});
afterAll(async () => {
  lanes.close();
  await sender.close();
});
const doors = () => ({ platform: sender.platform, vault: sender.test.customers.vault, takers: [async (_client: unknown, receipts: readonly Receipt[]) => void told.push(...receipts)] });
const deliver = (customerNo: number, accountNo: number, handedAt: string, id: string | null) => sender.platform.pg.query(
  `insert into send_delivery (occasion_on, run_no, customer_no, occasion, state, account_no, not_before, handed_at, provider_id) values ('2026-06-18', 7, $1, $3::text, 'handed', $2, now(), $3::text::timestamptz, $4)`, [customerNo, accountNo, handedAt, id]);

describe('what employees did with mass messages', () => {
  let accountNo: number;
  beforeAll(async () => {
    accountNo = await addChannelAccount(sender.platform, 'wecom', {
      corpId: 'ww1',
      endpoint: sender.receiver.url,
    });
    await sender.platform.pg.query("select make_send_month('2026-06-18')");
    await sender.platform.pg.query(
      `insert into send_run (run_no, program_kind, program_no, step, occasion, occasion_on, channel, purpose, arms, state, send_from, created_at, created_by)
        overriding system value values (7, 'campaign', 1, 's', '', '2026-06-18', 'wecom', 'marketing', '[]', 'running', now(), now(), 'x')`,
    );
    for (const [customerNo, id, at] of [
      [1, 'msg-1 wm1', '2026-06-18'],
      [2, 'msg-1 wm2', '2026-06-18'],
      [3, 'msg-1 wm3', '2026-06-18'],
      [4, 'msg-2 wm4', '2026-06-18'],
      [5, 'msg-0 wm5', '2026-06-01'],
    ] as const) {
      await deliver(customerNo, accountNo, at, id);
    }
  });
  const ask = () => createResults(doors(), lanes)();
  const pages: Record<string, (body: Record<string, string>) => object> = {
    get_groupmsg_task: ({ msgid }) =>
      msgid === 'msg-2'
        ? { errcode: 41000 }
        : {
            errcode: 0,
            task_list: [
              { userid: 'zhang', status: 2 },
              { userid: 'li', status: 0 },
            ],
          },
    get_groupmsg_send_result: ({ cursor }) =>
      cursor === ''
        ? {
            errcode: 0,
            send_list: [
              { external_userid: 'wm1', status: 1, send_time: 1781776800 },
              { external_userid: 'wm2', status: 2 },
            ],
            next_cursor: 'more',
          }
        : {
            errcode: 0,
            send_list: [
              { external_userid: 'wm3', status: 3 },
              { external_userid: 'wm9', status: 0 },
            ],
          },
  };
  const asked: string[] = [];
  const answering = () =>
    sender.receiver.react(({ path, body }, response) => {
      if (path.startsWith('/cgi-bin/gettoken'))
        return void response
          .writeHead(200)
          .end('{"errcode":0,"access_token":"t","expires_in":7200}');
      const name = /externalcontact\/(\w+)/.exec(path)![1];
      const given = JSON.parse(body.toString()) as Record<string, string>;
      asked.push(
        `${name} ${given.msgid} ${given.userid ?? ''} ${given.cursor}`.trim(),
      );
      response.writeHead(200).end(JSON.stringify(pages[name](given)));
    });

  it('is asked for page by page, of tasks of the last days alone, and told once', async () => {
    answering();
    await ask();
    expect(asked.toSorted()).toEqual([
      'get_groupmsg_send_result msg-1 zhang',
      'get_groupmsg_send_result msg-1 zhang more',
      'get_groupmsg_task msg-1',
      'get_groupmsg_task msg-2',
    ]);
    expect(
      told
        .map(({ kind, isFinal, code, delivery }) => [
          delivery?.customerNo,
          kind,
          isFinal,
          code,
        ])
        .toSorted(),
    ).toEqual([
      [1, 'delivered', false, null],
      [2, 'bounced', true, 'not_a_contact'],
      [3, 'bounced', false, 'had_enough'],
    ]);
    expect(told.find(({ delivery }) => delivery?.customerNo === 1)?.at).toEqual(
      new Date(1781776800_000),
    );
    await ask();
    expect(told).toHaveLength(3);
  });

  it('is asked for some tasks at a time, in their order, each in its turn, and not of whom all was told', async () => {
    answering();
    asked.length = 0;
    const some = createResults(doors(), lanes, 1);
    await some();
    await some();
    await some();
    await some();
    const tasks = asked
      .filter((one) => one.startsWith('get_groupmsg_task'))
      .map((one) => one.split(' ')[1]);
    expect(tasks).toEqual(['msg-1', 'msg-2', 'msg-1']);
    await sender.platform.pg.query(
      "update send_delivery set told = told | 1 where provider_id like 'msg-1 %'",
    );
    asked.length = 0;
    await some();
    expect(asked).toEqual(['get_groupmsg_task msg-2']);
    await sender.platform.pg.query('update send_delivery set told = 0');
  });

  it('is left for the next time where the provider does not answer as it should', async () => {
    sender.receiver.react(
      (_received, response) => void response.writeHead(200).end('nonsense'),
    );
    await ask();
    sender.receiver.react(
      ({ path }, response) =>
        void response
          .writeHead(200)
          .end(
            path.includes('gettoken')
              ? '{"errcode":0,"access_token":"t","expires_in":7200}'
              : '{"errcode":-1}',
          ),
    );
    await ask();
    expect(told).toHaveLength(3);
  });
});

describe('what became of mails whose provider has to be asked', () => {
  let accountNo: number;
  const asked: Record<string, string>[] = [];
  const mail = (person: string, status: number, at: string, why = 'SendOk') =>
    ({ AccountName: 'news@shop.test', ToAddress: person, Status: status, ErrorClassification: why, Message: '<550 not said on>', Subject: '新茶', UtcLastUpdateTime: String(Date.parse(at) / 1_000), LastUpdateTime: at });
  type Mail = ReturnType<typeof mail>;
  const answering = (pages: Record<string, { mails: Mail[]; next?: string }>) => sender.receiver.react(({ body, headers }, response) => {
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    asked.push({ ...form, action: String(headers['x-acs-action']) });
    const { mails, next } = pages[form.NextStart ?? ''];
    response.writeHead(200).end(JSON.stringify({ RequestId: 'r', data: { mailDetail: mails }, ...(next === undefined ? {} : { NextStart: next }) }));
  });
  const seen = () => told.splice(0).map(({ kind, isFinal, code, delivery, customerNo }) => [customerNo, kind, isFinal, code, delivery?.occasion ?? null]).toSorted();
  beforeAll(async () => {
    told.length = 0;
    const { pg } = sender.platform;
    accountNo = await addChannelAccount(sender.platform, 'directmail', { fromAddress: 'news@shop.test', endpoint: sender.receiver.url }, { secrets: { accessKeySecret: 'secret' } });
    await pg.query("insert into channel_health (account_no, taken_at) values ($1, '2026-06-18T09:00:00Z') on conflict (account_no) do update set taken_at = excluded.taken_at", [accountNo]);
    await pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(21, 25) n');
    await pg.query('update customer set status = 1, merged_into = 22, merged_at = now() where customer_no = 25');
    const { vault } = sender.test.customers;
    for (const no of [21, 22, 23, 24]) {
      const address = `p${no}@shop.test`;
      await pg.query('insert into identifier (kind, hash, customer_no, value) values ($1, $2, $3, $4)', [identifierKinds.email, vault.hashOf('email', '', address), no, vault.seal('email', '', address)]);
    }
    // Two mails to one person; one who was another when written to; one by another account.
    for (const [no, at] of [[21, '2026-06-18T08:00:00Z'], [21, '2026-06-18T09:00:00Z'], [25, '2026-06-18T08:00:00Z'], [23, '2026-06-18T08:00:00Z']] as const) await deliver(no, accountNo, at, null);
    await deliver(24, 999, '2026-06-18T08:00:00Z', null);
  });
  const read = () => createReports(doors(), lanes);

  it('is read page by page, each end is of the mail that went last before it, and is told once', async () => {
    answering({
      '': { mails: [mail('p21@shop.test', 0, '2026-06-18T08:00:05Z'), mail('p21@shop.test', 3, '2026-06-18T09:00:05Z', 'SmtpSpam')], next: 'p21@shop.test-2' },
      'p21@shop.test-2': { mails: [mail('P22@shop.test', 2, '2026-06-18T08:00:09Z', 'SmtpNxBox'), mail('p23@shop.test', 4, '2026-06-18T08:10:00Z', 'no words; only codes'), mail('p24@shop.test', 0, '2026-06-18T08:10:00Z')], next: 'p24' },
      p24: { mails: [] },
    });
    const reports = read();
    await reports();
    expect(seen()).toEqual([
      [21, 'bounced', false, 'SmtpSpam', '2026-06-18T09:00:00Z'], [21, 'delivered', false, null, '2026-06-18T08:00:00Z'], [22, 'bounced', true, 'SmtpNxBox', '2026-06-18T08:00:00Z'],
      [23, 'bounced', false, 'other', '2026-06-18T08:00:00Z'], [24, 'delivered', false, null, null],
    ]);
    expect(asked.map(({ NextStart = '' }) => NextStart)).toEqual(['', 'p21@shop.test-2', 'p24']);
    expect(asked[0]).toMatchObject({ action: 'SenderStatisticsDetailByParam', AccountName: 'news@shop.test', StartTime: '2026-06-15 18:00', EndTime: '2026-06-18 18:00', Length: '100' });
    await reports();
    expect(asked).toHaveLength(3);
    await read()();
    expect([asked.length, seen()]).toEqual([6, []]);
  });

  it('is read on where the provider stopped answering, and over the last day again later', async () => {
    const reports = read();
    asked.length = 0;
    const answers = { isThrottled: true };
    sender.receiver.react(({ body }, response) => {
      const next = new URLSearchParams(body.toString()).get('NextStart') ?? '';
      asked.push({ NextStart: next });
      if (next === 'two' && answers.isThrottled) return void response.writeHead(400).end('{"Code":"Throttling.User"}');
      response.writeHead(200).end(JSON.stringify({ data: { mailDetail: [mail('p23@shop.test', 0, '2026-06-18T09:30:00Z')] }, NextStart: 'two' }));
    });
    await reports();
    expect(asked.map(({ NextStart }) => NextStart)).toEqual(['', 'two']);
    answers.isThrottled = false;
    await reports();
    expect(asked.map(({ NextStart }) => NextStart)).toEqual(['', 'two', 'two']);
    expect(seen()).toEqual([[23, 'delivered', false, null, '2026-06-18T08:00:00Z']]);
    sender.test.setTime('2026-06-18T10:11:00Z');
    asked.length = 0;
    answering({ '': { mails: [] } });
    await reports();
    expect(asked).toMatchObject([{ StartTime: '2026-06-17 18:00', EndTime: '2026-06-18 18:11' }]);
  });

  it('is not asked for by accounts that are off, or sent nothing for days, and does not stop at nonsense', async () => {
    asked.length = 0;
    sender.test.setTime('2026-06-18T11:00:00Z');
    sender.receiver.react((_received, response) => (asked.push({}), void response.writeHead(200).end('<html>')));
    await read()();
    expect(asked).toHaveLength(1);
    await sender.platform.pg.query("update channel_account set state = 'off' where account_no = $1", [accountNo]);
    await read()();
    await sender.platform.pg.query("update channel_account set state = 'active' where account_no = $1", [accountNo]);
    sender.test.setTime('2026-06-25T11:00:00Z');
    await read()();
    expect(asked).toHaveLength(1);
  });
});
