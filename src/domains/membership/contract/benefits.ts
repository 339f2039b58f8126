import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, plainPageQuery, sortOf } from '../../../kernel/page.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { drawnLine } from '../../../kernel/program.ts';
import { decimalText, names, programmeKey } from './programme.ts';

const count = z.number().int();
const id = z.coerce.number().int().min(1).max(2_147_483_647);
const moment = z.iso.datetime({ offset: true });
const shownMoment = z.iso.datetime();
const text = z.string().trim().min(1).max(200);

/** Gifts are given once for an occasion; the others are had for as long as a tier is. */
export const giftKinds = ['joining', 'upgrade', 'birthday'] as const;
export const benefitKinds = [...giftKinds, 'member_price', 'free_shipping', 'exclusive', 'service', 'partner'] as const;
export type BenefitKind = (typeof benefitKinds)[number];

/** Something that is given: `of` says which, to whoever gives it (a pool of codes, a pack of a partner), and `amount` how many. */
const gift = z.object({ giver: programmeKey, of: z.string().trim().max(100).default(''), amount: count.min(1).max(1_000_000) });
export type Gift = z.output<typeof gift>;
const gifts = z.array(gift).min(1).max(10);

const priceRule = z.object({
  on: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('everything') }),
    z.object({ kind: z.literal('category'), key: text }),
    z.object({ kind: z.literal('product'), key: text }),
  ]),
  by: z.discriminatedUnion('kind', [
    /** Taken off the list price. */
    z.object({ kind: z.literal('percent'), percent: decimalText.refine((value) => (parseDecimal(value) ?? 0n) > 0n && (parseDecimal(value) ?? 0n) <= 1_000_000n, { params: { said: 'not_a_percent' } }) }),
    z.object({ kind: z.literal('price'), price: decimalText }),
  ]),
});
export type PriceRule = z.output<typeof priceRule>;

const promise = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joining'), gifts }),
  z.object({ kind: z.literal('upgrade'), gifts }),
  z.object({ kind: z.literal('birthday'), gifts, daysBefore: count.min(0).max(30) }),
  z.object({ kind: z.literal('member_price'), prices: z.array(priceRule).min(1).max(200) }),
  /** From an order of so much on. */
  z.object({ kind: z.literal('free_shipping'), from: decimalText }),
  z.object({
    kind: z.literal('exclusive'),
    products: z.array(text).min(1).max(500),
    /** From when members may buy; at once where nothing is said. */
    membersFrom: moment.nullable(),
    /** From when everybody may; never where nothing is said. */
    everybodyFrom: moment.nullable(),
  }),
  z.object({ kind: z.literal('service'), lane: text, answerMinutes: count.min(1).max(100_000).nullable() }),
  z.object({ kind: z.literal('partner'), gifts }),
]);
export type BenefitPromise = z.output<typeof promise>;

export const benefitPeriods = ['ever', 'year', 'month', 'day'] as const;

export const benefitDefinition = z.object({
  names,
  /** What a member reads below the name. */
  notes: z.string().trim().max(500),
  tiers: z.array(programmeKey).min(1).max(20),
  promise,
  /** What giving or using it once costs, as it is reckoned with. */
  cost: decimalText,
  /** How long a gift can be used; for ever where nothing is said. */
  validDays: count.min(1).max(3_650).nullable(),
  limits: z.object({
    /** How often a member may use it, or claim it; as often as they like where nothing is said. */
    perMember: z.object({ times: count.min(1).max(10_000), period: z.enum(benefitPeriods) }).nullable(),
    /** How often it is given or used in all. */
    inAll: count.min(1).max(1_000_000_000).nullable(),
  }),
  /** What somebody plans to spend on it in all, where it has no number in all. */
  planned: decimalText.optional(),
  startsAt: moment,
  endsAt: moment.nullable(),
});
export type BenefitDefinition = z.output<typeof benefitDefinition>;

/** What became of a benefit in a period. Amounts are in the brand's currency. */
const benefitCounts = z.object({ granted: count, used: count, expired: count, refused: count, takenBack: count, cost: z.string() });
export type BenefitCounts = z.output<typeof benefitCounts>;

const states = ['planned', 'running', 'ended', 'stopped'] as const;
const benefitSummary = z.object({
  benefitId: count,
  name: z.string(),
  kind: z.enum(benefitKinds),
  /** What it promises, in a sentence. */
  sentence: z.string(),
  tiers: z.array(z.object({ key: z.string(), name: z.string(), color: z.string() })),
  cost: z.string(),
  state: z.enum(states),
  startsAt: shownMoment,
  endsAt: shownMoment.nullable(),
  /** How many more there are of it. */
  left: count.nullable(),
  counts: benefitCounts,
});
export type BenefitSummary = z.output<typeof benefitSummary>;

const period = { from: daySchema.optional(), to: daySchema.optional() };
const benefitParams = z.object({ benefitId: id });

