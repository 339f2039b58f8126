import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../../test/channel-accounts.ts';
import {
  createTestPlatform,
  type TestPlatform,
} from '../../../../../test/harness.ts';
import { createPace, DayIsFull } from './pace.ts';
import { createTallies } from './tallies.ts';

describe('the pace of an account', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const account = () =>
    addChannelAccount(test.platform, 'webhook', { url: 'https://a.test' });
  const never = new AbortController().signal;
  const paceOf = (
    accountNo: number,
    perSecond: number,
    perDay: number | null = null,
    day = '2026-06-18',
  ) =>
    createPace(test.platform.pg, {
      accountNo,
      perSecond,
      perDay,
      day: () => day,
    });

  it('counts for the day what left, and not moments that passed while the program stood still', async () => {
    const accountNo = await account();
    const pace = paceOf(accountNo, 50, 30);
    let left = 0;
    const take = async (): Promise<void> => {
      await pace.moment(never);
      left++;
      if (left % 5 === 0)
        for (
          const until = performance.now() + 250;
          performance.now() < until;
        );
    };
    await Promise.all(Array.from({ length: 20 }, take));
    await take();
    const { rows } = await test.platform.pg.query<{ count: number }>(
      'select day_count::int as count from channel_health where account_no = $1',
      [accountNo],
    );
    expect(rows[0].count).toBe(21);
    // Whoever is told to stop while they wait had none either.
    const stopped = new AbortController();
    const waiting = Array.from({ length: 5 }, () => pace.moment(stopped.signal));
    setTimeout(() => stopped.abort(), 5);
    const ended = await Promise.allSettled(waiting);
    await pace.moment(never);
    const { rows: again } = await test.platform.pg.query<{ count: number }>(
      'select day_count::int as count from channel_health where account_no = $1',
      [accountNo],
    );
    expect(ended.some(({ status }) => status === 'rejected')).toBe(true);
    expect(again[0].count).toBe(
      22 + ended.filter(({ status }) => status === 'fulfilled').length,
    );
  });

  it('gives no second more moments than it may have, though two take them and one stands still at times', async () => {
    const accountNo = await account();
    const atMs: number[] = [];
    const take = async (
      pace: ReturnType<typeof paceOf>,
      count: number,
    ): Promise<void> => {
      await Promise.all(
        Array.from({ length: count }, async () => {
          await pace.moment(never);
          atMs.push(performance.now());
          // The whole program stands still, as when a large batch is rendered.
          if (atMs.length % 10 === 0)
            for (
              const until = performance.now() + 180;
              performance.now() < until;
            );
        }),
      );
    };
    await Promise.all([
      take(paceOf(accountNo, 20), 25),
      take(paceOf(accountNo, 20), 25),
    ]);
    atMs.sort((a, b) => a - b);
    expect(
      Math.min(...atMs.slice(20).map((at, n) => at - atMs[n])),
    ).toBeGreaterThanOrEqual(1_000);
  });

  it("counts a day's messages over all processes, and begins anew the next day", async () => {
    const accountNo = await account();
    const [one, other] = [
      paceOf(accountNo, 1_000, 3),
      paceOf(accountNo, 1_000, 3),
    ];
    const asked = await Promise.allSettled([
      one.moment(never),
      other.moment(never),
      one.moment(never),
      other.moment(never),
      one.moment(never),
    ]);
    expect(asked.map(({ status }) => status).toSorted()).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    for (const each of asked)
      if (each.status === 'rejected')
        expect(each.reason).toBeInstanceOf(DayIsFull);
    await paceOf(accountNo, 1_000, 3, '2026-06-19').moment(never);
  });

  it('gives moments in turn and lets go of who does not wait any longer', async () => {
    const accountNo = await account();
    const pace = paceOf(accountNo, 2);
    await pace.moment(never);
    const ending = new AbortController();
    const waiting = pace.moment(ending.signal);
    ending.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('fails where the database does, and not for ever', async () => {
    const accountNo = await account();
    const broken = createPace(
      { query: () => Promise.reject(new Error('gone')) } as never,
      { accountNo, perSecond: 1, perDay: null, day: () => '2026-06-18' },
    );
    await expect(broken.moment(never)).rejects.toThrow('gone');
    await expect(broken.moment(never)).rejects.toThrow('gone');
  });

  it('counts answers by the hour, and of codes that never end the first fifty', async () => {
    const accountNo = await account();
    const tallies = createTallies(test.platform.pg);
    const now = new Date('2026-06-18T04:12:00Z');
    for (let n = 0; n < 80; n++)
      tallies.count(accountNo, { outcome: 'refused', code: `E${n}` }, now);
    tallies.count(
      accountNo,
      { outcome: 'taken' },
      new Date('2026-06-18T04:13:00Z'),
    );
    tallies.count(999_999, { outcome: 'taken' }, now);
    await tallies.flush();
    tallies.count(accountNo, { outcome: 'taken' }, now);
    await tallies.flush();
    await tallies.flush();
    const { rows } = await test.platform.pg.query(
      `select count(*)::int as codes, sum(count)::int as answers, max(count) filter (where outcome = 'taken') as taken from channel_answer`,
    );
    expect(rows[0].answers).toBe(82);
    expect(rows[0].codes).toBeLessThanOrEqual(52);
    expect(rows[0].taken).toBe(2);
    const {
      rows: [health],
    } = await test.platform.pg.query(
      'select taken_at from channel_health where account_no = $1',
      [accountNo],
    );
    expect(health.taken_at).toEqual(new Date('2026-06-18T04:13:00Z'));
  });
});
