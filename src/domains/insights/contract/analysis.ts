import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { lineFilters } from '../../commerce/contract.ts';
import { dimensionNames, metricNames } from './figures.ts';

/** With what a period is compared: as long, right before it; or the same days a year earlier. */
export const reportComparisons = ['before', 'lastYear'] as const;
export type ReportComparison = (typeof reportComparisons)[number];

const period = z.object({ from: daySchema, to: daySchema });
/** A change as a plain decimal. Those of a list and its `rest` add up to the change it is of, exactly. */
const change = z.string();

/** What moved sales: buyers, orders of each, money for each order; or orders alone where many have no customer. */
export const salesFactors = ['buyers', 'frequency', 'orders', 'ticket'] as const;
/** Whose money it was: of people who bought for the first time ever, of people who came back, of nobody known. */
export const buyerGroups = ['new', 'returning', 'unknown'] as const;

const part = z.object({ key: z.string(), label: z.string(), now: z.string(), before: z.string(), change });

export const analysis = z.object({
  /** Sentences, what matters most first, then the shortest. */
  sentences: z.array(z.object({
    kind: z.enum(['moved', 'groups', 'factors', 'driver', 'ticket', 'outside', 'nothing']),
    tone: z.enum(['good', 'bad', 'neutral']),
    text: z.string(),
  })),
  /** What made up the change of sales. */
  sales: z.object({
    change,
    factors: z.array(z.object({ factor: z.enum(salesFactors), change })),
    groups: z.array(part.omit({ label: true }).extend({ key: z.enum(buyerGroups) })),
    dimensions: z.array(z.object({ dimension: z.enum(dimensionNames), rows: z.array(part), rest: change })),
  }),
  /** Days outside of what is usual for their weekday, and how that was reckoned. */
  outside: z.array(z.object({ metric: z.enum(metricNames), day: daySchema, value: z.string(), median: z.string(), low: z.string(), high: z.string(), weeks: z.number().int() })),
  period,
  before: period,
  dataVersion: z.number().int(),
  computedAt: z.iso.datetime(),
});
export type Analysis = z.output<typeof analysis>;

export const readAnalysis = endpoint({
  method: 'GET',
  path: '/api/insights/analysis',
  summary: 'What happened in a period, in words: what moved, what explains it, what is unusual',
  access: 'insights.read',
  query: z.object({ from: daySchema, to: daySchema, ...lineFilters, compare: z.enum(reportComparisons).default('before') }),
  reply: analysis,
});
