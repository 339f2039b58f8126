import type { z } from 'zod';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import { parseSort } from '../../../kernel/page.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Commerce } from '../../commerce/public.ts';
import { type DimensionName, figures, metricNames, mostQuestionRows, type readBreakdown } from '../contract.ts';
import type { Answers } from '../question/answers.ts';
import { isTime } from '../question/asked.ts';
import { filtersOf } from '../question/line-filters.ts';

type BreakdownAsked = z.output<NonNullable<(typeof readBreakdown)['query']>>;

const sortFields = ['key', ...metricNames] as const;
const someFigures = figures.partial();

/** Every metric by the values of a dimension, a page of them, with the total over all. */
export async function breakdownOf(answers: Answers, products: Commerce['products'], dimension: DimensionName, query: BreakdownAsked): Promise<EndpointReply<typeof readBreakdown>> {
  const { question, metrics } = questionOf(dimension, query);
  const page = { limit: query.pageSize, offset: (query.page - 1) * query.pageSize };
  const { rows, rowCount, totals, totalsAgainst, asked, dataVersion, computedAt } = await answers(question, page, query.fresh);
  const names = dimension === 'product' ? await products.namesOf(rows.map((row) => row.keys[0])) : new Map<string, string>();
  const picked = (given: object | null) => {
    const all = someFigures.parse(given ?? {});
    return Object.fromEntries(metrics.flatMap((metric) => (metric in all ? [[metric, all[metric]]] : [])));
  };
  return {
    rows: rows.map(({ keys: [key], ...row }) => ({ key, label: names.get(key) ?? key, figures: picked(row.figures), before: picked(row.against) })),
    total: rowCount,
    totals: picked(totals),
    totalsBefore: picked(totalsAgainst),
    period: asked.period,
    before: asked.against ?? asked.period,
    dataVersion,
    computedAt,
  };
}

/** 400 where rows cannot be sorted or searched so. */
function questionOf(dimension: DimensionName, query: BreakdownAsked) {
  const { from, to, q } = query;
  const sort = parseSort(query.sort, sortFields);
  if (query.sort && !sort) throw badField('sort', 'insights.bad_sort', { allowed: sortFields.join(', ') });
  if (q && isTime(dimension)) throw badField('q', 'insights.times_have_no_names');
  const metrics = query.metrics.length > 0 ? metricNames.filter((name) => query.metrics.includes(name)) : metricNames;
  const by = sort ?? (isTime(dimension) ? { field: 'key' as const, descending: false } : { field: 'sales' as const, descending: true });
  return {
    metrics,
    question: {
      metrics: by.field === 'key' ? metrics : [...new Set([...metrics, by.field])],
      dimensions: [dimension],
      filters: [...filtersOf(query), ...(q ? [{ dimension, test: 'contains' as const, value: q }] : [])],
      period: { from, to },
      compare: 'before' as const,
      sort: { by: by.field === 'key' ? dimension : by.field, descending: by.descending },
      limit: mostQuestionRows,
    },
  };
}

const badField = (field: string, code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 400, params, fields: [{ path: `query.${field}`, code: code.split('.')[1] }] });