export const listBenefits = endpoint({
  method: 'GET', path: '/api/benefits', summary: 'Benefits of the programme, with what was granted, used and spent in a period', access: 'membership.read',
  query: pageQuery.extend({ sort: sortOf('name', 'granted', 'used', 'cost'), kind: z.enum(benefitKinds).optional(), tier: programmeKey.optional(), state: z.enum(states).optional(), ...period }),
  reply: pageOf(benefitSummary),
});

/** How an expected cost is told: by the number there is, by what somebody planned, or estimated by what was used, who joins or rises, or who may use it. */
export const expectedBases = ['limit', 'planned', 'used', 'changes', 'members'] as const;
const expectedCost = z.object({
  amount: z.string(), basis: z.enum(expectedBases),
  /** Of an estimate: until when it reckons; from how many days, and how many people, it was made. */
  until: shownMoment.nullable(), days: count.nullable(), people: count.nullable(),
});
export type ExpectedCost = z.output<typeof expectedCost>;

const shownBenefit = benefitSummary.extend({
  version: count,
  definition: benefitDefinition,
  changedBy: z.string(), changedAt: shownMoment,
  /** The lines of the budget that were full when that stopped it; null where somebody did, or nothing. */
  fullLines: z.array(z.string()).nullable(),
  /** The lines of the budget it draws on; none for whoever may not read the plan. */
  budgetLines: z.array(drawnLine),
  /** What it will come to from its beginning to its end; null where nothing can be told, it costs nothing, or it is not given any more. */
  expected: expectedCost.nullable(),
  /** What the points of its gifts cost, each time and so far; null where it gives none and never did. */
  points: z.object({ each: z.string(), given: z.string(), redeemed: z.string(), lapsed: z.string() }).nullable(),
  /** Members who have it now by their tier. */
  members: count,
  /** Members who would have been given it a second time in a cycle, having lost the tier in between. */
  oscillating: count,
  months: z.array(benefitCounts.extend({ month: z.string() })),
  computedAt: shownMoment,
});
export type ShownBenefit = z.output<typeof shownBenefit>;

export const readBenefit = endpoint({
  method: 'GET', path: '/api/benefits/:benefitId', summary: 'A benefit: what it promises to whom, and what became of it month by month', access: 'membership.read', params: benefitParams, query: z.object(period), reply: shownBenefit,
});
/** `overBudget`: lines of the budget that only warn, and are over their caps with it. */
const kept = z.object({ version: count, overBudget: z.array(z.string()) });
export const createBenefit = endpoint({
  method: 'POST', path: '/api/benefits', summary: 'Adds a benefit', access: 'membership.benefits', body: benefitDefinition, reply: z.object({ benefitId: count }), status: 201,
});
export const changeBenefit = endpoint({
  method: 'PUT', path: '/api/benefits/:benefitId', summary: 'Changes a benefit; what was granted stays as it was', access: 'membership.benefits', params: benefitParams,
  body: benefitDefinition.extend({ version: count.min(1) }), reply: kept,
});
export const stopBenefit = endpoint({
  method: 'POST', path: '/api/benefits/:benefitId/stop', summary: 'Stops a benefit, or lets a stopped one go on', access: 'membership.benefits', params: benefitParams, body: z.object({ stopped: z.boolean() }), reply: kept,
});

/** Tiers by benefits, for the page of benefits and beside the editor. */
export const readBenefitMatrix = endpoint({
  method: 'GET', path: '/api/benefits/matrix', summary: 'Which tier has which benefit', access: 'membership.read',
  reply: z.object({
    tiers: z.array(z.object({ key: z.string(), name: z.string(), color: z.string() })),
    benefits: z.array(z.object({ benefitId: count, name: z.string(), kind: z.enum(benefitKinds), tiers: z.array(z.string()), state: z.enum(states) })),
  }),
});

export const listGivers = endpoint({
  method: 'GET', path: '/api/benefits/givers', summary: 'What can be given: points, pools of codes, packs of partners', access: 'membership.read',
  reply: z.object({ givers: z.array(z.object({ giver: z.string(), name: z.string(), choices: z.array(z.object({ of: z.string(), name: z.string(), left: count.nullable() })).nullable() })) }),
});

const grantStates = ['waiting', 'given', 'used', 'expired', 'refused', 'taken_back'] as const;
const shownGift = z.object({
  giver: z.string(), of: z.string(), amount: count, sentence: z.string(),
  codes: z.array(z.string()),
  /** Why it could not be given. */
  refusal: z.string().nullable(),
});
const shownGrant = z.object({
  grantNo: count, customerNo: count,
  benefitId: count, benefit: z.string(), kind: z.enum(benefitKinds),
  /** The tier it was given for. */
  tier: z.string().nullable(),
  state: z.enum(grantStates),
  grantedAt: shownMoment, expiresAt: shownMoment.nullable(), usedAt: shownMoment.nullable(), takenBackAt: shownMoment.nullable(),
  cost: z.string(),
  /** Why it was given, refused or taken back. */
  sentence: z.string(),
  gifts: z.array(shownGift),
});
export type ShownGrant = z.output<typeof shownGrant>;

