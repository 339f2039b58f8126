import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';

/** States of a buyer's life, in the order of the numbers they are kept under, from 1. */
export const lifecycleStates = ['new', 'active', 'returning', 'won_back', 'at_risk', 'sleeping', 'lost'] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

/** The same with who has not bought yet. */
export const lifecyclePlaces = [...lifecycleStates, 'not_yet'] as const;
export type LifecyclePlace = (typeof lifecyclePlaces)[number];

const share = z.number().min(0.5).max(0.999);

/** From which share of gaps like theirs that are over by now somebody is at risk, sleeping, lost. */
export const lifecycleLimits = z.object({ atRisk: share.default(0.75), sleeping: share.default(0.9), lost: share.default(0.95) })
  .refine(({ atRisk, sleeping, lost }) => atRisk < sleeping && sleeping < lost, { params: { said: 'not_rising' }, path: ['sleeping'] });
export type LifecycleLimits = z.output<typeof lifecycleLimits>;

/** What a period ends with. */
export const lifecyclePeriods = ['month', 'week'] as const;
export type LifecyclePeriod = (typeof lifecyclePeriods)[number];

export const ofLifecycle = z.object({ kind: z.literal('lifecycle'), state: z.enum(lifecycleStates) });
export const ofLifecycleMove = z.object({
  kind: z.literal('lifecycle_move'), by: z.enum(lifecyclePeriods), from: daySchema, to: daySchema, was: z.enum(lifecyclePlaces), is: z.enum(lifecyclePlaces),
});

const people = z.number().int();
const sizes = z.array(z.object({ day: daySchema, states: z.array(z.object({ state: z.enum(lifecycleStates), people })) }));

export const readLifecycle = endpoint({
  method: 'GET',
  path: '/api/insights/lifecycle',
  summary: 'How many buyers are in which state of their life, now and at the ends of months and weeks, and by which rhythm that is reckoned',
  access: 'insights.read',
  reply: z.object({
    /** Null until it was computed. */
    lifecycle: z.object({
      asOf: z.iso.datetime(),
      months: sizes,
      weeks: sizes,
      /** The rhythm of the brand: gaps between purchases of its buyers. */
      rhythm: z.object({ shape: z.number(), days: z.number(), people, shapeError: z.number().nullable(), daysError: z.number().nullable() }),
      /** The usual gap of a tenth, a quarter, half, three quarters and nine tenths of all buyers, in days. */
      usualGaps: z.array(z.number()),
      /** After how many days without a purchase some buyers are at risk, sleeping and lost. */
      examples: z.array(z.object({ purchases: z.number().int(), everyDays: z.number().nullable(), usualGap: z.number(), atRisk: z.number(), sleeping: z.number(), lost: z.number() })),
      /** Of the latest gaps of those who had bought twice before: which share was over before the buyer was at risk, sleeping, lost; to be held against the limits. */
      check: z.object({ people, atRisk: z.number(), sleeping: z.number(), lost: z.number() }).nullable(),
      limits: lifecycleLimits,
      limitsVersion: z.number().int(),
      /** Orders that are not counted: of a day before this century. */
      ignoredOrders: z.number().int(),
    }).nullable(),
    limits: z.object({ version: z.number().int(), limits: lifecycleLimits }),
  }),
});

export const readLifecycleMoves = endpoint({
  method: 'GET',
  path: '/api/insights/lifecycle/moves',
  summary: 'How many buyers went from which state to which between the ends of two months or weeks',
  access: 'insights.read',
  query: z.object({ by: z.enum(lifecyclePeriods).default('month'), from: daySchema, to: daySchema }),
  reply: z.object({ moves: z.array(z.object({ was: z.enum(lifecyclePlaces), is: z.enum(lifecyclePlaces), people })), asOf: z.iso.datetime() }),
});

export const readLifecycleLimits = endpoint({
  method: 'GET',
  path: '/api/insights/lifecycle/limits',
  summary: 'The limits between states, and how they stood before',
  access: 'insights.read',
  reply: z.object({
    limits: lifecycleLimits,
    history: z.array(z.object({ version: z.number().int(), limits: lifecycleLimits, setBy: z.string(), setAt: z.iso.datetime() })),
  }),
});

export const changeLifecycleLimits = endpoint({
  method: 'PUT',
  path: '/api/insights/lifecycle/limits',
  summary: 'Set the limits between states; they are reckoned anew',
  access: 'insights.train',
  body: lifecycleLimits,
  reply: z.object({ version: z.number().int() }),
});
