import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  addChannelAccount,
  addMailAccount,
} from '../../../../../test/channel-accounts.ts';
import { parcelOf, parcels, senderOfTests } from '../../../../../test/channel-sender.ts';
import type { Parcel } from '../../part.ts';

describe('messages that are handed over', () => {
  const sender = senderOfTests();
  const { handOver, mailBox, open } = sender;

  it('arrive once each, over few sessions, after each was noted; the way out of a mail is a header', async () => {
    const box = await mailBox();
    const accountNo = await addMailAccount(sender.platform, box.port, {
      cost: '0.005',
    });
    const noted = new Set<string>();
    let early = 0;
    box.react(
      ({ messageId }) => (
        noted.has(messageId!.slice(1).split('@')[0]) || early++,
        'take'
      ),
    );
    const told = await handOver(
      open(),
      parcels(60).map((one) => ({
        ...one,
        unsubscribeUrl: `https://crm.shop.test/u/${one.key}`,
      })),
      { noted: async (key) => void noted.add(key) },
    );
    expect(told.map(({ key }) => key).toSorted()).toEqual(
      parcels(60)
        .map(({ key }) => key)
        .toSorted(),
    );
    expect(told.find(({ key }) => key === 'm-7')).toEqual({
      key: 'm-7',
      accountNo,
      answer: {
        outcome: 'taken',
        providerId: '<m-7@shop.test>',
        cost: '0.005',
      },
    });
    expect([
      box.received.length,
      new Set(box.received.map(({ to }) => to)).size,
      early,
    ]).toEqual([60, 60, 0]);
    expect(box.sessions).toBeLessThanOrEqual(4);
    const { raw } = box.received.find(({ to }) => to === 'person7@shop.test')!;
    expect(raw).toMatch(
      /^List-Unsubscribe: <https:\/\/crm\.shop\.test\/u\/m-7>\r?$/m,
    );
    expect(raw).toMatch(
      /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m,
    );
  });

  it('are left where noting is refused, without an answer, and the others go on', async () => {
    const box = await mailBox();
    await addMailAccount(sender.platform, box.port);
    const told = await handOver(open(), parcels(5), {
      noted: (key) =>
        key === 'm-2'
          ? Promise.reject(new Error('somebody else has it'))
          : Promise.resolve(),
    });
    expect(told.map(({ key }) => key).toSorted()).toEqual([
      'm-0',
      'm-1',
      'm-3',
      'm-4',
    ]);
    expect(box.received.map(({ to }) => to)).not.toContain('person2@shop.test');
  });

  it('whose answer was lost may go again to who keeps repeats away, and of others nothing is said', async () => {
    const [hook, mail] = [
      await addChannelAccount(sender.platform, 'webhook', {
        url: sender.receiver.url,
      }),
      await addMailAccount(sender.platform, 9),
    ];
    const channels = open();
    expect(await channels.askAfter('webhook', hook, ['m-1', 'm-2'])).toEqual(
      new Map([
        ['m-1', 'repeat'],
        ['m-2', 'repeat'],
      ]),
    );
    expect(await channels.askAfter('email', mail, ['m-1'])).toEqual(new Map());
    expect(await channels.askAfter('email', 999, ['m-1'])).toEqual(new Map());
  });

  it('that a server refuses, puts off or leaves unanswered are told apart', async () => {
    const box = await mailBox();
    await addMailAccount(sender.platform, box.port, { atOnce: 1 });
    box.refused.set('person1@shop.test', 550);
    box.react(({ subject }) =>
      subject === '第 2 封' ? 450 : subject === '第 3 封' ? 'hang-up' : 'take',
    );
    const told = new Map(
      (await handOver(open(), parcels(5))).map(({ key, answer }) => [
        key,
        answer,
      ]),
    );
    expect(told.get('m-0')).toMatchObject({ outcome: 'taken' });
    expect(told.get('m-1')).toMatchObject({ outcome: 'refused', code: '550' });
    expect(told.get('m-2')).toMatchObject({
      outcome: 'later',
      code: '450',
      retryAfterMs: expect.any(Number),
    });
    expect(told.get('m-3')).toMatchObject({
      outcome: 'unknown',
      providerId: '<m-3@shop.test>',
    });
    expect(told.get('m-4')).toMatchObject({ outcome: 'taken' });
    expect(box.received.map(({ to }) => to)).toEqual([
      'person0@shop.test',
      'person3@shop.test',
      'person4@shop.test',
    ]);
    const { rows } = await sender.platform.pg.query(
      'select outcome, code, count from channel_answer order by outcome, code',
    );
    expect(rows).toEqual([
      { outcome: 'later', code: '450', count: 1 },
      { outcome: 'refused', code: '550', count: 1 },
      { outcome: 'taken', code: '', count: 2 },
      { outcome: 'unknown', code: 'no_answer', count: 1 },
    ]);
  });

  it('come no quicker than the account may, in any second, whoever sends', async () => {
    await addChannelAccount(
      sender.platform,
      'webhook',
      { url: sender.receiver.url },
      { perSecond: 14, atOnce: 8 },
    );
    const atMs: number[] = [];
    sender.receiver.react((_received, response) => {
      atMs.push(performance.now());
      response.writeHead(200).end();
    });
    const told = await Promise.all([
      handOver(open(), parcels(25), { channel: 'webhook' }),
      handOver(open(), parcels(25), { channel: 'webhook' }),
    ]);
    expect(told.flat().every(({ answer }) => answer.outcome === 'taken')).toBe(
      true,
    );
    atMs.sort((a, b) => a - b);
    // From the first to the fifteenth after it more than a second passes; the way to the receiver may take some milliseconds more or less.
    expect(
      Math.min(...atMs.slice(14).map((at, n) => at - atMs[n])),
    ).toBeGreaterThan(980);
    expect(atMs.at(-1)! - atMs[0]).toBeLessThan(6_300);
  });

  it('are noted no more than a second before their moment, however many the provider takes at once', async () => {
    await addChannelAccount(sender.platform, 'webhook', { url: sender.receiver.url }, { perSecond: 4, atOnce: 32 });
    let [noted, arrived, most] = [0, 0, 0];
    sender.receiver.react((_received, response) => void (arrived++, response.writeHead(200).end()));
    const note = async (): Promise<void> => void (most = Math.max(most, ++noted - arrived));
    await handOver(open(), parcels(12), { channel: 'webhook', noted: note });
    // One may have left that has not arrived yet.
    expect([arrived, most <= 5], String(most)).toEqual([12, true]);
  });

  it('go by the second account while the first is down; its breaker opens, one message tries it again, and it takes over', async () => {
    const box = await mailBox();
    const first = await addMailAccount(sender.platform, 9, { atOnce: 1 });
    const second = await addMailAccount(sender.platform, box.port, {
      atOnce: 1,
    });
    const channels = open();
    const told = await handOver(channels, parcels(20));
    expect(told.map(({ accountNo, answer }) => [accountNo, answer.outcome])).toEqual(parcels(20).map(() => [second, 'taken']));
    const health = async () => (await sender.platform.pg.query(
      'select failures, breaks, broken_until > $2 as broken, trouble from channel_health where account_no = $1', [first, sender.platform.clock.now()])).rows[0];
    expect(await health()).toEqual({ failures: 0, breaks: 1, broken: true, trouble: 'outbound_unreachable' });
    // The server is back, and the time of the breaker over.
    await sender.platform.pg.query(
      `update channel_account set settings = settings || jsonb_build_object('port', $2::text), version = version + 1 where account_no = $1`,
      [first, String(box.port)],
    );
    sender.test.setTime(
      new Date(sender.platform.clock.now().getTime() + 60_000),
    );
    await pause(1_050);
    expect(
      (await handOver(channels, parcels(3))).map(({ accountNo }) => accountNo),
    ).toContain(first);
    expect(await health()).toMatchObject({ breaks: 0 });
  });

  it('go back untouched where every account is broken, off or not there', async () => {
    await addMailAccount(sender.platform, 9, { atOnce: 1 });
    const channels = open();
    let noted = 0;
    const told = await handOver(channels, parcels(30), {
      noted: async () => void noted++,
    });
    expect(
      told.every(
        ({ answer }) =>
          answer.outcome === 'later' && (answer.retryAfterMs ?? 0) > 0,
      ),
    ).toBe(true);
    expect([
      noted,
      told.filter(({ accountNo }) => accountNo === null).length,
    ]).toEqual([6, 25]);
    expect(await channels.isOpen('email')).toBe(true);
    expect(await channels.isOpen('sms')).toBe(false);
    expect(await handOver(open(), [parcelOf(1)], { channel: 'sms' })).toEqual([
      {
        key: 'm-1',
        accountNo: null,
        answer: expect.objectContaining({ outcome: 'later' }),
      },
    ]);
  });

  it('wait for an account in use rather than be kept by one in test mode, which takes them where there is no other', async () => {
    const used = await addMailAccount(sender.platform, 9, { atOnce: 1 });
    const test = await addMailAccount(sender.platform, 9, { state: 'test' });
    const told = async () => (await handOver(open(), parcels(2))).map(({ accountNo, answer: { outcome, code } }) => [accountNo, outcome, code]);
    expect((await told()).map(([, outcome]) => outcome)).toEqual(['later', 'later']);
    await sender.platform.pg.query("update channel_account set state = 'off' where account_no = $1", [used]);
    expect(await told()).toEqual([[test, 'refused', 'test_mode'], [test, 'refused', 'test_mode']]);
  });

  it('wait where the provider asks for a rest, and the account is slower from then on', async () => {
    const accountNo = await addChannelAccount(
      sender.platform,
      'webhook',
      { url: sender.receiver.url },
      { perSecond: 500, atOnce: 1 },
    );
    sender.receiver.react(
      (_received, response, count) =>
        void response
          .writeHead(count === 1 ? 429 : 200, { 'retry-after': '1' })
          .end(),
    );
    sender.test.setTime(new Date());
    const moving = setInterval(() => sender.test.setTime(new Date()), 50);
    const told = await handOver(open(), parcels(3), { channel: 'webhook' });
    clearInterval(moving);
    expect(told.map(({ answer }) => [answer.outcome, answer.code])).toEqual([
      ['later', '429'],
      ['taken', undefined],
      ['taken', undefined],
    ]);
    expect(told[0].answer.retryAfterMs).toBeGreaterThanOrEqual(1_000);
    const { rows } = await sender.platform.pg.query(
      'select pace, failures from channel_health where account_no = $1',
      [accountNo],
    );
    expect(rows).toEqual([{ pace: 0.5, failures: 0 }]);
  });

  it("end with the day's quota", async () => {
    await addChannelAccount(
      sender.platform,
      'webhook',
      { url: sender.receiver.url },
      { perSecond: 500, perDay: 3, atOnce: 1 },
    );
    const told = await handOver(open(), parcels(5), { channel: 'webhook' });
    expect(told.map(({ answer }) => answer.outcome)).toEqual([
      'taken',
      'taken',
      'taken',
      'later',
      'later',
    ]);
    expect(sender.receiver.received).toHaveLength(3);
  });

  it('stop when they are told to, and what has not left goes back', async () => {
    await addChannelAccount(
      sender.platform,
      'webhook',
      { url: sender.receiver.url },
      { perSecond: 10, atOnce: 1 },
    );
    const ending = new AbortController();
    setTimeout(() => ending.abort(), 400);
    const told = await handOver(open(), parcels(30), {
      channel: 'webhook',
      signal: ending.signal,
    });
    const taken = told.filter(
      ({ answer }) => answer.outcome === 'taken',
    ).length;
    expect([told.length, taken]).toEqual([30, sender.receiver.received.length]);
    expect(taken).toBeLessThan(8);
  });
});

