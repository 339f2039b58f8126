import { describe, expect, it } from 'vitest';
import { afterFailure, breakerOf, type Health, waitMs } from './breaker.ts';

const now = new Date('2026-06-18T04:00:00Z');
const well: Health = {
  failures: 0,
  breaks: 0,
  brokenUntil: null,
  restingUntil: null,
};
const even = (): number => 0.5;
const inMs = (health: Health): number =>
  health.brokenUntil!.getTime() - now.getTime();
const failed = (times: number, health = well): Health => {
  let after = health;
  for (let n = 0; n < times; n++) after = afterFailure(after, false, now, even);
  return after;
};

describe('the breaker of an account', () => {
  it('stays closed for single failures and opens with the fifth in a row', () => {
    expect(failed(4)).toEqual({ ...well, failures: 4 });
    expect(breakerOf(failed(4), now)).toBe('closed');
    expect(breakerOf(failed(5), now)).toBe('open');
    expect(inMs(failed(5))).toBe(15_000);
  });

  it('is not opened further by messages that were under way when it opened', () => {
    expect(failed(50)).toEqual(failed(5));
  });

  it('lets one try when its time is over, and stays open twice as long after each that fails, ten minutes at most', () => {
    let health = failed(5);
    const later = new Date(health.brokenUntil!.getTime() + 1);
    expect(breakerOf(health, later)).toBe('half_open');
    const lengths: number[] = [];
    for (let n = 0; n < 8; n++) {
      health = afterFailure(health, true, now, even);
      lengths.push(inMs(health));
    }
    expect(lengths).toEqual([
      30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000,
    ]);
  });

  it('opens for times that are spread, so that accounts do not all come back at once', () => {
    const lengths = [0, 0.25, 0.999].map((random) =>
      inMs(afterFailure({ ...well, failures: 4 }, false, now, () => random)),
    );
    expect(lengths).toEqual([12_000, 13_500, 17_994]);
  });
});

describe('a message that is put off', () => {
  it('waits twice as long each time, half an hour at most, spread by half', () => {
    expect(
      [0, 1, 2, 5, 20].map((attempts) => waitMs(attempts, 0, even)),
    ).toEqual([4_000, 8_000, 16_000, 128_000, 1_800_000]);
    expect([waitMs(0, 0, () => 0), waitMs(0, 0, () => 0.999)]).toEqual([
      2_000, 5_996,
    ]);
  });

  it('waits at least as long as the provider asks for', () => {
    expect(waitMs(0, 60_000, even)).toBe(60_000);
    expect(waitMs(6, 60_000, even)).toBe(256_000);
  });
});
