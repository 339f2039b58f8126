import { useFormat } from '../../../../web/kit.ts';
import { type Figures, type MetricName, metricTraits } from '../../contract.ts';

/** Writes a metric's value for a person; `compact` shortens large money and numbers. */
export type FigureText = (metric: MetricName, figures: Partial<Figures>, compact?: boolean) => string;

export function useFigureText(): FigureText {
  const format = useFormat();
  return (metric, figures, compact = false) => {
    const value = figures[metric];
    if (metricTraits[metric].unit === 'money') return compact ? format.compactMoney(value) : format.money(value);
    return compact ? format.compact(value) : format.number(value);
  };
}

/** A metric as a number to draw with; exact enough for a screen. */
export const drawn = (metric: MetricName, figures: Partial<Figures>): number => Number(figures[metric] ?? 0);
