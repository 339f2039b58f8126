import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween } from '../../../../kernel/day.ts';
import { type PlannedPosition, staffingOf } from './staffing.ts';

const position = (more: Partial<PlannedPosition> = {}): PlannedPosition => ({ opens: '2026-01-01', closes: null, headcount: 1, costs: [{ from: '2026-01-01', monthly: 10_000_0000n }], shares: [], ...more });

describe('heads and their cost by month', () => {
  it('count for the days on which they are there', () => {
    const months = staffingOf([position({ opens: '2026-01-17', closes: '2026-02-14', headcount: 2 })], '2026-01-01', 3);
    expect(months.map(({ month, heads, cost }) => [month, heads, cost])).toEqual([['2026-01-01', 9677n, 9_677_4194n], ['2026-02-01', 1_0000n, 10_000_0000n], ['2026-03-01', 0n, 0n]]);
  });

  it('cost what is said from a day on, and say where nothing is', () => {
    const [january, february] = staffingOf([position({ costs: [{ from: '2026-01-16', monthly: 3_100_0000n }, { from: '2026-02-01', monthly: 2_800_0000n }] })], '2026-01-01', 2);
    expect([january.cost, january.unpriced, february.cost, february.unpriced]).toEqual([1_600_0000n, 1, 2_800_0000n, 0]);
  });

  it('add up parts of people by the days they give', () => {
    const shares = [{ sharePercent: 50, from: '2026-01-01', to: null }, { sharePercent: 80, from: '2026-01-01', to: '2026-01-10' }, { sharePercent: 30, from: '2026-01-31', to: null }];
    // 50 % of 31 days, 80 % of 10 and 30 % of one are 23.8 days.
    expect(staffingOf([position({ shares })], '2026-01-01', 1)[0]).toMatchObject({ heads: 1_0000n, filled: 7677n, cost: 10_000_0000n, filledCost: 7_677_4194n });
  });

  it('are nobody, and cost nothing, where nobody is assigned or the position is not there', () => {
    const shares = [{ sharePercent: 100, from: '2025-01-01', to: null }];
    const [january, february] = staffingOf([position(), position({ closes: '2026-01-31', shares })], '2026-01-01', 2);
    expect([january.filled, january.filledCost, february.filled, february.filledCost]).toEqual([1_0000n, 10_000_0000n, 0n, 0n]);
  });

  it('are what looking at each day finds, whenever somebody comes, leaves or takes another share', () => {
    const begins = '2026-01-01';
    const span = fc.record({ from: fc.integer({ min: -40, max: 120 }), days: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }) }).map(({ from, days }) => ({ from: addDays(begins, from), to: days === null ? null : addDays(begins, from + days) }));
    const share = fc.record({ span, sharePercent: fc.integer({ min: 1, max: 100 }) }).map(({ span: { from, to }, sharePercent }) => ({ from, to, sharePercent }));
    fc.assert(fc.property(fc.array(share, { maxLength: 6 }), span, fc.integer({ min: 1, max: 5 }), fc.bigInt({ min: 0n, max: 10n ** 12n }), (shares, { from, to }, headcount, monthly) => {
      const found = staffingOf([position({ opens: from, closes: to, headcount, shares, costs: [{ from: '2025-01-01', monthly }] })], begins, 4);
      for (const { month, ...sums } of found) {
        const days = Array.from({ length: daysBetween(month, addMonths(month, 1)) }, (_, n) => addDays(month, n)).filter((day) => from <= day && (to === null || day <= to));
        const percentDays = BigInt(days.reduce((sum, day) => sum + shares.filter((each) => each.from <= day && (each.to === null || day <= each.to)).reduce((all, each) => all + each.sharePercent, 0), 0));
        const [ofMonth, headDays] = [BigInt(daysBetween(month, addMonths(month, 1))), BigInt(days.length * headcount)];
        const isNearest = (value: bigint, n: bigint, d: bigint): boolean => 2n * (value * d - n) <= d && 2n * (n - value * d) <= d;
        expect([isNearest(sums.heads, headDays * 10_000n, ofMonth), isNearest(sums.filled, percentDays * 100n, ofMonth), isNearest(sums.cost, headDays * monthly, ofMonth), isNearest(sums.filledCost, percentDays * monthly, 100n * ofMonth)]).toEqual([true, true, true, true]);
      }
    }));
  });

  it('come to the same for one who stays and for two who follow each other, however the month is cut', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 100 }), (date, sharePercent) => {
      const last = `2026-01-${String(date).padStart(2, '0')}`;
      const of = (...shares: PlannedPosition['shares']) => staffingOf([position({ shares })], '2026-01-01', 3);
      expect(of({ sharePercent, from: '2026-01-01', to: last }, { sharePercent, from: addDays(last, 1), to: null })).toEqual(of({ sharePercent, from: '2026-01-01', to: null }));
    }));
  });

  it('cost as much for one position as for two that follow each other', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 27 }), fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 50 }), (date, monthly, headcount) => {
      const costs = [{ from: '2025-01-01', monthly }];
      const one = position({ costs, headcount });
      const [until, then] = [`2026-03-${String(date).padStart(2, '0')}`, `2026-03-${String(date + 1).padStart(2, '0')}`];
      expect(staffingOf([{ ...one, closes: until }, { ...one, opens: then }], '2026-01-01', 12)).toEqual(staffingOf([one], '2026-01-01', 12));
      expect(staffingOf([one], '2026-01-01', 1)[0].cost).toBe(monthly * BigInt(headcount));
    }));
  });
});
