import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { shownTier } from './members.ts';
import { programmeKey } from './programme.ts';

const count = z.number().int();
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const memberParams = z.object({ customerNo });
const moment = z.iso.datetime();
const reason = z.string().trim().min(1).max(500);

/** Who is about to move: near the next tier, expected there soon, short of the standard before a review, in grace, or waiting for approval. */
export const tierGroups = ['near', 'soon', 'falling', 'grace', 'awaiting'] as const;
export type TierGroup = (typeof tierGroups)[number];

/** How near is near, and how soon is soon. */
const bounds = {
  /** Percent of the next tier's growth that may be missing. */
  share: z.coerce.number().int().min(1).max(30).default(10),
  days: z.coerce.number().int().min(1).max(366).default(30),
};

const board = z.object({
  groups: z.object({ near: count, soon: count, falling: count, grace: count, awaiting: count }),
  /** Members in each tier of the version in force, from the lowest. */
  tiers: z.array(z.object({ tier: shownTier, entry: count, keep: count.nullable(), members: count })),
  /** How drops at a review are made; null where there is no programme yet. */
  review: z.enum(['by_itself', 'approved']).nullable(),
  isPaused: z.boolean(),
  /** Until which day everything is closed, and since when. */
  closedDay: daySchema.nullable(),
  computedAt: moment,
});
export type TierBoard = z.output<typeof board>;

export const readTierBoard = endpoint({
  method: 'GET', path: '/api/tiers/board', summary: 'How many members are about to rise, to fall, in grace, or wait for approval', access: 'membership.read', query: z.object(bounds), reply: board,
});

const tierPerson = z.object({
  customerNo: count,
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  tier: shownTier,
  since: moment,
  /** Growth that is missing to the next tier, and to keep this one. */
  toNext: count.nullable(),
  toKeep: count.nullable(),
  expectedAt: moment.nullable(),
  reviewAt: moment.nullable(),
  graceUntil: moment.nullable(),
  awaitingSince: moment.nullable(),
  /** The tier a drop would lead to; of those who wait. */
  dropsTo: shownTier.nullable(),
});
export type TierPerson = z.output<typeof tierPerson>;

export const listTierPeople = endpoint({
  method: 'GET', path: '/api/tiers/people', summary: 'Who they are, those who come first before the others', access: 'membership.read',
  query: plainPageQuery.omit({ q: true }).extend({ group: z.enum(tierGroups), tier: programmeKey.optional(), until: daySchema.optional(), ...bounds }), reply: pageOf(tierPerson),
});
export const keepTierPeople = endpoint({
  method: 'POST', path: '/api/tiers/audience', summary: 'Keeps them as an audience', access: 'audiences.edit',
  body: z.object({ group: z.enum(tierGroups), tier: programmeKey.optional(), until: daySchema.optional(), ...bounds, name: z.string().trim().min(1).max(100), reason }), reply: z.object({ audienceId: count, size: count }),
});

const movement = z.object({
  from: daySchema, to: daySchema,
  tiers: z.array(shownTier),
  /** People whose tier at the end is another than at the start; `from` is null for those who joined meanwhile, `to` for those who left. */
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), people: count })),
  computedAt: moment,
});
export type TierMovement = z.output<typeof movement>;
export const readTierMovement = endpoint({
  method: 'GET', path: '/api/tiers/movement', summary: 'Members by the tier they had before a period and after it', access: 'membership.read', query: z.object({ from: daySchema, to: daySchema }), reply: movement,
});

const review = z.object({
  until: daySchema,
  /** By tier: whose cycle ends until then, how many keep it by what they have grown, and how many would miss it as of now. */
  tiers: z.array(z.object({ tier: shownTier, due: count, kept: count, missed: count })),
  awaiting: count,
  /** A decision about all who waited, while it is being carried out: how many they are, and how many are done. */
  running: z.object({ verdict: z.enum(['drop', 'keep']), reason: z.string(), by: z.string(), beganAt: moment, people: count, decided: count }).nullable(),
  graceDays: count, minimumDays: count, drop: z.enum(['one_level', 'recompute', 'none']), review: z.enum(['by_itself', 'approved']),
  computedAt: moment,
});
export type TierReview = z.output<typeof review>;
export const readTierReview = endpoint({
  method: 'GET', path: '/api/tiers/review', summary: 'What reviews until a day would come to', access: 'membership.read', query: z.object({ until: daySchema }), reply: review,
});
export const decideTierReview = endpoint({
  method: 'POST', path: '/api/tiers/review/decisions', summary: 'Makes drops that wait, or keeps the tier all the same: of these people at once, or of all who wait, one thousand after the other', access: 'membership.approve',
  body: z.object({ verdict: z.enum(['drop', 'keep']), reason, customerNos: z.array(customerNo).min(1).max(500).optional() }), reply: z.object({ people: count }),
});

