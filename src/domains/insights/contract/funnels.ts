import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { factsSchema } from '../../audiences/contract.ts';
import { timeDimensions } from './figures.ts';

/** Limits of one funnel. */
export const funnelLimits = { steps: 20, days: 366, buckets: 400, groups: 8 } as const;

const step = z.object({
  /** How it is called; empty for what it is. */
  name: z.string().trim().max(60).default(''),
  facts: factsSchema,
  /** `first`: the person's first order ever, and it is one of these facts. */
  which: z.enum(['any', 'first']).default('any'),
}).superRefine(({ facts, which }, context) => {
  if (facts.fact === 'order' && facts.of === 'net') context.addIssue({ code: 'custom', path: ['facts', 'of'], message: 'sale or refund' });
  if (which === 'first' && (facts.fact !== 'order' || facts.of !== 'sale')) context.addIssue({ code: 'custom', path: ['which'], message: 'first belongs to orders' });
});
export type FunnelStep = z.output<typeof step>;

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type WindowUnit = keyof typeof unitMs;

/** How long a run may take: from the first step to the last, or from each step to the next. A day is 24 hours. */
const window = z.object({ of: z.enum(['whole', 'each']), amount: z.number().int().min(1), unit: z.enum(['minute', 'hour', 'day']) })
  .refine((given) => windowMs(given) <= funnelLimits.days * unitMs.day, { path: ['amount'], error: `no longer than ${funnelLimits.days} days` });

export const windowMs = ({ amount, unit }: { amount: number; unit: WindowUnit }): number => amount * unitMs[unit];

/** Steps that people go through one after another, each strictly later than the one before. */
const definition = z.object({
  steps: z.array(step).min(2).max(funnelLimits.steps),
  window,
  /** `strict`: nothing that is a step of this funnel may lie between two steps. */
  order: z.enum(['loose', 'strict']).default('loose'),
});
export type FunnelDefinition = z.output<typeof definition>;

const id = z.number().int().min(1).max(2_147_483_647);

/** By what people are divided: the channel of the first step, what is known of them, or whether they are in a set. */
const split = z.discriminatedUnion('by', [
  z.object({ by: z.enum(['none', 'channel', 'province', 'first_channel', 'newness', 'gender']) }),
  z.object({ by: z.literal('tag'), tagId: id }),
  z.object({ by: z.literal('audience'), audienceId: id }),
]);
export type FunnelSplit = z.output<typeof split>;
export const splitKinds = ['none', 'channel', 'province', 'first_channel', 'newness', 'gender', 'tag', 'audience'] as const;

const asked = definition.extend({
  /** When the first step happens, days of the brand's calendar, both included; later steps may come after. */
  from: daySchema,
  to: daySchema,
  split: split.default({ by: 'none' }),
});
/** One question about a funnel. */
export type FunnelAsked = z.output<typeof asked>;

const quartiles = z.object({ lower: z.number(), median: z.number(), upper: z.number() }).nullable();

export const readFunnel = endpoint({
  method: 'POST',
  path: '/api/insights/funnel',
  summary: 'How many people got how far through some steps, how long it took, by period and by group',
  access: 'insights.read',
  body: asked.extend({ by: z.enum(timeDimensions).default('day'), fresh: z.boolean().default(false) }),
  reply: z.object({
    steps: z.array(z.object({
      /** People who got so far, or further; and those who got no further. */
      reached: z.number().int(),
      stopped: z.number().int(),
      /** Of those who got no further, whose time has not run out yet. */
      open: z.number().int(),
      /** Milliseconds since the step before: a quarter, half and three quarters of the people took less. */
      since: quartiles,
    })),
    /** From the first step to the last. */
    whole: quartiles,
    groups: z.array(z.object({
      /** The value; `new`, `returning`, `in`, `out`; null for the values that have no group of their own. */
      key: z.string().nullable(),
      reached: z.array(z.number().int()),
    })),
    /** By when a run began: how many people, and how many of them finished. */
    trend: z.array(z.object({ start: daySchema, entered: z.number().int(), finished: z.number().int() })),
    dataVersion: z.number().int(),
    computedAt: z.iso.datetime(),
  }),
});

/** For how long after the last step reached is looked for what came next. */
export const nextWithinHours = 24;

export const readFunnelNext = endpoint({
  method: 'POST',
  path: '/api/insights/funnel/next',
  summary: 'What those did next who got no further than a step, within a day',
  access: 'insights.read',
  body: asked.extend({ step: z.number().int().min(0).max(funnelLimits.steps - 2) }),
  reply: z.object({
    people: z.number().int(),
    /** Of whom nothing more is known within the time. */
    nothing: z.number().int(),
    /** Most frequent first. An event by its name, or an order or refund; null for all other events. */
    next: z.array(z.object({ fact: z.enum(['event', 'sale', 'refund']), name: z.string().nullable(), people: z.number().int() })),
    computedAt: z.iso.datetime(),
  }),
});

/** People of a funnel: who reached a step, or got no further; of one group, or of all. */
export const funnelStepPeople = asked.extend({
  kind: z.literal('funnel_step'),
  step: z.number().int().min(0).max(funnelLimits.steps - 1),
  part: z.enum(['reached', 'left']),
  group: z.object({ key: z.string().max(200).nullable() }).nullable().default(null),
});
export type FunnelStepPeople = z.output<typeof funnelStepPeople>;

const funnelId = z.coerce.number().int().min(1).max(2_147_483_647);
const name = z.string().trim().min(1).max(80);

export const savedFunnel = z.object({
  funnelId: z.number().int(),
  name,
  definition,
  owner: z.string(),
  /** Raised by each change: an edit names the version it was made on. */
  version: z.number().int(),
  updatedAt: z.iso.datetime(),
});
export type SavedFunnel = z.output<typeof savedFunnel>;

export const listFunnels = endpoint({
  method: 'GET', path: '/api/insights/funnels', summary: 'Funnels that were saved', access: 'insights.read', reply: z.object({ funnels: z.array(savedFunnel) }),
});

export const createFunnel = endpoint({
  method: 'POST', path: '/api/insights/funnels', summary: 'Saves a funnel under a name, for everybody who reads reports', access: 'insights.edit',
  body: z.object({ name, definition }), reply: savedFunnel, status: 201,
});

export const updateFunnel = endpoint({
  method: 'PATCH', path: '/api/insights/funnels/:funnelId', summary: 'Renames a funnel or changes its steps', access: 'insights.edit',
  params: z.object({ funnelId }), body: z.object({ version: z.number().int(), name: name.optional(), definition: definition.optional() }), reply: savedFunnel,
});

export const deleteFunnel = endpoint({
  method: 'DELETE', path: '/api/insights/funnels/:funnelId', summary: 'Deletes a saved funnel', access: 'insights.edit',
  params: z.object({ funnelId }), reply: z.object({}), status: 204,
});
