import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { audienceParams, shownAudience } from './audiences.ts';

const expansionId = z.coerce.number().int().min(1).max(2_147_483_647);
const count = z.number().int();

/** A search waits for the worker, runs in stages, and ends one way or the other. */
export const expansionStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export const expansionStages = ['reading', 'learning', 'scoring', 'keeping'] as const;

/** An audience of fewer people tells too little, and so does a brand with fewer others. */
export const leastToLearnFrom = 100;

/** A family of features (`category`), or one of them (`category:茶叶`). */
const featureKey = z.string().min(1).max(300);

const namedFeature = z.object({ key: featureKey, label: z.string() });

const toldFeature = namedFeature.extend({
  /** What it says, in the language of the request. */
  sentence: z.string(),
  /** By how much the odds multiply for one standard deviation more, all else equal: below 1 the less the liker. */
  odds: z.number(),
  /** How well it alone tells members from others (AUC): 0.5 is not at all. */
  alone: z.number(),
});

const expansionResult = z.object({
  members: count,
  others: count,
  /** Area under the ROC curve on people who were not learnt from, and within what chance leaves it. */
  auc: z.number(),
  aucLow: z.number(),
  aucHigh: z.number(),
  heldOut: z.object({ members: count, others: count }),
  /** How many times as many members as on average there are in each tenth of all people, the likest first. */
  lift: z.array(z.number()).length(10),
  /** `useless` can not be saved: it does no better than chance. */
  verdict: z.enum(['useless', 'weak', 'good', 'repeats_rule']),
  /** What to make of it, in sentences. */
  advice: z.array(z.string()),
  /** The most telling first. */
  features: z.array(toldFeature),
  /** Features each of which alone nearly decides who is a member. */
  tooTelling: z.array(namedFeature),
  /** How like the members the last of so many people is: times as likely to be one as anybody. */
  curve: z.array(z.object({ reach: count, likeness: z.number() })),
  mostReach: count,
});

const shownExpansion = z.object({
  expansionId: z.number().int(),
  audienceId: z.number().int(),
  state: z.enum(expansionStates),
  stage: z.enum(expansionStages).nullable(),
  /** How much of all work is done, from 0 to 1. */
  done: z.number(),
  askedBy: z.string(),
  /** The moment it is computed for. */
  asOf: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** Features it does not learn from, and whether the rule of the audience decides by them. */
  leftOut: z.array(namedFeature.extend({ isOfRule: z.boolean() })),
  /** Why it failed, in a sentence. */
  failure: z.string().nullable(),
  result: expansionResult.nullable(),
});
export type ShownExpansion = z.output<typeof shownExpansion>;

export const expandAudience = endpoint({
  method: 'POST',
  path: '/api/audiences/:audienceId/expansions',
  summary: 'Has the worker look for people like those of an audience; features by which its rule decides are left out unless said otherwise',
  access: 'audiences.edit',
  params: audienceParams,
  body: z.object({ leaveOut: z.array(featureKey).max(200).optional() }),
  reply: shownExpansion,
  status: 202,
});

export const readExpansion = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/expansion',
  summary: 'The newest search for people like those of an audience, how far it is and how good its model; null before the first',
  access: 'audiences.read',
  params: audienceParams,
  reply: z.object({ expansion: shownExpansion.nullable() }),
});

export const cancelExpansion = endpoint({
  method: 'POST',
  path: '/api/audiences/expansions/:expansionId/cancel',
  summary: 'Ends a search that waits or runs; nothing of it is kept',
  access: 'audiences.edit',
  params: z.object({ expansionId }),
  reply: shownExpansion,
});

export const saveExpansion = endpoint({
  method: 'POST',
  path: '/api/audiences/expansions/:expansionId/audience',
  summary: 'Keeps the likest people as a fixed audience: so many, or all who are at least so like; members of today are not among them unless asked for',
  access: 'audiences.edit',
  params: z.object({ expansionId }),
  body: z.object({
    name: shownAudience.shape.name,
    reason: shownAudience.shape.reason.default(''),
    take: z.union([
      z.strictObject({ reach: z.number().int().min(1).max(4_294_967_295) }),
      /** Times as likely to be a member as anybody. */
      z.strictObject({ likeness: z.number().positive().max(1e9) }),
    ]),
    withMembers: z.boolean().default(false),
  }),
  reply: shownAudience,
  status: 201,
});
