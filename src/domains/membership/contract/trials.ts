import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { names } from './programme.ts';

const count = z.number().int();
/** Money, exact. */
const money = z.string();
const trialParams = z.object({ trialNo: z.coerce.number().int().min(1).max(2_147_483_647) });
const path = '/api/membership/trials' as const;

export const trialStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

const shownTrial = z.object({
  trialNo: count,
  versionNo: count,
  names,
  /** The version in force that it is compared with. */
  againstNo: count.nullable(),
  state: z.enum(trialStates),
  /** How much is done, from 0 to 1. */
  progress: z.number(),
  /** Orders until then were counted. */
  asOf: z.iso.datetime(),
  askedBy: z.string(),
  finishedAt: z.iso.datetime().nullable(),
  /** Why it failed, in a sentence. */
  failure: z.string().nullable(),
});
export type ShownTrial = z.output<typeof shownTrial>;

const points = z.object({ earned: count, takenBack: count, spent: count, uncovered: count, expired: count, outstanding: count });
const side = points.extend({
  members: count,
  tiers: z.array(z.object({ key: z.string(), names, color: z.string(), members: count })),
  /** What all points that were issued are worth, and those that are outstanding. */
  cost: money,
  liability: money,
});
export type TrialSide = z.output<typeof side>;

const stood = z.object({ tier: z.string().nullable(), growth: count, outstanding: count, why: z.string() });
const worstCase = z.object({
  customerNo: count,
  /** Masked; null where none is known. */
  name: z.string().nullable(),
  levels: count,
  pointsLost: count,
  draft: stood,
  present: stood,
});
export type TrialWorst = z.output<typeof worstCase>;

const trialResult = z.object({
  draft: side,
  present: side,
  /** What is really so, by what is written down. */
  real: points.omit({ uncovered: true }).extend({ members: count, tiers: z.array(z.object({ key: z.string(), members: count })) }),
  /** How many people are in a tier of the present programme and of the draft; a null is no member. */
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), people: count })),
  up: count, down: count, fewer: count, more: count,
  worst: z.array(worstCase),
});
export type TrialResult = z.output<typeof trialResult>;

export const listTrials = endpoint({
  method: 'GET', path, summary: 'Trials of versions of the programme on everybody’s history, the newest first', access: 'membership.read', reply: z.object({ trials: z.array(shownTrial) }),
});

export const startTrial = endpoint({
  method: 'POST', path, summary: 'Tries a version of the programme on everybody’s history, beside the one in force', access: 'membership.design',
  body: z.object({ versionNo: count.min(1).max(2_147_483_647) }), reply: shownTrial, status: 202,
});

export const readTrial = endpoint({
  method: 'GET', path: `${path}/:trialNo`, summary: 'A trial: how far it is, and what it came to', access: 'membership.read', params: trialParams, reply: shownTrial.extend({ result: trialResult.nullable() }),
});

export const cancelTrial = endpoint({
  method: 'POST', path: `${path}/:trialNo/cancel`, summary: 'Ends a trial that waits or is under way', access: 'membership.design', params: trialParams, reply: shownTrial,
});

/** Whose number it is: who moves from a tier to another, up or down, or has fewer or more points. */
export const trialPeople = z.union([z.enum(['up', 'down', 'fewer', 'more']), z.object({ from: z.string().max(40).nullable(), to: z.string().max(40).nullable() })]);
export type TrialPeople = z.output<typeof trialPeople>;

export const readTrialPeople = endpoint({
  method: 'POST', path: `${path}/:trialNo/people`, summary: 'Some of the people behind a number of a trial', access: 'membership.read', params: trialParams,
  body: z.object({ of: trialPeople }),
  reply: z.object({ size: count, sentence: z.string(), people: z.array(z.object({ customerNo: count, name: z.string().nullable(), phone: z.string().nullable(), province: z.string().nullable() })) }),
});

export const keepTrialPeople = endpoint({
  method: 'POST', path: `${path}/:trialNo/audience`, summary: 'Keeps the people behind a number of a trial as an audience', access: 'audiences.edit', params: trialParams,
  body: z.object({ of: trialPeople, name: z.string().trim().min(1).max(80), reason: z.string().trim().max(1_000).default('') }), reply: z.object({ audienceId: count, size: count }),
});
