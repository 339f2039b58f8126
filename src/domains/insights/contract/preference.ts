import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

/** What somebody may prefer. */
export const preferenceDimensions = ['category', 'brand', 'price_band', 'channel', 'hour', 'weekday'] as const;
export type PreferenceDimension = (typeof preferenceDimensions)[number];

const people = z.number().int();
const dimension = z.enum(preferenceDimensions);
const foretold = z.object({ hit1: z.number(), hit3: z.number(), mrr: z.number() });

/** What is kept of a run. */
export const preferenceResult = z.object({
  /** Lines learnt from, whose they are, and which of them have no price that can be compared. */
  lines: z.number().int(),
  people,
  withoutPrice: z.number().int(),
  inOtherCurrency: z.number().int(),
  /** By how many people it was learnt how common everything is. */
  learntFrom: people,
  settings: z.array(z.object({ dimension, halfLifeDays: z.number().nullable(), priorLines: z.number() })),
  /** How well the hidden last orders of people are foretold, beside the simple way; none of dimensions with too few people. */
  quality: z.array(z.object({ dimension, people, model: foretold, baseline: foretold })),
  power: z.object({ mean: z.number(), priorItems: z.number(), halfLifeDays: z.number(), limits: z.array(z.number()), hundredths: z.array(z.number()) }),
  /** From the lowest purchasing power (1) to the highest; 0 is who bought nothing that has a price. */
  tiers: z.array(z.object({ tier: z.number().int(), people, value: z.string() })),
  values: z.array(z.object({ dimension, value: z.string(), people, share: z.number() })),
  preferrers: z.array(z.object({
    category: z.string(), people,
    traits: z.array(z.object({ trait: z.enum(['channel', 'province', 'age']), value: z.string(), people, inBase: people, tgi: z.number() })),
  })),
  week: z.array(z.object({ hour: z.number().int(), weekday: z.number().int(), people, index: z.number() })),
  bands: z.array(z.object({ category: z.string(), lowest: z.array(z.string().nullable()) })),
});
export type PreferenceResult = z.output<typeof preferenceResult>;

export const readPreference = endpoint({
  method: 'GET',
  path: '/api/insights/preference',
  summary: 'What people prefer, who prefers it, and their purchasing power',
  access: 'insights.read',
  reply: z.object({
    /** Null before the first run. */
    result: preferenceResult.nullable(),
    asOf: z.iso.datetime().nullable(),
    currency: z.string(),
  }),
});
