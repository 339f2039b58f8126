import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';
import { compareRatios, over, plus, type Ratio, ratio, times } from '../../../../kernel/ratio.ts';
import { inHundredths } from './scorecard.ts';
import { splitByTime, type Stay } from './time-split.ts';

const n = (value: number): Ratio => ratio(BigInt(Math.round(value * 10_000)), 10_000n);
const shown = (score: Ratio | null): number | null => score && Number(inHundredths(score)) / 100;
const stay = (from: Day, until: Day, score: number | null, ...shares: [number, Day, (Day | null)?][]): Stay =>
  ({ from, until, total: score === null ? null : n(score), shares: shares.map(([sharePercent, since, to = null]) => ({ sharePercent, from: since, to })) });
const split = (...stays: Stay[]) => ({ total: shown(splitByTime(stays).total), weights: splitByTime(stays).weights.map(shown) });

describe('case 48: somebody who changes positions within a period', () => {
  it('has both scores, each by its days', () => {
    const march = [stay('2026-03-01', '2026-03-10', 80), stay('2026-03-11', '2026-03-31', 95)];
    expect(split(...march)).toEqual({ total: 90.16, weights: [32.26, 67.74] });
    expect(split({ ...march[0], total: null }, march[1])).toEqual({ total: 95, weights: [0, 100] });
    expect(splitByTime([])).toEqual({ total: null, weights: [] });
  });

  it('has the score of one where both are the same, however the days are split', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 29 }), fc.integer({ min: 0, max: 120 }), (day, score) => {
      const days = (first: number, last: number) => stay(`2026-03-${String(first).padStart(2, '0')}`, `2026-03-${String(last).padStart(2, '0')}`, score);
      expect(split(days(1, day), days(day + 1, 31)).total).toBe(score);
    }));
  });
});

describe('somebody with two positions at once', () => {
  it('has both scores by the parts of their time, on the days of both', () => {
    const [clerk, lead] = [stay('2026-04-01', '2026-04-30', 90, [60, '2026-01-01']), stay('2026-04-01', '2026-04-30', 70, [40, '2026-01-01'])];
    expect(split(clerk, lead)).toEqual({ total: 82, weights: [60, 40] });
    // Twenty days of one alone, at whichever part of their time, and ten of both: 26 of 30 days and 4.
    expect(split(clerk, { ...lead, from: '2026-04-21' })).toEqual({ total: 87.33, weights: [86.67, 13.33] });
    // From the sixteenth on half and half.
    expect(split(stay('2026-04-01', '2026-04-30', 90, [60, '2026-01-01', '2026-04-15'], [50, '2026-04-16']), stay('2026-04-01', '2026-04-30', 70, [40, '2026-01-01', '2026-04-15'], [50, '2026-04-16']))).toEqual({ total: 81, weights: [55, 45] });
    // A third position, of which the plan does not say how much of their time it takes: evenly.
    expect(split(clerk, lead, stay('2026-04-01', '2026-04-30', 50)).weights).toEqual([33.33, 33.33, 33.33]);
  });

  const start = '2026-01-01';
  const percent = fc.integer({ min: 1, max: 100 });
  const stays = fc.array(fc.record({ from: fc.integer({ min: 0, max: 40 }), days: fc.integer({ min: 0, max: 30 }), score: fc.option(fc.integer({ min: 0, max: 120 })), share: fc.option(percent), changes: fc.option(fc.tuple(fc.integer({ min: 1, max: 60 }), percent)) }), { minLength: 1, maxLength: 5 })
    .map((all) => all.map(({ from, days, score, share, changes }): Stay => {
      const first = addDays(start, from);
      const [day, next] = changes ?? [0, 0];
      const shares: [number, Day, Day?][] = share === null ? [] : changes ? [[share, start, addDays(start, day - 1)], [next, addDays(start, day)]] : [[share, start]];
      return stay(first, addDays(first, days), score, ...shares);
    }));

  it('is weighed exactly as each day for itself would be, every day alike', () => {
    fc.assert(fc.property(stays, (all) => {
      const [sums, scored] = [all.map(() => ratio(0n)), { sum: ratio(0n), time: ratio(0n) }];
      for (let day = start; day < addDays(start, 80); day = addDays(day, 1)) {
        const here = all.flatMap((each, at) => (each.from <= day && day <= each.until ? [{ at, part: each.shares.find((share) => share.from <= day && (share.to ?? '9') >= day)?.sharePercent ?? 0 }] : []));
        const parts = here.every(({ part }) => part > 0) ? here : here.map(({ at }) => ({ at, part: 1 }));
        const whole = parts.reduce((sum, { part }) => sum + part, 0);
        for (const { at, part } of parts) sums[at] = plus(sums[at], ratio(BigInt(part), BigInt(whole)));
      }
      all.forEach(({ total }, at) => total && Object.assign(scored, { sum: plus(scored.sum, times(total, sums[at])), time: plus(scored.time, sums[at]) }));
      const { total, weights } = splitByTime(all);
      if (scored.time.n === 0n) return void expect(total).toBeNull();
      expect(compareRatios(total!, over(scored.sum, scored.time))).toBe(0);
      expect(compareRatios(weights.reduce(plus), n(100))).toBe(0);
    }));
  });

  it('is weighed by days alone where no two positions share a day', () => {
    fc.assert(fc.property(stays, (all) => {
      let next = start;
      const apart = all.map((each) => {
        const moved = { ...each, from: next, until: addDays(next, daysBetween(each.from, each.until)) };
        next = addDays(moved.until, 1);
        return moved;
      });
      const known = apart.flatMap(({ from, until, total }) => (total ? [{ days: ratio(BigInt(daysBetween(from, until) + 1)), total }] : []));
      const days = known.reduce((sum, each) => plus(sum, each.days), ratio(0n));
      const { total } = splitByTime(apart);
      if (known.length === 0) return void expect(total).toBeNull();
      expect(compareRatios(total!, over(known.reduce((sum, each) => plus(sum, times(each.days, each.total)), ratio(0n)), days))).toBe(0);
    }));
  });
});
