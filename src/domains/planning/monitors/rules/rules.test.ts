import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../kernel/day.ts';
import { monitorWindows } from '../../contract/kinds/monitors.ts';
import { judge, type Measured, type Standing, type Told } from './judge.ts';
import { windowsUntil } from './windows.ts';

const atMost = { bound: { is: 'at_most', high: '10' } as const, times: 1 };
const measuredAt = (to: string, ...values: (number | null)[]): Measured[] => values.map((value, n) => ({ from: addDays(to, -n), to: addDays(to, -n), value }));
/** Looks at a figure day after day, each time with all that was known by then. */
function watch(values: (number | null)[], rule: Parameters<typeof judge>[2]) {
  let standing: Standing | null = null;
  return values.map((_, n) => {
    const found = judge(standing, measuredAt(addDays('2026-06-01', n), ...values.slice(0, n + 1).toReversed()), rule);
    standing = found.standing;
    return { ...found, to: addDays('2026-06-01', n) };
  });
}

describe('whole periods', () => {
  it('are those that ended by a day, the newest first, without a gap or an overlap', () => {
    expect(windowsUntil('week', '2026-06-17', 2)).toEqual([{ from: '2026-06-08', to: '2026-06-14' }, { from: '2026-06-01', to: '2026-06-07' }]);
    expect(windowsUntil('week', '2026-06-14', 1)[0].to).toBe('2026-06-14');
    expect(windowsUntil('month', '2026-03-30', 2)).toEqual([{ from: '2026-02-01', to: '2026-02-28' }, { from: '2026-01-01', to: '2026-01-31' }]);
    expect(windowsUntil('month', '2026-03-31', 1)[0].to).toBe('2026-03-31');
    expect(windowsUntil('quarter', '2026-06-17', 2)).toEqual([{ from: '2026-01-01', to: '2026-03-31' }, { from: '2025-10-01', to: '2025-12-31' }]);
    expect(windowsUntil('last30', '2026-06-17', 2)).toEqual([{ from: '2026-05-19', to: '2026-06-17' }, { from: '2026-05-18', to: '2026-06-16' }]);
    fc.assert(fc.property(fc.constantFrom(...monitorWindows), fc.integer({ min: 0, max: 2_000 }), (window, day) => {
      const until = addDays('2024-01-01', day);
      const found = windowsUntil(window, until, 14);
      expect(found[0].to <= until && windowsUntil(window, addDays(found[0].to, 1), 1)[0].to >= found[0].to).toBe(true);
      // A period further on would not be over yet.
      expect(windowsUntil(window, addDays(until, -1), 1)[0].to <= found[0].to).toBe(true);
      for (const [n, { from, to }] of found.entries()) expect(from <= to && (n === 0 || (window.startsWith('last') ? to === addDays(found[n - 1].to, -1) : to === addDays(found[n - 1].from, -1)))).toBe(true);
    }), { seed: 7 });
  });
});

describe('a rule', () => {
  it('is crossed beyond its bound, not on it, and says since when', () => {
    const days = watch([10, 11, 12, 9, 9], atMost);
    expect(days.map(({ standing: { state, since }, turn }) => [state, since, turn])).toEqual([
      ['within', '2026-06-01', null], ['crossed', '2026-06-02', 'crossed'], ['crossed', '2026-06-02', null], ['within', '2026-06-04', 'within'], ['within', '2026-06-04', null]]);
    // Whoever looks for the first time sees since when it has been so.
    const since = (...values: (number | null)[]) => judge(null, measuredAt('2026-06-09', ...values), atMost).standing.since;
    expect([since(11, 12, 13, 9, 11), since(11, null, 11), since(null, null, 3), since(9, 9)]).toEqual(['2026-06-07', '2026-06-09', '2026-06-08', '2026-06-08']);
    const band = { bound: { is: 'within', low: '-0.5', high: '0' } as const, times: 1 };
    expect([-0.5, 0, -0.51, 0.01].map((value) => judge(null, measuredAt('2026-06-01', value), band).standing.state)).toEqual(['within', 'within', 'crossed', 'crossed']);
    expect(judge(null, measuredAt('2026-06-01', -1), { bound: { is: 'at_least', low: '0' }, times: 1 }).turn).toBe('crossed');
  });

  it('is unknown without the newest figure, which is no news: neither that it is gone nor that it is there again as before', () => {
    expect(watch([20, null, 20, null, 5, null, 5], atMost).map(({ standing: { state }, turn }) => [state, turn])).toEqual([
      ['crossed', 'crossed'], ['unknown', null], ['crossed', null], ['unknown', null], ['within', 'within'], ['unknown', null], ['within', null]]);
    expect(judge(null, measuredAt('2026-06-01', null), atMost)).toMatchObject({ standing: { state: 'unknown', told: 'within' }, turn: null });
  });

  it('that wants several periods in a row is crossed by as many known ones, and holds again by one', () => {
    const turns = watch([11, 9, 11, null, 11, 11, 11, 9, 11, 9], { ...atMost, times: 3 }).map(({ turn }) => turn);
    expect(turns).toEqual([null, null, null, null, null, 'crossed', null, 'within', null, null]);
  });

  it('whose figure is corrected again and again tells each of both once for a period', () => {
    let standing: Standing | null = null;
    const turns = [20, 5, 20, 5, 20].map((value) => {
      const found = judge(standing, measuredAt('2026-06-01', value), atMost);
      standing = found.standing;
      return found.turn;
    });
    expect(turns).toEqual(['crossed', 'within', null, null, null]);
    // What it came to in the end is told with the next period.
    expect(judge(standing, measuredAt('2026-06-02', 20, 20), atMost).turn).toBe('crossed');
  });

  it('never raises a storm: what is told differs from what was told before, and for one period each of both is told once at most', () => {
    const look = fc.record({ isNextDay: fc.boolean(), value: fc.option(fc.integer({ min: 5, max: 15 })) });
    fc.assert(fc.property(fc.array(look, { maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (looks, times) => {
      const values: (number | null)[] = [null];
      let standing: Standing | null = null;
      const told: { turn: Told; to: string }[] = [];
      for (const { isNextDay, value } of looks) {
        if (isNextDay) values.push(value);
        else values[values.length - 1] = value;
        const to = addDays('2026-06-01', values.length);
        const found: ReturnType<typeof judge> = judge(standing, measuredAt(to, ...values.toReversed()), { ...atMost, times });
        standing = found.standing;
        if (found.turn) told.push({ turn: found.turn, to });
      }
      expect(told.every(({ turn }, n) => turn !== (told[n - 1]?.turn ?? 'within'))).toBe(true);
      expect(new Set(told.map(({ turn, to }) => `${turn} ${to}`)).size).toBe(told.length);
    }), { seed: 11, numRuns: 500 });
  });
});
