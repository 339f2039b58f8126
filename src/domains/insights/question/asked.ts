import { dayIn, type Day } from '../../../kernel/day.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Brand } from '../../../platform/settings.ts';
import { type Comparison, type Question, type QuestionFilter, timeDimensions, type TimeDimension } from '../contract.ts';
import type { Registry } from '../registry/registry.ts';
import { bucketsOf, daysOf, type Period, periodBefore, relativeBefore, yearBefore } from './period.ts';

/** One question as it was meant: every word checked against the registry, nothing of the database in it yet. */
export interface Asked {
  metrics: string[];
  dimensions: string[];
  filters: QuestionFilter[];
  period: Period;
  compare: Comparison;
  /** Whose facts stand beside those of the period; null where there is nothing to compare with, or a target. */
  against: Period | null;
  /** By a metric or a dimension of the question. */
  sort: { by: string; descending: boolean };
  /** Null for all rows. */
  page: { limit: number; offset: number } | null;
  timeZone: string;
  /** The brand's: amounts in another are not converted, and said to be there. */
  currency: string;
  today: Day;
}

/** More days than anyone looks at one by one. */
const mostBuckets = 4_000;

export const isTime = (dimension: string): dimension is TimeDimension => timeDimensions.some((name) => name === dimension);

/**
 * Reads a question: 400 where a word is not in the registry, a metric cannot be told apart or narrowed by a dimension,
 * the period ends before it begins or is too long, or rows cannot be sorted so.
 */
export function readAsked(registry: Registry, question: Question, page: Asked['page'], brand: Brand, now: Date): Asked {
  const today = dayIn(brand.timeZone, now);
  const period = daysOf(question.period, today);
  if (period.to < period.from) throw badField('period', 'insights.period_backwards');
  const dimensions = [...new Set(question.dimensions)];
  const metrics = [...new Set(question.metrics)];
  refuseStrangers(registry, metrics, [...dimensions, ...question.filters.map((filter) => filter.dimension)]);
  for (const name of dimensions.filter(isTime)) {
    if (bucketsOf(period, name).length > mostBuckets) throw badField('period', 'insights.period_too_long', { most: mostBuckets });
  }
  const allowed = [...dimensions, ...metrics];
  if (question.sort && !allowed.includes(question.sort.by)) throw badField('sort', 'insights.bad_sort', { allowed: allowed.join(', ') });
  const byTime = dimensions.find(isTime);
  return {
    metrics,
    dimensions,
    filters: question.filters,
    period,
    compare: question.compare,
    against: againstOf(question, period),
    sort: question.sort ?? (byTime ? { by: byTime, descending: false } : { by: metrics[0], descending: true }),
    page,
    timeZone: brand.timeZone,
    currency: brand.currency,
    today,
  };
}

function againstOf({ compare, period: asked }: Question, period: Period): Period | null {
  if (compare === 'before') return 'relative' in asked ? relativeBefore(asked.relative, period) : periodBefore(period);
  if (compare !== 'lastYear') return null;
  const against = yearBefore(period);
  if (against.to >= period.from) throw badField('compare', 'insights.longer_than_a_year');
  return against;
}

/** Each metric has to go with each dimension that rows or filters use. */
function refuseStrangers(registry: Registry, metrics: string[], dimensions: string[]): void {
  for (const metric of metrics.map(registry.metric)) {
    for (const dimension of dimensions.map(registry.dimension)) {
      if (registry.combines(metric, dimension)) continue;
      throw new Problem('insights.do_not_combine', { status: 400, params: { metric: metric.words, dimension: dimension.words }, fields: [{ path: 'body.dimensions', code: 'do_not_combine' }] });
    }
  }
}

const badField = (field: string, code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 400, params, fields: [{ path: `body.${field}`, code: code.split('.')[1] }] });
