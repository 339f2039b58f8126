import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlannedPosition, staffingOf } from './staffing.ts';

const position = (more: Partial<PlannedPosition> = {}): PlannedPosition => ({ opens: '2026-01-01', closes: null, headcount: 1, costs: [{ from: '2026-01-01', monthly: 10_000_0000n }], shares: [], ...more });

describe('heads and their cost by month', () => {
  it('are those of the last day, and cost the days they are there', () => {
    const months = staffingOf([position({ opens: '2026-01-17', closes: '2026-02-14', headcount: 2 })], '2026-01-01', 3);
    expect(months.map(({ month, headcount, cost }) => [month, headcount, cost])).toEqual([['2026-01-01', 2, 9_677_4194n], ['2026-02-01', 0, 10_000_0000n], ['2026-03-01', 0, 0n]]);
  });

  it('cost what is said from a day on, and say where nothing is', () => {
    const [january, february] = staffingOf([position({ costs: [{ from: '2026-01-16', monthly: 3_100_0000n }, { from: '2026-02-01', monthly: 2_800_0000n }] })], '2026-01-01', 2);
    expect([january.cost, january.unpriced, february.cost, february.unpriced]).toEqual([1_600_0000n, 1, 2_800_0000n, 0]);
  });

  it('add up parts of people', () => {
    const shares = [{ sharePercent: 50, from: '2026-01-01', to: null }, { sharePercent: 80, from: '2026-01-01', to: '2026-01-30' }, { sharePercent: 30, from: '2026-01-31', to: null }];
    expect(staffingOf([position({ shares })], '2026-01-01', 1)[0].assignedPercent).toBe(80);
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