describe('a provider with every fault at once', () => {
  const sender = senderOfTests();

  it('is handed each of 200 messages once, by two that send, within its rate; what nobody can say is told apart', async () => {
    const perSecond = 100;
    await addChannelAccount(
      sender.platform,
      'webhook',
      { url: sender.receiver.url },
      { perSecond, atOnce: 8 },
    );
    const atMs: number[] = [];
    const taken: string[] = [];
    sender.receiver.react(({ body }, response, count) => {
      atMs.push(performance.now());
      const { id } = JSON.parse(body.toString()) as { id: string };
      if (count % 20 === 0) return void response.writeHead(503).end();
      if (count % 100 === 7)
        return void response.writeHead(429, { 'retry-after': '0' }).end();
      taken.push(id);
      // One in a hundred is taken, and nobody learns of it.
      if (count % 100 === 33) return void response.destroy();
      response.writeHead(200).end();
    });
    const moving = setInterval(() => sender.test.setTime(new Date()), 20);
    const outcomes = new Map<string, string>();
    const deliver = async (mine: Parcel[]): Promise<void> => {
      const channels = sender.open();
      for (let left = mine, round = 0; left.length > 0 && round < 40; round++) {
        for (const { key, answer } of await sender.handOver(channels, left, {
          channel: 'webhook',
        }))
          outcomes.set(key, answer.outcome);
        left = left.filter(({ key }) => outcomes.get(key) === 'later');
      }
    };
    const all = parcels(200);
    await Promise.all([deliver(all.slice(0, 100)), deliver(all.slice(100))]);
    clearInterval(moving);
    expect(taken.toSorted()).toEqual(all.map(({ key }) => key).toSorted());
    const unknown = [...outcomes].filter(
      ([, outcome]) => outcome === 'unknown',
    ).length;
    expect([outcomes.size, unknown]).toEqual([
      200,
      Math.floor((atMs.length + 67) / 100),
    ]);
    expect(
      [...outcomes.values()].every(
        (outcome) => outcome === 'taken' || outcome === 'unknown',
      ),
    ).toBe(true);
    atMs.sort((a, b) => a - b);
    expect(
      Math.min(...atMs.slice(perSecond).map((at, n) => at - atMs[n])),
    ).toBeGreaterThan(960);
  });
});
