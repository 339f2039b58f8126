import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const people = z.number().int();
const days = z.number().int();

/** Who bought something of a category on one day only, so many days ago; of no category for any. */
export const ofRepurchase = z.object({ kind: z.literal('repurchase'), category: z.string().max(200).nullable(), from: z.number().int().min(1).max(36_500), to: z.number().int().min(1).max(36_500) })
  .refine(({ from, to }) => from <= to, { path: ['to'], params: { said: 'before_start' } });

const between = z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable();

/** When the second purchase comes. */
export const repurchase = z.object({
  /** Null for all categories together: the second purchase of anything. */
  category: z.string().nullable(),
  buyers: people,
  came: people,
  /** Days by which a quarter, half and three quarters of all buyers have come back; null where they have not. */
  quartiles: z.array(days.nullable()),
  /** The share that comes back within so many days; null where nobody was looked at for so long. */
  within180: between,
  within365: between,
  /** The days on which a reminder meets most; null where nobody came back. */
  best: z.object({ from: days, to: days, peak: days }).nullable(),
  /** Of who came back: a quarter, half and three quarters had by these days. */
  ofWhoCame: z.array(days),
  longest: days,
  /** The share that has come back by a day, with the limits it lies between, and the smoothed chance of the day. */
  curve: z.array(z.object({ day: days, share: z.number(), low: z.number(), high: z.number(), atRisk: people, rate: z.number().nullable() })),
});
export type Repurchase = z.output<typeof repurchase>;

export const readRepurchase = endpoint({
  method: 'GET',
  path: '/api/insights/repurchase',
  summary: 'When buyers come back for a second purchase, of each category and of all: a survival curve in which who has not come yet is still waiting',
  access: 'insights.read',
  reply: z.object({
    /** All categories together first, then each by how many bought; null until it was computed. */
    windows: z.array(repurchase).nullable(),
    /** Categories that are left out because there are too many. */
    leftOut: z.number().int(),
    asOf: z.iso.datetime().nullable(),
  }),
});
