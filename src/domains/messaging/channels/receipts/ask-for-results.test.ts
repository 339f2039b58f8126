import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../../test/channel-accounts.ts';
import {
  type ChannelSender,
  createChannelSender,
} from '../../../../../test/channel-sender.ts';
import type { Receipt } from '../../part.ts';
import { createLanes, type Lanes } from '../hand-over/lanes.ts';
import { askForResults } from './ask-for-results.ts';

describe('what employees did with mass messages', () => {
  let sender: ChannelSender;
  let lanes: Lanes;
  let accountNo: number;
  const told: Receipt[] = [];
  beforeAll(async () => {
    sender = await createChannelSender();
    sender.test.setTime('2026-06-18T10:00:00Z');
    lanes = createLanes(sender.platform);
    accountNo = await addChannelAccount(sender.platform, 'wecom', {
      corpId: 'ww1',
      endpoint: sender.receiver.url,
    });
    await sender.platform.pg.query("select make_send_month('2026-06-18')");
    for (const [customerNo, id, at] of [
      [1, 'msg-1 wm1', '2026-06-18'],
      [2, 'msg-1 wm2', '2026-06-18'],
      [3, 'msg-1 wm3', '2026-06-18'],
      [4, 'msg-2 wm4', '2026-06-18'],
      [5, 'msg-0 wm5', '2026-06-01'],
    ] as const) {
      await sender.platform.pg.query(
        `insert into send_delivery (occasion_on, run_no, customer_no, state, account_no, not_before, handed_at, provider_id) values ('2026-06-18', 7, $1, 'handed', $2, now(), $4, $3)`,
        [customerNo, accountNo, id, at],
      );
    }
  });
  afterAll(async () => {
    lanes.close();
    await sender.close();
  });
  const ask = () =>
    askForResults(
      {
        platform: sender.platform,
        vault: sender.test.customers.vault,
        takers: [async (_client, receipts) => void told.push(...receipts)],
      },
      lanes,
    );
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
