import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { textValue } from '../../audiences/contract.ts';

/** Kinds of facts that are shown apart, the most frequent ones, and how many steps of a path. */
export const flowLimits = { kinds: 12, depth: 5, days: 30, periodDays: 366 } as const;

/** Half an hour without anything ends a visit. */
export const visitGapMinutes = 30;

const asked = z.object({
  from: daySchema,
  to: daySchema,
  /** A path is a visit, or what follows its beginning within so many days. */
  path: z.discriminatedUnion('of', [z.object({ of: z.literal('visit') }), z.object({ of: z.literal('days'), days: z.number().int().min(1).max(flowLimits.days) })]).default({ of: 'visit' }),
  /** How many steps after the first are shown. */
  depth: z.number().int().min(1).max(flowLimits.depth).default(4),
  /** Paths begin with an event of this name, where they have one; null for wherever they begin. */
  start: textValue.nullable().default(null),
  /** Whether orders and refunds are steps too, beside events. */
  orders: z.boolean().default(false),
});
export type FlowAsked = z.output<typeof asked>;

/** What a step is: an event of a name, an order, a refund, or one of the less frequent events. */
const flowKind = z.object({ fact: z.enum(['event', 'sale', 'refund', 'other']), name: z.string() });
export type FlowKind = z.output<typeof flowKind>;

export const readFlow = endpoint({
  method: 'POST',
  path: '/api/insights/flow',
  summary: 'The usual paths between events within a visit or some days, and where they end',
  access: 'insights.read',
  body: asked.extend({ fresh: z.boolean().default(false) }),
  reply: z.object({
    /** Paths of known customers; the same event several times on end is one step. */
    paths: z.number().int(),
    kinds: z.array(flowKind),
    /** Paths that have a kind as their step so many after the first, and of them those that end there. */
    nodes: z.array(z.object({ depth: z.number().int(), kind: z.number().int(), paths: z.number().int(), ends: z.number().int() })),
    /** Paths that go from a kind at a depth to another one step later. */
    links: z.array(z.object({ depth: z.number().int(), from: z.number().int(), to: z.number().int(), paths: z.number().int() })),
    dataVersion: z.number().int(),
    computedAt: z.iso.datetime(),
  }),
});

/** People of whom a path has a kind at a depth; who go on from there to another kind, or end there. */
export const flowStepPeople = asked.extend({
  kind: z.literal('flow_step'),
  depth: z.number().int().min(1).max(flowLimits.depth).default(4),
  at: z.number().int().min(0).max(flowLimits.depth),
  step: flowKind,
  then: z.union([flowKind, z.literal('end'), z.literal('any')]).default('any'),
});
export type FlowStepPeople = z.output<typeof flowStepPeople>;
