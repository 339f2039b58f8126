import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { daysOutside, medianOf, usualRange, weeksBack } from './usual-range.ts';

/** So many weeks in which weekends are three times as good, each day a little off. */
function weeks(count: number, noise: number): number[] {
  const random = seededRandom(7);
  return Array.from(
    { length: count * 7 },
    (_, day) => (day % 7 >= 5 ? 300 : 100) * (1 + noise * (random() * 2 - 1)),
  );
}

describe('the usual range', () => {
  it('is the median, give or take 3.5 times 1.4826 the median absolute deviation', () => {
    const values = [90, 94, 98, 100, 102, 106, 110, 104];
    const range = usualRange(values, false);
    expect(medianOf(values)).toBe(101);
    // Deviations are 11, 7, 3, 1, 1, 5, 9, 3: their median is 4.
    expect(range).toMatchObject({ median: 101, weeks: 8 });
    expect(range?.high).toBeCloseTo(101 + 3.5 * 1.4826 * 4, 10);
    expect(range?.low).toBeCloseTo(101 - 3.5 * 1.4826 * 4, 10);
  });

  it('is moved by no single day, however great', () => {
    const usual = usualRange([90, 94, 98, 100, 102, 106, 110, 104], false);
    const withFestival = usualRange(
      [90, 94, 98, 100, 102, 106, 110, 50_000],
      false,
    );
    expect(withFestival?.high).toBeLessThan((usual?.high ?? 0) * 1.1);
  });

  it('is a tenth of the median at least, reaches not below nothing, and needs six weeks', () => {
    expect(usualRange([100, 100, 100, 100, 100, 100], false)).toMatchObject({
      low: 90,
      high: 110,
    });
    expect(usualRange([0, 100, 0, 90, 5, 80, 10], false)?.low).toBe(0);
    expect(usualRange([1, 2, 3, 4, 5], false)).toBeNull();
  });
});

describe('the usual range of what is counted', () => {
  it('is as wide as chance alone makes it: the root of the number, three and a half times', () => {
    expect(usualRange([0, 0, 0, 0, 0, 0], true)).toMatchObject({
      low: 0,
      high: 3.5,
    });
    expect(usualRange([100, 100, 100, 100, 100, 100], true)).toMatchObject({
      low: 65,
      high: 135,
    });
    expect(
      usualRange(
        [1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000],
        true,
      )?.high,
    ).toBe(1_100_000);
  });
});

describe('days outside of it', () => {
  it('are none where every week is like the ones before, weekends or not', () => {
    expect(daysOutside(weeks(12, 0.05), weeksBack * 7)).toEqual([]);
  });

  it('are told of by the same weekday: a Monday like a Saturday is news, a Saturday is not', () => {
    const series = weeks(9, 0.05);
    series[weeksBack * 7] = 300;
    const found = daysOutside(series, weeksBack * 7);
    expect(found.map(({ at }) => at)).toEqual([weeksBack * 7]);
    expect(found[0]).toMatchObject({ value: 300, range: { weeks: weeksBack } });
  });

  it('come with the furthest first, both above and below', () => {
    const series = weeks(9, 0.05);
    series[weeksBack * 7 + 1] = 0;
    series[weeksBack * 7 + 2] = 900;
    expect(
      daysOutside(series, weeksBack * 7).map(({ at }) => at - weeksBack * 7),
    ).toEqual([2, 1]);
  });

  it('are judged from the day asked for on, and only where there are weeks enough before', () => {
    const series = weeks(9, 0.05);
    series[10] = 9_000;
    expect(daysOutside(series, 0).map(({ at }) => at)).toEqual([]);
    series[6 * 7] = 9_000;
    expect(daysOutside(series, 0).map(({ at }) => at)).toEqual([6 * 7]);
    expect(daysOutside(series, 6 * 7 + 1)).toEqual([]);
  });
});
