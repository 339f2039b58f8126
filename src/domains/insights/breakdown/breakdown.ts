import type { z } from 'zod';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import type { Commerce } from '../../commerce/public.ts';
import type { DimensionName, Figures, MetricName, readBreakdown } from '../contract.ts';
import type { Answers } from '../question/answers.ts';
import { figuresOf } from '../question/shape.ts';

type BreakdownAsked = z.output<NonNullable<(typeof readBreakdown)['query']>>;

/** Every metric by the values of a dimension, a page of them, with the total over all. */
export async function breakdownOf(answers: Answers, products: Commerce['products'], dimension: DimensionName, query: BreakdownAsked): Promise<EndpointReply<typeof readBreakdown>> {
  const page = { limit: query.pageSize, offset: (query.page - 1) * query.pageSize };
  const { rows, total, rowCount, asked, dataVersion, computedAt } = await answers(query, dimension, page);
  const names = dimension === 'product' ? await products.namesOf(rows.map((row) => row.key)) : new Map<string, string>();
  return {
    rows: rows.map((row) => ({
      key: row.key,
      label: names.get(row.key) ?? row.key,
      figures: picked(figuresOf(row, 'now'), asked.metrics),
      before: picked(figuresOf(row, 'before'), asked.metrics),
    })),
    total: rowCount,
    totals: picked(figuresOf(total, 'now'), asked.metrics),
    totalsBefore: picked(figuresOf(total, 'before'), asked.metrics),
    period: asked.period,
    before: asked.before,
    dataVersion,
    computedAt,
  };
}

const picked = (figures: Figures, metrics: MetricName[]): Partial<Figures> =>
  Object.fromEntries(metrics.map((metric) => [metric, figures[metric]]));
