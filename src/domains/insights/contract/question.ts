import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';

/** The name of a metric or dimension: `sales`, `membership.points_granted`. */
export const registryName = z.string().max(60).regex(/^[a-z][A-Za-z0-9_]*(\.[a-z][A-Za-z0-9_]*)?$/);

/** Periods that move on with the calendar. `last…` of days end yesterday: today is not over yet. */
export const relativePeriods = [
  'today', 'yesterday', 'last7', 'last30', 'last90', 'last365', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth',
  'thisQuarter', 'lastQuarter', 'thisYear', 'lastYear',
] as const;
export type RelativePeriod = (typeof relativePeriods)[number];

/** Days of the brand's calendar, both included, or a period that moves on. */
export const questionPeriod = z.union([z.object({ relative: z.enum(relativePeriods) }), z.object({ from: daySchema, to: daySchema })]);
export type QuestionPeriod = z.output<typeof questionPeriod>;

const text = z.string().max(200);

/** Which facts count. `not_in` holds for facts that say nothing, too; `contains` does not tell capitals from small letters. */
export const questionFilter = z.discriminatedUnion('test', [
  z.object({ dimension: registryName, test: z.enum(['in', 'not_in']), values: z.array(text).min(1).max(500) }),
  z.object({ dimension: registryName, test: z.literal('contains'), value: text.min(1) }),
]);
export type QuestionFilter = z.output<typeof questionFilter>;

/** What a period is compared with: nothing, the period before, the same days of the year before, or targets. */
export const comparisons = ['none', 'before', 'lastYear', 'target'] as const;
export type Comparison = (typeof comparisons)[number];

export const mostQuestionRows = 1_000;

/** Metrics by up to three dimensions. */
export const question = z.object({
  metrics: z.array(registryName).min(1).max(20),
  dimensions: z.array(registryName).max(3).default([]),
  filters: z.array(questionFilter).max(20).default([]),
  period: questionPeriod,
  compare: z.enum(comparisons).default('none'),
  /** By a metric or a dimension of the question; without, times by time and everything else by the first metric. */
  sort: z.object({ by: registryName, descending: z.boolean() }).nullable().default(null),
  /** How many rows; totals are of all of them. */
  limit: z.number().int().min(1).max(mostQuestionRows).default(mostQuestionRows),
});
export type QuestionAsked = z.input<typeof question>;
export type Question = z.output<typeof question>;

/** Money and quantities are exact decimals as text, counts whole numbers, shares numbers of which 1 is all; null where there is nothing to divide by. */
export const figure = z.union([z.string(), z.number()]).nullable();
export type Figure = z.output<typeof figure>;
export const figureRecord = z.record(z.string(), figure);

export const metricUnits = ['money', 'count', 'quantity', 'percent'] as const;
export type MetricUnit = (typeof metricUnits)[number];

/** A column of an answer: a dimension first to last, then the metrics. */
export const answerColumn = z.object({
  key: z.string(),
  kind: z.enum(['dimension', 'metric']),
  label: z.string(),
  definition: z.string(),
  unit: z.enum(metricUnits).nullable(),
  more: z.enum(['good', 'bad', 'neutral']),
  /** Parts add up to the whole. People do not: one person buys in two channels. */
  isAdditive: z.boolean(),
  /** Its numbers stand for people, who can be shown. */
  hasPeople: z.boolean(),
});
export type AnswerColumn = z.output<typeof answerColumn>;

const period = z.object({ from: daySchema, to: daySchema });
const answerRow = z.object({
  /** One a dimension: the values that filters take; empty where the facts say nothing. */
  keys: z.array(z.string()),
  labels: z.array(z.string()),
  figures: figureRecord,
  /** Of the period compared with, or the targets; null where there is nothing to compare with. */
  against: figureRecord.nullable(),
});
export type QuestionRow = z.output<typeof answerRow>;

/** Rows, totals over all of them, and which data they are of. */
export const answer = z.object({
  columns: z.array(answerColumn),
  rows: z.array(answerRow),
  /** How many rows there are in all. */
  total: z.number().int(),
  totals: figureRecord,
  totalsAgainst: figureRecord.nullable(),
  provenance: z.object({
    period,
    against: period.nullable(),
    compare: z.enum(comparisons),
    dataVersion: z.number().int(),
    computedAt: z.iso.datetime(),
    timeZone: z.string(),
    currency: z.string(),
    /** Lines in another currency than the brand's: their amounts are added as they are, not converted. */
    linesInOtherCurrency: z.number().int(),
  }),
});
export type AnswerReply = z.output<typeof answer>;

/** A number of an answer: a metric of a question where its dimensions have these values; none of them for its total. */
export const cellOf = z.object({
  kind: z.literal('cell'),
  question,
  metric: registryName,
  at: z.array(z.object({ dimension: registryName, key: text })).max(3).default([]),
});
export type CellOf = z.output<typeof cellOf>;
