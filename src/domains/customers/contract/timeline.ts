import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { customerParams } from './identifiers.ts';

/** What can happen to a customer. Each kind comes from one source. */
export const timelineKinds = ['order', 'refund', 'event', 'consent', 'tag', 'computed_tag', 'merge', 'edit'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

const kind = z.enum(timelineKinds);
const scalar = z.union([z.string(), z.number()]);

/** One thing that happened. `text` and labels are messages with their namespace, `commerce:timeline.order`. */
export const timelineEntry = z.object({
  kind,
  /** Unique within its kind. */
  id: z.string(),
  at: z.iso.datetime(),
  text: z.string(),
  params: z.record(z.string(), scalar),
  facts: z.array(z.object({ label: z.string(), value: z.string(), unit: z.enum(['money', 'number', 'text']) })),
});
export type TimelineEntry = z.output<typeof timelineEntry>;

/** Several kinds are given as `kinds=order&kinds=refund`; none means all. */
const kindList = z.union([z.array(kind).max(timelineKinds.length), kind]).default([]).transform((given) => [given].flat());

export const readTimeline = endpoint({
  method: 'GET',
  path: '/api/customers/:customerNo/timeline',
  summary: 'Everything that happened to a customer, newest first',
  access: 'customers.read',
  params: customerParams,
  query: z.object({
    kinds: kindList,
    cursor: z.string().max(2_000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    entries: z.array(timelineEntry),
    /** Where the next page begins; null at the end. */
    cursor: z.string().nullable(),
    computedAt: z.iso.datetime(),
  }),
});
