import type { z } from 'zod';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import type { Platform } from '../../../platform/platform.ts';
import { figures, metricNames, mostQuestionRows, type readOverview } from '../contract.ts';
import type { Answers } from '../question/answers.ts';
import { filtersOf } from '../question/line-filters.ts';
import { bucketsOf } from '../question/period.ts';
import { readDataExtent } from './data-extent.ts';

type OverviewAsked = z.output<NonNullable<(typeof readOverview)['query']>>;

/** Every metric of a period and of the one before, in all and over time. */
export async function overviewOf(platform: Platform, answers: Answers, query: OverviewAsked): Promise<EndpointReply<typeof readOverview>> {
  const { from, to, by } = query;
  const question = {
    metrics: [...metricNames], dimensions: [by], filters: filtersOf(query), period: { from, to }, compare: 'before' as const, sort: null, limit: mostQuestionRows,
  };
  const [{ asked, rows, beyond, totals, totalsAgainst, dataVersion, computedAt }, data] = await Promise.all([
    answers(question, null, query.fresh), readDataExtent(platform),
  ]);
  const before = asked.against ?? asked.period;
  const against = [...rows, ...beyond].map((row) => row.against).filter((figures) => figures !== null);
  return {
    period: asked.period,
    before,
    dataVersion,
    computedAt,
    totals: figures.parse(totals),
    totalsBefore: figures.parse(totalsAgainst),
    series: rows.map((row) => ({ start: row.keys[0], figures: figures.parse(row.figures) })),
    seriesBefore: bucketsOf(before, by).map((start, at) => ({ start, figures: figures.parse(against[at]) })),
    data,
  };
}
