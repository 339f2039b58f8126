import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { metricUnits, registryName } from '../../insights/contract.ts';

/** A metric of the registry, in all or where a dimension has a value. */
export const figureAsked = z.object({ metric: registryName, filter: z.object({ dimension: registryName, value: z.string().max(200) }).nullable().default(null) });
export type FigureAsked = z.output<typeof figureAsked>;

/**
 * Whether there is a figure. `no_data`: nothing at all was recorded in the period, which is not zero. `not_begun`: all of the period is
 * still to come. `not_in_registry`: nobody counts this metric, or not by this dimension, any more. `pending`: it is being counted.
 */
export const readingStates = ['known', 'no_data', 'not_begun', 'not_in_registry', 'pending'] as const;
export type ReadingState = (typeof readingStates)[number];

const days = z.object({ from: daySchema, to: daySchema });
const reading = z.object({
  state: z.enum(readingStates),
  /** A plain decimal; of a share 1 is all. Null where there is none. */
  value: z.string().nullable(),
  period: days,
  computedAt: z.iso.datetime().nullable(),
  /** Of what happens within a period, by month (cut to the period); empty for what stands at its end. */
  months: z.array(z.object({ month: daySchema, value: z.string().nullable() })),
});
export type Reading = z.output<typeof reading>;

/**
 * How figures of parts make that of the whole: they add up; each part counts for itself (people); it is a level that does not depend on
 * how long one looks (a rate, an average); it is what stands at the end.
 */
export const figureNatures = ['sum', 'distinct', 'level', 'standing'] as const;
export type FigureNature = (typeof figureNatures)[number];

const metric = z.object({
  name: z.string(), label: z.string(), definition: z.string(), subject: z.string(), unit: z.enum(metricUnits), more: z.enum(['good', 'bad', 'neutral']), nature: z.enum(figureNatures),
  /** What it can be narrowed by. */
  dimensions: z.array(z.string()),
});
export type PlanMetric = z.output<typeof metric>;

export const listPlanMetrics = endpoint({
  method: 'GET', path: '/api/planning/metrics', summary: 'Every live metric a plan can be bound to, in the language of the request', access: 'planning.read',
  reply: z.object({ metrics: z.array(metric), dimensions: z.array(z.object({ name: z.string(), label: z.string() })) }),
});
export const readFigures = endpoint({
  method: 'POST', path: '/api/planning/figures', summary: 'What metrics came to in a period, all at once', access: 'planning.read',
  body: z.object({ asked: z.array(figureAsked).min(1).max(200), period: days.refine(({ from, to }) => from <= to, { path: ['to'], params: { said: 'before_start' } }) }),
  reply: z.object({ readings: z.array(reading) }),
});
