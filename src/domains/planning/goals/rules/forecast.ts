import { type Day, daysBetween } from '../../../../kernel/day.ts';
import type { Days, FigureNature, ForecastMethod, GoalStatus } from '../../contract.ts';

export interface ForecastAsked {
  nature: FigureNature;
  days: Days;
  /** The last day that is over. */
  until: Day;
  actual: number | null;
  /** The same period a year before: all of it, and as much of it as is over of this one. */
  lastYear: { whole: number; soFar: number } | null;
  /** What stood before the period began. */
  start: number | null;
}

export interface Forecast {
  value: number | null;
  method: ForecastMethod;
}

/** Of less than this part of a period nobody can tell how it ends. */
const leastShare = 0.05;

/**
 * What a period will come to. What is counted within it: as much as there is, times what last year's whole period was of the same part
 * of it (the ratio method of seasonal forecasts: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2, with
 * the level of this year); without a last year, at the pace so far. A level stays as it is. What stands goes on along the straight line
 * from the period's beginning (their drift method). In the first twentieth of a period there is none.
 */
export function forecastOf({ nature, days: { from, to }, until, actual, lastYear, start }: ForecastAsked): Forecast {
  if (actual === null) return { value: null, method: 'none' };
  if (until >= to) return { value: actual, method: 'done' };
  const share = (daysBetween(from, until) + 1) / (daysBetween(from, to) + 1);
  if (share < leastShare) return { value: null, method: 'early' };
  if (nature === 'level') return { value: actual, method: 'level' };
  if (nature === 'standing') return start === null ? { value: null, method: 'none' } : { value: start + (actual - start) / share, method: 'trend' };
  if (lastYear && lastYear.soFar > 0 && lastYear.whole > 0) return { value: (actual * lastYear.whole) / lastYear.soFar, method: 'season' };
  return { value: actual / share, method: 'pace' };
}

/** Whether a figure is as good as its path, within a part of it. A path of zero has no part: whatever is worse is off. */
export function statusOf(actual: number | null, path: number | null, better: 'higher' | 'lower', tolerancePercent: number): GoalStatus {
  if (actual === null || path === null) return 'none';
  const lead = better === 'higher' ? actual - path : path - actual;
  const slack = (Math.abs(path) * tolerancePercent) / 100;
  // Shares of days are no exact numbers: a billionth is nothing.
  const nothing = Math.abs(path) * 1e-9;
  if (lead < -slack - nothing) return 'off';
  return lead > slack + nothing ? 'ahead' : 'on';
}

/** Of the way to a target; null where there is no way. */
export function progressOf(nature: FigureNature, actual: number | null, target: number | null, baseline: number | null, better: 'higher' | 'lower'): number | null {
  if (actual === null || target === null) return null;
  const stands = nature === 'level' || nature === 'standing';
  const from = stands ? (baseline ?? 0) : 0;
  if (target === from) return null;
  const isMet = (value: number): boolean => (better === 'higher' ? value >= target : value <= target);
  // What begins beyond its target has no way to go: it is still there, or it is not.
  if (stands && isMet(from)) return isMet(actual) ? 1 : 0;
  return (actual - from) / (target - from);
}