export const listGrants = endpoint({
  method: 'GET', path: '/api/benefits/:benefitId/grants', summary: 'To whom a benefit was given, the newest first', access: 'membership.read', params: benefitParams,
  query: plainPageQuery.extend({ state: z.enum(grantStates).optional() }), reply: pageOf(shownGrant),
});

const key = z.string().trim().min(1).max(200);
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const granted = z.object({ grant: shownGrant, isReplay: z.boolean() });

export const grantBenefit = endpoint({
  method: 'POST', path: '/api/benefits/:benefitId/grants', summary: 'Gives a benefit by hand, with a reason', access: 'membership.adjust', params: benefitParams,
  body: z.object({ key, customerNo, reason: z.string().trim().min(1).max(500) }), reply: granted,
});
export const claimBenefit = endpoint({
  method: 'POST', path: '/api/benefits/claims', summary: 'A member claims a partner’s benefit of their tier', access: 'membership.checkout',
  body: z.object({ key, customerNo, benefitId: id }), reply: granted,
});
export const retryGrant = endpoint({
  method: 'POST', path: '/api/benefit-grants/:grantNo/retry', summary: 'Tries again to give what could not be given', access: 'membership.adjust', params: z.object({ grantNo: z.coerce.number().int().min(1).max(9_007_199_254_740_991) }), reply: shownGrant,
});
export const takeGrantBack = endpoint({
  method: 'POST', path: '/api/benefit-grants/:grantNo/return', summary: 'Takes back what was given and not used', access: 'membership.adjust', params: z.object({ grantNo: z.coerce.number().int().min(1).max(9_007_199_254_740_991) }),
  body: z.object({ reason: z.string().trim().min(1).max(500) }), reply: shownGrant,
});

export const useBenefit = endpoint({
  method: 'POST', path: '/api/benefits/uses', summary: 'Uses a benefit at a checkout, once a key', access: 'membership.checkout',
  body: z.object({ key, customerNo, benefitId: id, grantNo: z.number().int().min(1).optional(), document: z.string().trim().max(200).default('') }),
  reply: z.object({ useNo: count, grantNo: count.nullable(), cost: z.string(), left: count.nullable(), isReplay: z.boolean() }),
});
export const undoUse = endpoint({
  method: 'POST', path: '/api/benefits/uses/undo', summary: 'Takes back the use of a benefit, when an order is cancelled', access: 'membership.checkout',
  body: z.object({ key, of: key }), reply: z.object({ useNo: count, isReplay: z.boolean() }),
});

const heldBenefit = z.object({
  benefitId: count, kind: z.enum(benefitKinds), name: z.string(), notes: z.string(), sentence: z.string(),
  /** How often it can still be used or claimed, and until when that counts. */
  left: count.nullable(), leftUntil: shownMoment.nullable(),
});
export const readMemberBenefits = endpoint({
  method: 'GET', path: '/api/members/:customerNo/benefits', summary: 'What benefits a member has, and which come with the next tier', access: 'membership.read', params: z.object({ customerNo }),
  reply: z.object({
    customerNo: count,
    tier: z.object({ key: z.string(), name: z.string(), color: z.string() }).nullable(),
    has: z.array(heldBenefit),
    grants: z.array(shownGrant),
    next: z.object({
      key: z.string(), name: z.string(), color: z.string(),
      /** Growth that is missing to reach it. */
      missing: count,
      /** By when it has to be reached for what was earned so far to count; null where it counts for ever. */
      by: shownMoment.nullable(),
      benefits: z.array(heldBenefit.omit({ left: true, leftUntil: true })),
    }).nullable(),
    computedAt: shownMoment,
  }),
});
export type MemberBenefits = EndpointReplyOf<typeof readMemberBenefits>;
type EndpointReplyOf<E extends { reply: z.ZodType }> = z.output<E['reply']>;

const poolKinds = ['uploaded', 'generated'] as const;
const shownPool = z.object({ poolId: count, name: z.string(), kind: z.enum(poolKinds), left: count.nullable(), issued: count, used: count, createdAt: shownMoment });
export type ShownPool = z.output<typeof shownPool>;
export const listCodePools = endpoint({
  method: 'GET', path: '/api/coupon-pools', summary: 'Pools of coupon codes that benefits give from', access: 'membership.read', query: plainPageQuery, reply: pageOf(shownPool),
});
export const createCodePool = endpoint({
  method: 'POST', path: '/api/coupon-pools', summary: 'Adds a pool of coupon codes: uploaded ones, or ones that are made when they are given', access: 'membership.benefits',
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('uploaded'), name: text }),
    z.object({ kind: z.literal('generated'), name: text, prefix: z.string().regex(/^[A-Z0-9-]{0,12}$/).default('') }),
  ]),
  reply: z.object({ poolId: count }), status: 201,
});
const code = z.string().trim().regex(/^[\x21-\x7e]{1,64}$/);
export const addCodes = endpoint({
  method: 'POST', path: '/api/coupon-pools/:poolId/codes', summary: 'Adds codes to a pool; those it has already are left out', access: 'membership.benefits', params: z.object({ poolId: id }),
  body: z.object({ codes: z.array(code).min(1).max(5_000) }), reply: z.object({ added: count, known: count }),
});