const tierGrant = z.object({
  grantNo: count, customerNo: count, name: z.string().nullable(), tier: shownTier, reason: z.string(),
  state: z.enum(['waiting', 'refused', 'coming', 'active', 'ended']),
  askedBy: z.string(), askedAt: moment, approvedBy: z.string().nullable(), startsAt: moment, endsAt: moment.nullable(), endedBy: z.string().nullable(),
});
export type TierGrant = z.output<typeof tierGrant>;
const grantParams = z.object({ grantNo: z.coerce.number().int().min(1).max(2_147_483_647) });

export const listTierGrants = endpoint({
  method: 'GET', path: '/api/tiers/grants', summary: 'Tiers given by hand, those that wait for a second person first', access: 'membership.read',
  query: plainPageQuery.omit({ q: true }).extend({ customerNo: customerNo.optional() }), reply: pageOf(tierGrant),
});
export const askTierGrant = endpoint({
  method: 'POST', path: '/api/members/:customerNo/tier-grants', summary: 'Asks for a tier to be given by hand: a floor with an end, once a second person approves', access: 'membership.grant', params: memberParams,
  body: z.object({ tier: programmeKey, reason, from: daySchema, until: daySchema.optional() }), reply: z.object({ grantNo: count }),
});
export const decideTierGrant = endpoint({
  method: 'POST', path: '/api/tiers/grants/:grantNo/decision', summary: 'Approves a tier that somebody else asked for, or refuses it', access: 'membership.approve', params: grantParams,
  body: z.object({ isApproved: z.boolean() }), reply: z.object({ grantNo: count }),
});
export const endTierGrant = endpoint({
  method: 'POST', path: '/api/tiers/grants/:grantNo/end', summary: 'Ends a tier given by hand before its time', access: 'membership.grant', params: grantParams, body: z.object({ reason }), reply: z.object({ grantNo: count }),
});

const tierLine = z.object({
  changeNo: count, kind: z.enum(['join', 'rise', 'drop', 'renew', 'grace', 'grant', 'grant_end', 'leave']),
  from: shownTier.nullable(), to: shownTier.nullable(), at: moment, recordedAt: moment, versionNo: count,
  /** Why, in the language of the request. */
  sentence: z.string(),
  /** What is stored of how it came about. */
  derivation: z.record(z.string(), z.unknown()),
});
export type TierLine = z.output<typeof tierLine>;

const ownTier = z.object({
  tier: shownTier, since: moment,
  /** The tier that was earned, where a grant raises it. */
  earned: shownTier.nullable(),
  /** Why this tier, and until when, in the language of the request. */
  sentences: z.array(z.string()),
  cycleStart: moment, reviewAt: moment.nullable(), graceUntil: moment.nullable(), awaitingSince: moment.nullable(),
  /** Growth that counts towards the next tier, and what it takes; null in the highest. */
  next: z.object({ tier: shownTier, entry: count, total: count, missing: count, countedFrom: moment, expectedAt: moment.nullable() }).nullable(),
  keep: z.object({ needed: count, total: count, missing: count, countedFrom: moment }).nullable(),
  tiers: z.array(z.object({ tier: shownTier, entry: count, keep: count.nullable() })),
  versionNo: count,
});
export type OwnTier = z.output<typeof ownTier>;

export const readTierOf = endpoint({
  method: 'GET', path: '/api/members/:customerNo/tier', summary: 'In which tier a person is, why, until when, and how far the next one is', access: 'membership.read', params: memberParams,
  reply: z.object({ customerNo: count, tier: ownTier.nullable(), history: z.array(tierLine), computedAt: moment }),
});

const growthLine = z.object({
  entryNo: count, kind: z.enum(['order', 'refund', 'activity', 'adjustment', 'opening']), amount: count, occurredAt: moment, recordedAt: moment, sentence: z.string(), derivation: z.record(z.string(), z.unknown()),
});
export type GrowthLine = z.output<typeof growthLine>;
export const listGrowth = endpoint({
  method: 'GET', path: '/api/members/:customerNo/growth', summary: 'Every line of a person’s growth, the newest first, with its reason', access: 'membership.read', params: memberParams,
  query: z.object({ before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  reply: z.object({ total: count, entries: z.array(growthLine), next: count.nullable() }),
});
