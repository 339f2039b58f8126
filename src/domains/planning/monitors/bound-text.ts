import type { MonitorBound } from '../contract.ts';

/** Within what a figure should stay, in words. */
export const boundText = (bound: MonitorBound, figure: (value: string) => string, word: (key: string, params: Record<string, unknown>) => string): string =>
  word(`monitors.bounds.${bound.is}`, { low: 'low' in bound ? figure(bound.low) : '', high: 'high' in bound ? figure(bound.high) : '' });
