import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { blockMs, freeAttempts, peerOf } from './throttle-rules.ts';
import { countAttempt, forgiveAttempt } from './throttle.ts';

describe('the wait after failed attempts', () => {
  it('is nothing at first, never gets shorter, and never exceeds a quarter of an hour', () => {
    expect([5, 6, 7, 8, 9].map((n) => blockMs(n, 5))).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
    fc.assert(fc.property(fc.nat(), fc.nat({ max: 200 }), (attempts, free) => {
      expect(blockMs(attempts + 1, free)).toBeGreaterThanOrEqual(blockMs(attempts, free));
      expect(blockMs(attempts, free)).toBeLessThanOrEqual(900_000);
    }));
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('counts %s as %s', (address, peer) => {
    expect(peerOf(address)).toBe(peer);
  });
});

describe('counting attempts', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const start = new Date('2026-03-01T08:00:00Z');
  const after = (ms: number) => new Date(start.getTime() + ms);
  const outcome = async (account: string, address: string, at: Date) =>
    countAttempt(test.platform.pg, { account, address }, at).then(() => 'counted', (error: { code: string }) => error.code);

  it('lets a thousand guesses at one account, made at once, through only as far as the free ones', async () => {
    const outcomes = await Promise.all(Array.from({ length: 1_000 }, () => outcome('victim@shop.test', '203.0.113.1', start)));
    expect(outcomes.filter((o) => o === 'counted')).toHaveLength(freeAttempts.pair + 1);
    expect(new Set(outcomes)).toEqual(new Set(['counted', 'access.wait']));
  });

  it('lets the owner in from elsewhere meanwhile, and the guesser again after the wait', async () => {
    expect(await outcome('victim@shop.test', '198.51.100.7', start)).toBe('counted');
    expect(await outcome('victim@shop.test', '203.0.113.1', start)).toBe('access.wait');
    expect(await outcome('victim@shop.test', '203.0.113.1', after(1_001))).toBe('counted');
  });

  it('slows down one guess at each of a thousand accounts from one address', async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 300; i++) outcomes.push(await outcome(`person${i}@shop.test`, '203.0.113.2', after(i)));
    expect(outcomes.filter((o) => o === 'counted')).toHaveLength(freeAttempts.peer + 1);
  });

  it('slows down guesses at one account from many addresses', async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 120; i++) outcomes.push(await outcome('wanted@shop.test', `192.0.2.${i}`, start));
    expect(outcomes.filter((o) => o === 'counted')).toHaveLength(freeAttempts.account + 1);
  });

  it('says how long to wait, and a refused attempt makes it no longer', async () => {
    const attempt = { account: 'patient@shop.test', address: '203.0.113.3' };
    for (let i = 0; i < 6; i++) await countAttempt(test.platform.pg, attempt, start);
    for (const ms of [100, 200]) {
      await expect(countAttempt(test.platform.pg, attempt, after(ms))).rejects.toMatchObject({ status: 429, retryAfterSeconds: 1 });
    }
    expect(await outcome(attempt.account, attempt.address, after(1_000))).toBe('counted');
  });

  it('forgets an account after a success, but not the address', async () => {
    const attempt = { account: 'own@shop.test', address: '203.0.113.4' };
    for (let i = 0; i < 5; i++) await countAttempt(test.platform.pg, attempt, start);
    await forgiveAttempt(test.platform.pg, attempt, start);
    for (let i = 0; i < 5; i++) expect(await outcome(attempt.account, attempt.address, start)).toBe('counted');
    for (let i = 0; i < 100; i++) await outcome(`other${i}@shop.test`, attempt.address, start);
    await forgiveAttempt(test.platform.pg, attempt, start);
    await countAttempt(test.platform.pg, attempt, start);
    expect(await outcome('another@shop.test', attempt.address, start)).toBe('access.wait');
  });

  it('forgets everything after a quiet hour', async () => {
    const attempt = { account: 'tired@shop.test', address: '203.0.113.5' };
    for (let i = 0; i < 6; i++) await countAttempt(test.platform.pg, attempt, start);
    for (let i = 0; i < 5; i++) expect(await outcome(attempt.account, attempt.address, after(3_700_000))).toBe('counted');
  });
});
