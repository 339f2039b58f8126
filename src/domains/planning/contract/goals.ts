import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { figureNatures, readingStates } from './figures.ts';
import { periodUnits, planPeriod } from './periods.ts';
import { planParams } from './plans.ts';

/** Where the target of a period comes from: it was set; its parts were; it is shared out as last year went, or by days; as of the whole; on the line between two. */
export const targetOrigins = ['set', 'parts', 'season', 'even', 'same', 'between', 'none'] as const;
export type TargetOrigin = (typeof targetOrigins)[number];
/** How a forecast is made; `early` is too soon to say. */
export const forecastMethods = ['season', 'pace', 'level', 'trend', 'done', 'early', 'none'] as const;
export type ForecastMethod = (typeof forecastMethods)[number];
export const goalStatuses = ['ahead', 'on', 'off', 'none'] as const;
export type GoalStatus = (typeof goalStatuses)[number];

const model = z.number().nullable();
export const goalStateSchema = z.object({
  itemNo: z.number().int(), period: planPeriod, days: z.object({ from: daySchema, to: daySchema }), nature: z.enum(figureNatures),
  target: model, origin: z.enum(targetOrigins),
  /** Until now; a plain decimal. */
  actual: z.object({ state: z.enum(readingStates), value: z.string().nullable(), isTyped: z.boolean(), source: z.string().nullable(), computedAt: z.iso.datetime().nullable() }),
  baseline: z.object({ state: z.enum(readingStates), value: z.string().nullable(), isTyped: z.boolean(), source: z.string().nullable() }).nullable(),
  /** What it should have come to by now. */
  path: model, forecast: model, method: z.enum(forecastMethods), status: z.enum(goalStatuses),
  /** Of the way to the target, 1 is all; from the baseline where it is a level or a standing figure. Null where there is no way: a target of zero, or one at the baseline. */
  progress: model,
  /** Of the target over the baseline; null where the baseline is none or zero. */
  growth: model,
});
export type GoalState = z.output<typeof goalStateSchema>;

const point = z.object({ month: planPeriod, actual: model, target: model, origin: z.enum(targetOrigins), forecast: model });
export type GoalPoint = z.output<typeof point>;
const alert = z.object({ alertNo: z.number().int(), period: planPeriod, openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable(), actual: z.number(), path: z.number(), toldAt: z.iso.datetime().nullable() });

export const readGoals = endpoint({
  method: 'GET', path: '/api/plans/:planNo/goals', summary: 'How every goal of a plan stands in the year, quarter or month that a day is in', access: 'planning.read', params: planParams,
  query: z.object({ unit: z.enum(periodUnits).default('year'), day: daySchema.optional() }),
  reply: z.object({ goals: z.array(goalStateSchema), period: planPeriod, asOf: daySchema, isPending: z.boolean() }),
});
export const readGoal = endpoint({
  method: 'GET', path: '/api/plans/:planNo/goals/:itemNo', summary: 'One goal: its year, quarter and month, the course of the year, and when it was off its path', access: 'planning.read',
  params: planParams.extend({ itemNo: z.coerce.number().int().min(1).max(2_147_483_647) }), query: z.object({ year: z.coerce.number().int().min(1900).max(2199).optional() }),
  reply: z.object({ states: z.array(goalStateSchema), course: z.array(point), alerts: z.array(alert), year: planPeriod, asOf: daySchema, isPending: z.boolean() }),
});
