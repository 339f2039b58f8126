import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type FigureAsked, listPlanMetrics, type PlanMetric } from '../../contract.ts';

/** How metrics and their values are written; a metric nobody counts any more keeps its name. */
export function useMetricText() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const { data } = useEndpoint(listPlanMetrics, {}, { freshForMs: 300_000 });
  const metric = useCallback((name: string): PlanMetric | undefined => data?.metrics.find((each) => each.name === name), [data]);
  const label = useCallback(({ metric: name, filter }: FigureAsked): string => {
    const text = metric(name)?.label ?? name;
    return filter ? t('figures.narrowed', { metric: text, value: filter.value }) : text;
  }, [metric, t]);
  const value = useCallback((text: string | number | null | undefined, unit: PlanMetric['unit'] | null, isCompact = false): string => {
    if (unit === 'money') return isCompact ? format.compactMoney(text) : format.money(text);
    if (unit === 'percent') return format.percent(text === null || text === undefined ? null : Number(text));
    // A forecast of people is a figure with decimals: nobody is a third of a person.
    const whole = unit === 'count' && text !== null && text !== undefined ? Math.round(Number(text)) : text;
    return isCompact ? format.compact(whole) : format.number(whole, 2);
  }, [format]);
  return { metric, label, value };
}
