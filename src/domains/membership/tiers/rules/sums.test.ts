import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import type { Growth } from './life.ts';
import { leavesAt } from './moments.ts';
import { Sums } from './sums.ts';

const timeZone = 'Asia/Shanghai';
const start = Date.parse('2025-01-01T00:00:00+08:00');
const hourMs = 3_600_000;

describe('sums of growth', () => {
  const random = seededRandom(8);
  const chance = (n: number): number => Math.floor(random() * n);
  const someGrowth = (): Growth[] =>
    Array.from({ length: chance(30) }, (_, no) => ({
      at: start + chance(500) * 24 * hourMs + chance(24) * hourMs,
      amount: chance(20) - 5,
      no,
    })).sort((a, b) => a.at - b.at);
  const added = (growth: Growth[], isGross: boolean): number =>
    growth.filter(({ amount }) => !isGross || amount > 0).reduce((sum, { amount }) => sum + amount, 0);

  it('are what one gets who adds everything up, over any time', () => {
    for (let i = 0; i < 500; i++) {
      const growth = someGrowth();
      const sums = new Sums(growth, timeZone);
      const [from, until] = [start + chance(600) * 12 * hourMs, start + chance(1_200) * 12 * hourMs];
      for (const isGross of [false, true]) {
        expect(sums.between(Math.min(from, until), until, isGross)).toBe(
          added(
            growth.filter(({ at }) => at >= Math.min(from, until) && at < until),
            isGross,
          ),
        );
        for (const months of [1, 12]) {
          const counting = growth.filter(
            ({ at }) => at <= until && at >= from && leavesAt(at, months, timeZone) > until,
          );
          expect(sums.trailing(until, months, from, isGross)).toBe(added(counting, isGross));
        }
      }
    }
  });

  it('tell the first moment at which less counts than a standard, as one finds who looks every hour', () => {
    let found = 0;
    for (let i = 0; i < 60; i++) {
      const growth = someGrowth().map((each) => ({ ...each, amount: Math.abs(each.amount) }));
      const sums = new Sums(growth, timeZone);
      const now = start + chance(300) * 24 * hourMs;
      const needed = 1 + chance(Math.max(sums.trailing(now, 3, 0), 1));
      if (sums.trailing(now, 3, 0) < needed) continue;
      let hour = now;
      while (sums.trailing(hour, 3, 0) >= needed && hour < now + 900 * 24 * hourMs) hour += hourMs;
      expect(sums.fallsBelow(needed, now, 3, 0, false)).toBe(hour);
      found++;
    }
    expect(found).toBeGreaterThan(20);
  });

  it('say since when what counts has counted', () => {
    const growth = [
      { at: start, amount: 5, no: 1 },
      { at: start + 100 * 24 * hourMs, amount: 7, no: 2 },
    ];
    const sums = new Sums(growth, timeZone);
    expect(sums.trailingFrom(start + 100 * 24 * hourMs, 12)).toBe(start);
    expect(sums.trailingFrom(start + 100 * 24 * hourMs, 1)).toBe(start + 100 * 24 * hourMs);
    expect(sums.trailingFrom(start + 900 * 24 * hourMs, 1)).toBe(start + 900 * 24 * hourMs);
  });

  it('tell when what was taken away no longer counts; what was returned leaves with its order', () => {
    const day = 24 * hourMs;
    const order = { at: start, amount: 10, no: 1 };
    const returned = new Sums([order, { at: start, amount: -4, no: 2 }], timeZone);
    expect(returned.growsAt(start, 1)).toBe(null);
    const corrected = new Sums([order, { at: start + 5 * day, amount: -4, no: 2 }], timeZone);
    const leaves = Date.parse('2025-02-07T00:00:00+08:00');
    expect([corrected.growsAt(start, 1), corrected.growsAt(leaves, 1)]).toEqual([leaves, null]);
    expect(corrected.trailing(leaves, 1, start + day)).toBe(0);
  });

  it('of nothing are nothing', () => {
    const sums = new Sums([], timeZone);
    expect([sums.between(0, start), sums.trailing(start, 12, 0), sums.fallsBelow(1, start, 12, 0, false)]).toEqual([
      0,
      0,
      null,
    ]);
  });
});
