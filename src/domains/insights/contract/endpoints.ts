import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery } from '../../../kernel/page.ts';
import { lineFilters } from '../../commerce/contract.ts';
import { dimensionNames, figures, metricNames, timeDimensions } from './figures.ts';

const period = z.object({ from: daySchema, to: daySchema });

/** What every question of this domain is asked with. */
const asked = {
  /** Days of the brand's calendar, both included. */
  from: daySchema,
  to: daySchema,
  ...lineFilters,
  /** 1: computed now, not taken from an answer to the same question about the same data. */
  fresh: z.enum(['0', '1']).default('0').transform((value) => value === '1'),
};

/** Which data an answer is of, so that a number can say from what it was computed. */
const provenance = {
  period,
  /** The period before: as long, right before it; for whole months, as many months. */
  before: period,
  dataVersion: z.number().int(),
  computedAt: z.iso.datetime(),
};

const bucket = z.object({ start: daySchema, figures });

export const readOverview = endpoint({
  method: 'GET',
  path: '/api/insights/overview',
  summary: 'Every metric over a period and the period before, in all and by day, week or month',
  access: 'insights.read',
  query: z.object({ ...asked, by: z.enum(timeDimensions).default('day') }),
  reply: z.object({
    ...provenance,
    totals: figures,
    totalsBefore: figures,
    /** A bucket for each day, week or month of the period, whether anything happened or not. */
    series: z.array(bucket),
    seriesBefore: z.array(bucket),
    /** How far all order lines reach; null while there are none. */
    data: z.object({ lines: z.number().int(), firstAt: z.string(), lastAt: z.string() }).nullable(),
  }),
});

/** Which metrics a table holds, `metrics=sales&metrics=orders`; all when none is named. Fewer are quicker. */
const metricList = z
  .union([z.array(z.enum(metricNames)).max(metricNames.length), z.enum(metricNames)])
  .default([])
  .transform((given) => [given].flat());
const someFigures = figures.partial();

const breakdownParams = z.object({ dimension: z.enum(dimensionNames) });

/** Sorts by `key` or a metric; without a sort by sales, times by time. `q` searches the names of the rows. */
export const readBreakdown = endpoint({
  method: 'GET',
  path: '/api/insights/breakdowns/:dimension',
  summary: 'Every metric by channel, region, category, brand, product, day, week or month',
  access: 'insights.read',
  params: breakdownParams,
  query: pageQuery.extend({ ...asked, metrics: metricList }),
  reply: pageOf(
    z.object({
      /** The value that the filter of the same name takes; empty where the lines say nothing. */
      key: z.string(),
      /** A product's name, or the key. */
      label: z.string(),
      figures: someFigures,
      before: someFigures,
    }),
  ).extend({ ...provenance, totals: someFigures, totalsBefore: someFigures }),
});

/** `xlsx` has the total, formats of numbers, and a sheet that says what they mean. */
export const exportFormats = ['csv', 'xlsx'] as const;

export const exportBreakdown = endpoint({
  method: 'GET',
  path: '/api/insights/breakdowns/:dimension/export',
  summary: 'The same table as a CSV file or a workbook',
  access: 'insights.export',
  params: breakdownParams,
  query: pageQuery.pick({ sort: true, q: true }).extend({ ...asked, format: z.enum(exportFormats).default('csv') }),
  reply: z.string(),
  raw: true,
});
