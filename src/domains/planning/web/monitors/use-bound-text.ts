import { useTranslation } from 'react-i18next';
import type { MonitorBound, PlanMetric } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';

/** Says within what a figure should stay; `countedIn` is what typed figures are counted in. */
export function useBoundText(): (bound: MonitorBound, unit: PlanMetric['unit'] | null, countedIn: string) => string {
  const { t } = useTranslation('planning');
  const text = useMetricText();
  return (bound, unit, countedIn) => {
    const figure = (value: string): string => `${text.value(value, unit)}${countedIn}`;
    return t(`monitors.bounds.${bound.is}`, { low: 'low' in bound ? figure(bound.low) : '', high: 'high' in bound ? figure(bound.high) : '' });
  };
}
