import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../../kernel/day.ts';
import { forecast, type Work } from './forecast.ts';

const today = '2026-06-18';
const task = (
  itemNo: number,
  from: string | null,
  to: string | null,
  more: Partial<Work> = {},
): Work => ({
  itemNo,
  isMilestone: false,
  group: 1,
  from,
  to,
  doneOn: null,
  isBegun: false,
  isDropped: false,
  dependsOn: [],
  ...more,
});
const milestone = (itemNo: number, due: string, more: Partial<Work> = {}): Work =>
  task(itemNo, due, due, { isMilestone: true, ...more });
const shown = (works: Work[]) =>
  [...forecast(works, today)].map(([itemNo, { starts, ends, lateDays, isCritical }]) => [
    itemNo,
    starts,
    ends,
    lateDays,
    isCritical,
  ]);

describe('when things will be done', () => {
  it('carries what is late along everything that waits for it', () => {
    expect(
      shown([
        milestone(4, '2026-06-25', { dependsOn: [3] }),
        task(1, '2026-06-10', '2026-06-15', { isBegun: true }),
        task(3, '2026-06-18', '2026-06-20', { dependsOn: [1] }),
        task(5, '2026-06-16', '2026-06-17', { dependsOn: [1], isDropped: true }),
        task(6, null, null, { dependsOn: [1] }),
        task(7, null, '2026-06-30'),
      ]),
    ).toEqual([
      [4, '2026-06-25', '2026-06-25', 0, false],
      [1, '2026-06-10', '2026-06-18', 3, false],
      [3, '2026-06-19', '2026-06-21', 1, false],
      [5, null, null, 0, false],
      [6, null, null, 0, false],
      [7, '2026-06-30', '2026-06-30', 0, true],
    ]);
  });

  it('finds the path on which no day can be lost', () => {
    expect(
      shown([
        task(1, '2026-06-19', '2026-06-20'),
        task(2, '2026-06-21', '2026-06-24', { dependsOn: [1] }),
        task(3, '2026-06-21', '2026-06-21', { dependsOn: [1] }),
        milestone(4, '2026-06-24', { dependsOn: [2, 3] }),
        task(9, '2026-06-19', '2026-06-19', { group: 2 }),
      ]).map(([itemNo, , , , isCritical]) => [itemNo, isCritical]),
    ).toEqual([
      [1, true],
      [2, true],
      [3, false],
      [4, true],
      [9, true],
    ]);
  });

  it('takes what is done as it was: early is early, and what waited for it keeps its day', () => {
    expect(
      shown([
        task(1, '2026-06-10', '2026-06-15', { doneOn: '2026-06-12' }),
        task(2, '2026-06-20', '2026-06-21', { dependsOn: [1] }),
        milestone(3, '2026-06-15', { doneOn: '2026-06-17' }),
      ]),
    ).toEqual([
      [1, '2026-06-10', '2026-06-12', -3, false],
      [2, '2026-06-20', '2026-06-21', 0, true],
      [3, '2026-06-17', '2026-06-17', 2, false],
    ]);
  });

  it('reckons as one does who asks each thing for what it waits for', () => {
    const days = fc.array(
      fc.record({
        from: fc.integer({ min: -10, max: 30 }),
        length: fc.integer({ min: 1, max: 8 }),
        done: fc.boolean(),
        begun: fc.boolean(),
        before: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(days, (drawn) => {
        const works = drawn.map(({ from, length, done, begun, before }, at) => {
          const to = addDays(today, from + length - 1);
          return task(at + 1, addDays(today, from), to, {
            isBegun: begun,
            doneOn: done && to <= today ? to : null,
            dependsOn: at === 0 ? [] : before.map((each) => (each % at) + 1),
          });
        });
        const endOf = (work: Work): string => {
          if (work.doneOn !== null) return work.doneOn;
          if (work.isBegun) return work.to! > today ? work.to! : today;
          const earliest = [
            work.from!,
            today,
            ...work.dependsOn.map((each) => addDays(endOf(works[each - 1]), 1)),
          ]
            .sort()
            .at(-1)!;
          return addDays(earliest, daysBetween(work.from!, work.to!));
        };
        const found = forecast(works.toReversed(), today);
        for (const work of works)
          expect(found.get(work.itemNo)).toMatchObject({
            ends: endOf(work),
            lateDays: daysBetween(work.to!, endOf(work)),
          });
        // Whoever holds the last end up holds the whole up.
        const last = works.map(endOf).sort().at(-1)!;
        for (const work of works)
          if (endOf(work) === last && work.doneOn === null)
            expect(found.get(work.itemNo)!.isCritical).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('reckons a chain of 10,000 through at once', () => {
    const chain = Array.from({ length: 10_000 }, (_, n) =>
      task(n + 1, '2026-06-18', '2026-06-18', { dependsOn: n === 0 ? [] : [n] }),
    );
    const began = performance.now();
    const found = forecast(chain.toReversed(), today);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(found.get(10_000)).toEqual({
      starts: addDays(today, 9_999),
      ends: addDays(today, 9_999),
      lateDays: 9_999,
      isCritical: true,
    });
  });
});
