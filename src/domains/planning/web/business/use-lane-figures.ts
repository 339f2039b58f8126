import { presetRange, todayIn, useEndpoint, useSession } from '../../../../web/kit.ts';
import { type Lane, readFigures, type Reading } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';

export const lanePeriods = ['thisYear', 'last30'] as const;
export type LanePeriod = (typeof lanePeriods)[number];

/** While something is still being counted. */
const pendingMs = 1_500;

/** The live figures of the lanes that have a metric, and the days they are of. */
export function useLaneFigures(plans: readonly PlanItem<'lane_plan'>[], preset: LanePeriod) {
  const period = presetRange(preset, todayIn(useSession().brand.timeZone));
  const measured = plans.flatMap(({ body: { lane, metric } }) => (metric === null ? [] : [{ lane, metric }]));
  const read = useEndpoint(readFigures, { body: { asked: measured.map(({ metric }) => ({ metric, filter: null })), period } }, {
    enabled: measured.length > 0,
    refreshMs: (found) => (found?.readings.some(({ state }) => state === 'pending') ? pendingMs : false),
  });
  // The reply before it is of other metrics, or of other days.
  const readings = read.isPlaceholderData ? [] : (read.data?.readings ?? []);
  const figures = new Map<Lane, Reading>(measured.flatMap(({ lane }, n) => (readings[n] ? [[lane, readings[n]] as const] : [])));
  const [oldest] = [...figures.values()].flatMap(({ computedAt }) => computedAt ?? []).toSorted();
  return { figures, period, computedAt: oldest, error: read.error, retry: () => void read.refetch() };
}
