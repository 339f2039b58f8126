import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { partnerParams } from './partners.ts';

const count = z.number().int();
const share = z.number().min(0).max(1);
const source = z.string().trim().min(1).max(300);

/** What a partner's list is compared by. */
export const matchingKinds = ['phone', 'email'] as const;

const estimate = z.object({
  estimateId: count,
  kind: z.enum(['matched', 'survey', 'affinity']),
  /** Of our customers, how many would be theirs too; `low` to `high` says how sure that is. */
  share, low: share, high: share,
  /** The same in people, of all our customers of today. */
  people: count, lowPeople: count, highPeople: count,
  /** Of a matching: fewer were common than may be told. */
  isBelowFloor: z.boolean(),
  /** What it is made of: people compared and common, asked and answered, or what somebody took it for. */
  basis: z.record(z.string(), z.unknown()),
  source: z.string(),
  asOf: z.string(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
});
export type PartnerEstimate = z.output<typeof estimate>;

const matching = z.object({
  matchingId: count,
  kind: z.enum(matchingKinds),
  /** Its key waits for the partner's list, the list waits for the worker, or it was compared; `over` when no list came in time. */
  state: z.enum(['open', 'waiting', 'done', 'over']),
  madeAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});

export const readPartnerOverlap = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/overlap', summary: 'How many customers a partner and we may have in common, by every estimate, with its uncertainty', access: 'membership.partners', params: partnerParams,
  reply: z.object({
    estimates: z.array(estimate),
    matchings: z.array(matching),
    customers: count,
    /** The fewest hashes a list may have, and the fewest common people that are told. */
    fewestListed: count, floor: count,
    computedAt: z.iso.datetime(),
  }),
});

export const openPartnerMatching = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/matchings', summary: 'Makes a key with which the partner hashes its list (HMAC-SHA-256); shown this once', access: 'membership.partners', params: partnerParams,
  body: z.object({ kind: z.enum(matchingKinds) }),
  reply: z.object({
    matchingId: count,
    key: z.string(),
    /** By this the partner can check that it hashes as we do. */
    example: z.object({ value: z.string(), hash: z.string() }),
    endsAt: z.iso.datetime(),
  }),
  status: 201,
});

export const uploadPartnerHashes = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/matchings/:matchingId/hashes', summary: 'Takes the partner’s hashes, one on each line; they are deleted once they are compared', access: 'membership.partners',
  params: partnerParams.extend({ matchingId: z.coerce.number().int().min(1).max(2_147_483_647) }),
  body: z.object({ text: z.string().min(1).max(34 * 2 ** 20) }), bodyLimitBytes: 40 * 2 ** 20,
  reply: z.object({ lines: count, listed: count, repeated: count, bad: z.array(count), badCount: count }), status: 202,
});

const told = { source, asOf: daySchema };
export const addPartnerEstimate = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/estimates', summary: 'Notes an estimate from a survey, or one by affinity of a category, with its source', access: 'membership.partners', params: partnerParams,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('survey'), ...told, asked: count.min(1).max(10_000_000), saidYes: count.min(0).max(10_000_000) }).refine(({ asked, saidYes }) => saidYes <= asked, { path: ['saidYes'], params: { said: 'more_than_asked' } }),
    z.object({ kind: z.literal('affinity'), ...told, category: z.string().trim().min(1).max(200), low: share, likely: share, high: share }).refine(({ low, likely, high }) => low <= likely && likely <= high, { path: ['likely'], params: { said: 'not_between' } }),
  ]),
  reply: z.object({ estimateId: count }), status: 201,
});

export const removePartnerEstimate = endpoint({
  method: 'DELETE', path: '/api/partners/:partnerId/estimates/:estimateId', summary: 'Deletes an estimate', access: 'membership.partners',
  params: partnerParams.extend({ estimateId: z.coerce.number().int().min(1).max(2_147_483_647) }), reply: z.object({}), status: 204,
});
