import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { audienceParams } from './audiences.ts';
import { traitValue } from './make-up.ts';
import { rule } from './rule.ts';
import { exactNumber } from './values.ts';

/** The eleven usual segments of buyers by recency, frequency and value, from the best to the lost. */
export const rfmSegments = [
  'champions', 'loyal', 'potential_loyalist', 'new_customers', 'promising', 'need_attention', 'about_to_sleep', 'at_risk', 'cannot_lose', 'hibernating', 'lost',
] as const;
export type RfmSegment = (typeof rfmSegments)[number];

const score = z.number().int().min(1).max(5);

/** Four numbers, each larger than the one before: the highest value of the lowest group of five, of the lowest two and so on. */
const four = <T extends z.ZodType<number | string>>(value: T) =>
  z.array(value).length(4).refine((limits) => limits.every((limit, i) => i === 0 || Number(limit) > Number(limits[i - 1])), { params: { said: 'not_rising' } });

/**
 * A brand's own limits between scores; of what is null its buyers' fifths are. `recency` in days since the last order: who
 * bought within the first number of days scores 5. `frequency` in orders and `value` in money: who has no more than the
 * first number scores 1.
 */
export const rfmLimits = z.object({
  recency: four(z.number().int().min(0).max(36_500)).nullable().default(null),
  frequency: four(z.number().int().min(1).max(1_000_000)).nullable().default(null),
  value: four(exactNumber).nullable().default(null),
});
export type RfmLimits = z.output<typeof rfmLimits>;

export const readRfm = endpoint({
  method: 'POST',
  path: '/api/audiences/rfm',
  summary: 'The people of a rule by recency, frequency and value: each scored by the fifth of all buyers they are in, or by the brand\'s own limits',
  access: 'audiences.read',
  body: z.object({ rule, against: rule.optional() }),
  reply: z.object({
    size: z.number().int(),
    base: z.number().int(),
    /** The segments, and at the end who never bought. */
    segments: z.array(traitValue),
    /** By recency, and by frequency and value together, as the segments are cut out of it. */
    cells: z.array(z.object({ recency: score, worth: score, segment: z.enum(rfmSegments), inAudience: z.number().int(), inBase: z.number().int(), tgi: z.number().nullable() })),
    /** Where scores 2 to 5 begin: with a day of the last order, with a number of orders, above an amount less refunds. */
    from: z.object({ recency: z.array(z.string()), frequency: z.array(z.number().int()), value: z.array(z.string()) }),
    scores: z.object({ recency: z.array(traitValue), frequency: z.array(traitValue), value: z.array(traitValue) }),
    computedAt: z.iso.datetime(),
    tookMs: z.number(),
  }),
});

export const exportMakeUp = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/make-up/export',
  summary: 'The make-up of an audience as a CSV file: every trait with counts, shares, TGI and p value, and the segments of recency, frequency and value',
  access: 'audiences.export',
  params: audienceParams,
  query: z.object({ against: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
  reply: z.string(),
  raw: true,
});
