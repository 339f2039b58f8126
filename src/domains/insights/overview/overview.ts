import type { z } from 'zod';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { readOverview, TimeDimension } from '../contract.ts';
import type { Answered, Answers } from '../question/answers.ts';
import { bucketsOf, type Period } from '../question/period.ts';
import { figuresOf, type Side } from '../question/shape.ts';
import { readDataExtent } from './data-extent.ts';

type OverviewAsked = z.output<NonNullable<(typeof readOverview)['query']>>;

/** Every metric of a period and of the one before, in all and over time. */
export async function overviewOf(platform: Platform, answers: Answers, query: OverviewAsked): Promise<EndpointReply<typeof readOverview>> {
  const [answered, data] = await Promise.all([answers(query, query.by, null), readDataExtent(platform)]);
  const { asked, total, dataVersion, computedAt } = answered;
  return {
    period: asked.period,
    before: asked.before,
    dataVersion,
    computedAt,
    totals: figuresOf(total, 'now'),
    totalsBefore: figuresOf(total, 'before'),
    series: seriesOf(answered, asked.period, query.by, 'now'),
    seriesBefore: seriesOf(answered, asked.before, query.by, 'before'),
    data,
  };
}

function seriesOf({ rows }: Answered, period: Period, by: TimeDimension, side: Side) {
  const byStart = new Map(rows.map((row) => [row.key, row]));
  return bucketsOf(period, by).map((start) => ({ start, figures: figuresOf(byStart.get(start), side) }));
}
