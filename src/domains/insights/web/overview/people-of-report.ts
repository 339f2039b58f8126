import type { DayRange } from '../../../../web/kit.ts';
import { type CellOf, type MetricName, question } from '../../contract.ts';
import type { FieldFilters } from './use-field-filters.ts';

/** The people behind a number of an overview or a breakdown. */
export const peopleOfReport = (metric: MetricName, period: DayRange, filters: FieldFilters, at: CellOf['at'] = []): CellOf => ({
  kind: 'cell',
  metric,
  at,
  question: question.parse({
    metrics: [metric],
    period,
    filters: Object.entries(filters).flatMap(([dimension, values]) => (values.length > 0 ? [{ dimension, test: 'in', values }] : [])),
  }),
});
