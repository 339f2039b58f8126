import type { Metric } from '../../insights/public.ts';
import type { Question } from '../../insights/contract.ts';
import type { Days, FigureAsked } from '../contract.ts';

/** Figures that one question answers. */
export interface Batch {
  asked: FigureAsked[];
  question: Question;
  /** Its rows are months; what stands at an end has none. */
  isByMonth: boolean;
}

/** As many as one question may ask for. */
const mostMetrics = 20;

/** As few questions as there are tables and filters: what is of one table is asked together, so that it is known whether anything was recorded at all. */
export function batchesOf(asked: readonly FigureAsked[], metricOf: (name: string) => Metric, period: Days): Batch[] {
  const groups = Map.groupBy(asked, ({ metric, filter }) => JSON.stringify([metricOf(metric).table, metricOf(metric).isStanding ?? false, filter?.dimension, filter?.value]));
  return [...groups.values()].flatMap((group) => {
    const { filter } = group[0];
    const isByMonth = !metricOf(group[0].metric).isStanding;
    const names = [...new Set(group.map(({ metric }) => metric))].sort();
    return Array.from({ length: Math.ceil(names.length / mostMetrics) }, (_, n): Batch => {
      const metrics = names.slice(n * mostMetrics, (n + 1) * mostMetrics);
      return {
        asked: group.filter(({ metric }) => metrics.includes(metric)),
        isByMonth,
        question: {
          metrics, dimensions: isByMonth ? ['month'] : [], filters: filter ? [{ dimension: filter.dimension, test: 'in', values: [filter.value] }] : [],
          period: { from: period.from, to: period.to }, compare: 'none', sort: null, limit: 1_000,
        },
      };
    });
  });
}
