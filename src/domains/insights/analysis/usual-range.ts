/** Same weekdays before a day that its usual range is made of. */
export const weeksBack = 8;
const fewestWeeks = 6;

/** Makes the median absolute deviation an estimate of the standard deviation where values are normal. */
const consistency = 1.4826;
/** The limit of the modified z-score (Iglewicz, B. and Hoaglin, D. C. (1993), "How to detect and handle outliers", 11). */
const limit = 3.5;
/** What is nearer to the median is no news, however even the weeks before were. */
const leastShare = 0.1;

export interface UsualRange {
  median: number;
  low: number;
  high: number;
  /** How many days it is made of. */
  weeks: number;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Where a day's value usually lies: the median of the same weekday in the weeks before, give or take 3.5 times 1.4826 the
 * median absolute deviation from it. One great day among the weeks before moves neither. What is counted scatters by the root of
 * its number at least (Poisson), so that three instead of one is no news. Null for fewer than six weeks.
 */
export function usualRange(values: readonly number[], isCount: boolean): UsualRange | null {
  if (values.length < fewestWeeks) return null;
  const median = medianOf(values);
  const deviation = medianOf(values.map((value) => Math.abs(value - median)));
  const scatter = isCount ? Math.sqrt(Math.max(1, median)) : 0;
  const width = Math.max(limit * Math.max(consistency * deviation, scatter), leastShare * Math.abs(median));
  return { median, low: Math.max(0, median - width), high: median + width, weeks: values.length };
}

export interface OutsideDay {
  at: number;
  value: number;
  range: UsualRange;
  /** How far outside, in widths of the range: what is told of first. */
  distance: number;
}

/**
 * Days of a series that lie outside of their usual range, the furthest first. Only days from `from` on are judged;
 * the days before it are what they are judged by.
 */
export function daysOutside(series: readonly number[], from: number, isCount = false): OutsideDay[] {
  return series.flatMap((value, at) => {
    if (at < from) return [];
    const before = Array.from({ length: weeksBack }, (_, week) => at - 7 * (week + 1)).filter((index) => index >= 0).map((index) => series[index]);
    const range = usualRange(before, isCount);
    if (!range || (value >= range.low && value <= range.high)) return [];
    const width = Math.max(range.high - range.median, Number.EPSILON);
    return [{ at, value, range, distance: Math.abs(value - range.median) / width }];
  }).toSorted((a, b) => b.distance - a.distance || a.at - b.at);
}
