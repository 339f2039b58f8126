import { parseSort } from '../../../kernel/page.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Brand } from '../../../platform/settings.ts';
import type { LineFilters } from '../../commerce/contract.ts';
import { type DimensionName, metricNames, type MetricName, timeDimensions, type TimeDimension } from '../contract.ts';
import { bucketsOf, type Period, periodBefore } from './period.ts';

export type SortField = MetricName | 'key';

/** One question as it was meant: every word checked, nothing of the database in it yet. */
export interface Asked {
  dimension: DimensionName;
  period: Period;
  before: Period;
  /** Which metrics the answer holds. */
  metrics: MetricName[];
  filters: LineFilters;
  /** A part of what the rows are called; empty for all rows. */
  search: string;
  sort: { field: SortField; descending: boolean };
  /** Null for all rows. */
  page: { limit: number; offset: number } | null;
  timeZone: string;
  /** The brand's: amounts in another are not converted, and said to be there. */
  currency: string;
}

/** What endpoints of this domain are asked with. */
export type AskedQuery = LineFilters & { from: string; to: string; q?: string | undefined; sort?: string | undefined; metrics?: MetricName[] };

const sortFields: readonly SortField[] = ['key', ...metricNames];

/** More days than anyone looks at one by one. */
const mostBuckets = 4_000;

export const isTime = (dimension: DimensionName): dimension is TimeDimension =>
  timeDimensions.some((name) => name === dimension);

/** Reads a request: 400 where the period ends before it begins, is too long, or rows cannot be sorted or searched so. */
export function readAsked(query: AskedQuery, dimension: DimensionName, page: Asked['page'], brand: Brand): Asked {
  const period = { from: query.from, to: query.to };
  if (period.to < period.from) throw badField('to', 'insights.period_backwards');
  const sort = parseSort(query.sort, sortFields);
  if (query.sort && !sort) throw badField('sort', 'insights.bad_sort', { allowed: sortFields.join(', ') });
  if (isTime(dimension)) {
    if (query.q) throw badField('q', 'insights.times_have_no_names');
    if (bucketsOf(period, dimension).length > mostBuckets) throw badField('to', 'insights.period_too_long', { most: mostBuckets });
  }
  const usualSort = isTime(dimension) ? ({ field: 'key', descending: false } as const) : ({ field: 'sales', descending: true } as const);
  const { channel, region, category, brand: brands, product } = query;
  return {
    dimension,
    period,
    before: periodBefore(period),
    metrics: query.metrics?.length ? metricNames.filter((name) => query.metrics?.includes(name)) : [...metricNames],
    filters: { channel, region, category, brand: brands, product },
    search: query.q ?? '',
    sort: sort ?? usualSort,
    page,
    timeZone: brand.timeZone,
    currency: brand.currency,
  };
}

const badField = (field: string, code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 400, params, fields: [{ path: `query.${field}`, code: code.split('.')[1] }] });
