import type { PlanMetric, Reading } from '../../contract.ts';

/** What is known of the figure of a lane; null where the lane has no metric. */
export type LaneFigure = { unit: PlanMetric['unit'] | null; state: Reading['state']; value: string | null } | null;

export const noStepReasons = ['no_metric', 'not_counts', 'no_figure', 'from_zero'] as const;
export type FunnelStep = { ratio: number } | { none: (typeof noStepReasons)[number] };

/**
 * The figure of a lane over that of the lane before it. It is told of two counts alone: money over people is no step of a funnel. The
 * people of the two need not be the same, so it is a ratio, and not the share of those who went on.
 */
export function stepBetween(before: LaneFigure, after: LaneFigure): FunnelStep {
  if (!before || !after) return { none: 'no_metric' };
  if ([before, after].some(({ state, value }) => state !== 'known' || value === null)) return { none: 'no_figure' };
  if (before.unit !== 'count' || after.unit !== 'count') return { none: 'not_counts' };
  return Number(before.value) === 0 ? { none: 'from_zero' } : { ratio: Number(after.value) / Number(before.value) };
}
