import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { drawnLine } from '../../../kernel/program.ts';
import { rule } from '../../audiences/contract.ts';
import { rhythm } from '../../insights/contract.ts';
import { channelKinds, reasons } from '../../messaging/contract.ts';

const count = z.number().int();
const number = count.min(1).max(2_147_483_647);
const at = z.iso.datetime({ offset: true });
/** Money as plain text, not below 0. */
const money = z.string().max(20).refine((text) => (parseDecimal(text) ?? -1n) >= 0n, { params: { said: 'not_an_amount' } });
const key = z.string().regex(/^[a-z][a-z0-9_]{0,19}$/);

/** Of 10,000 people. A group that is left out tells what the campaign earned; how large it is is usually so. */
export const usualHoldout = 1_000;
export const campaignLimits = { arms: 6, exclusions: 10, measureDays: 180, perMinute: 1_000_000 } as const;

const arm = z.object({
  key,
  name: z.string().trim().max(60).default(''),
  /** Its part of those who are reached, against the weights of the others. */
  weight: count.min(1).max(10_000),
  templateNo: number,
  templateVersion: number,
});
export type CampaignArm = z.output<typeof arm>;

const schedule = z.discriminatedUnion('when', [
  /** Null: as soon as it may go. */
  z.object({ when: z.literal('once'), at: at.nullable() }),
  /** Days of the brand's calendar; without a last day, until it is cancelled. */
  z.object({ when: z.literal('recurring'), rhythm, from: daySchema, until: daySchema.nullable() }),
]);

/** At the hour in which each person does most, within these hours of the brand's day; who did too little to tell, at `fallback`. */
const bestHour = z.object({ earliest: count.min(0).max(23), latest: count.min(0).max(23), fallback: count.min(0).max(23) })
  .refine(({ earliest, latest, fallback }) => earliest <= fallback && fallback <= latest, { path: ['fallback'], params: { said: 'not_between_hours' } });

export const judgements = ['buyers', 'revenue'] as const;

export const campaignDefinition = z.object({
  name: z.string().trim().min(1).max(80),
  note: z.string().trim().max(1_000).default(''),
  audience: rule,
  /** Whoever is in one of these is not meant. */
  exclude: z.array(rule).max(campaignLimits.exclusions).default([]),
  channel: z.enum(channelKinds),
  /** For caps by category. */
  category: z.string().trim().max(40).default(''),
  arms: z.array(arm).min(1).max(campaignLimits.arms).refine((arms) => new Set(arms.map((each) => each.key)).size === arms.length && arms.every((each) => each.key !== 'control'), { error: 'keys that differ, none of them control' }),
  holdout: z.object({ share: count.min(0).max(5_000), reason: z.string().trim().max(200).default('') })
    .refine(({ share, reason }) => share > 0 || reason !== '', { path: ['reason'], error: 'why nobody is left out' }),
  schedule,
  bestHour: bestHour.nullable().default(null),
  perMinute: count.min(1).max(campaignLimits.perMinute).nullable().default(null),
  /** After so many hours a message is of no use any more. */
  usefulHours: count.min(1).max(720).nullable().default(null),
  /** What one message is expected to be worth: where programs want the same person, the larger one goes first. */
  expectedValue: money.default('0'),
  costPerMessage: money.default('0'),
  budget: money.nullable().default(null),
  /** A test of several arms that may be looked at every day; a recurring campaign goes on with the better one alone. Null: nobody decides before the end. */
  stopRule: z.object({ by: z.enum(judgements), leastPeople: count.min(100).max(10_000_000), level: z.number().min(0.8).max(0.999) }).nullable().default(null),
  /** Orders of so many days from its beginning count. */
  measureDays: count.min(1).max(campaignLimits.measureDays).default(28),
  /** What is left of sales after the cost of goods, of a hundred; null where nobody said. */
  marginPercent: z.number().min(0).max(100).nullable().default(null),
});
export type CampaignDefinition = z.output<typeof campaignDefinition>;

export const campaignStates = ['draft', 'checked', 'submitted', 'approved', 'running', 'paused', 'done', 'cancelled'] as const;
export type CampaignState = (typeof campaignStates)[number];
export const campaignTurns = ['check', 'submit', 'withdraw', 'pause', 'resume', 'cancel'] as const;
export type CampaignTurn = (typeof campaignTurns)[number];

/** What sending it would come to, at a moment. */
const estimate = z.object({
  /** Whom the audience means, without exclusions. */
  people: count,
  excluded: count,
  heldOut: count,
  /** The moment that it is reckoned for: when it goes the first time. */
  at: z.iso.datetime(),
  /** Of those who are not held out: whom the gate stops then and why, each by the first that does; null where there was no time to count. Who waits is reached later. */
  stopped: z.array(z.object({ reason: z.enum(reasons), people: count.nullable(), waits: z.boolean(), isSampled: z.boolean().optional() })),
  /** At once or later. */
  reached: count,
  cost: z.string(),
  isOverBudget: z.boolean(),
  /** Other campaigns that mean some of the same people within a week before or after. */
  overlaps: z.array(z.object({ campaignNo: count, name: z.string(), people: count })),
  /** How many people there are in each arm, the control group first. */
  arms: z.array(z.object({ key: z.string(), people: count })),
  /** What the smallest arm would show with the chance of four in five; null where nobody is held out or nobody bought before. */
  seen: z.object({
    /** Of 1: buyers among those held out, and how many more would be seen. */
    buyers: z.number(), buyersMore: z.number().nullable(),
    /** Per person. */
    revenue: z.number(), revenueMore: z.number().nullable(),
  }).nullable(),
  computedAt: z.iso.datetime(),
});
export type CampaignEstimate = z.output<typeof estimate>;

const campaign = z.object({
  campaignNo: count,
  definition: campaignDefinition,
  state: z.enum(campaignStates),
  version: count,
  estimate: estimate.nullable(),
  /** Whether letting it go takes a second person, by its size when it was checked. */
  needsApproval: z.boolean(),
  submittedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** Whether whoever asks is a second person: neither who wrote it nor who submitted it. */
  mayApprove: z.boolean(),
  nextAt: z.iso.datetime().nullable(),
  beganAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** The arm that a running test decided for. */
  winner: z.string().nullable(),
  editedBy: z.string(),
  editedAt: z.iso.datetime(),
});
export type Campaign = z.output<typeof campaign>;

const campaignNo = z.coerce.number().int().min(1).max(2_147_483_647);
const ofCampaign = z.object({ campaignNo });
const path = '/api/campaigns';
const onVersion = z.object({ version: count });

export const listCampaigns = endpoint({
  method: 'GET', path, summary: 'Campaigns', access: 'campaigns.read',
  query: pageQuery.extend({ sort: sortOf('editedAt', 'nextAt', 'beganAt'), state: z.enum(campaignStates).optional(), channel: z.enum(channelKinds).optional() }), reply: pageOf(campaign),
});
/** With the lines of the budget it draws on; none for whoever may not read the plan. */
const campaignRead = campaign.extend({ budgetLines: z.array(drawnLine) });
export const readCampaign = endpoint({ method: 'GET', path: `${path}/:campaignNo`, summary: 'One campaign', access: 'campaigns.read', params: ofCampaign, reply: campaignRead });
export const createCampaign = endpoint({
  method: 'POST', path, summary: 'Draft a campaign, once for a key', access: 'campaigns.edit',
  body: z.object({ key: z.string().trim().min(1).max(100), definition: campaignDefinition }), reply: campaign, status: 201,
});
export const changeCampaign = endpoint({
  method: 'PUT', path: `${path}/:campaignNo`, summary: 'Change a campaign that has not begun; it is a draft again', access: 'campaigns.edit', params: ofCampaign,
  body: onVersion.extend({ definition: campaignDefinition }), reply: campaign,
});
export const deleteCampaign = endpoint({ method: 'DELETE', path: `${path}/:campaignNo`, summary: 'Delete a campaign that has not begun', access: 'campaigns.edit', params: ofCampaign, reply: z.object({}) });
export const turnCampaign = endpoint({
  method: 'POST', path: `${path}/:campaignNo/state`, summary: 'Check a campaign, submit it, take it back, pause it, let it go on, or cancel it', access: 'campaigns.edit', params: ofCampaign,
  body: onVersion.extend({ turn: z.enum(campaignTurns) }), reply: campaign,
});
export const approveCampaign = endpoint({
  method: 'POST', path: `${path}/:campaignNo/approval`, summary: 'A second person lets a campaign go, or gives it back with a reason', access: 'campaigns.approve', params: ofCampaign,
  body: onVersion.extend({ isApproved: z.boolean(), reason: z.string().trim().max(500).default('') }).refine(({ isApproved, reason }) => isApproved || reason !== '', { path: ['reason'] }), reply: campaign,
});
export const previewCampaign = endpoint({
  method: 'POST', path: `${path}/preview`, summary: 'What a campaign says, what is wrong with it, and when it goes', access: 'campaigns.read', body: z.object({ definition: campaignDefinition }),
  reply: z.object({
    sentence: z.string(),
    checks: z.array(z.object({ level: z.enum(['error', 'warning']), path: z.string(), text: z.string() })),
    occasions: z.array(z.iso.datetime()),
    computedAt: z.iso.datetime(),
  }),
});
export const estimateCampaign = endpoint({
  method: 'POST', path: `${path}/estimate`, summary: 'Whom a campaign would reach, what it would cost, and what its control group would show', access: 'campaigns.read',
  body: z.object({ definition: campaignDefinition, campaignNo: number.optional() }), reply: estimate,
});
export const listCampaignSteps = endpoint({
  method: 'GET', path: `${path}/:campaignNo/steps`, summary: 'Who did what with a campaign', access: 'campaigns.read', params: ofCampaign,
  reply: z.object({ steps: z.array(z.object({ at: z.iso.datetime(), by: z.string(), step: z.string(), note: z.string() })) }),
});

const progress = z.object({
  occasion: z.string(), at: z.iso.datetime(), people: count, heldOut: count,
  state: z.enum(['waiting', 'running', 'paused', 'done', 'cancelled']),
  /** Why it stands still though nobody halted it: a code. */
  trouble: z.string().nullable(),
  /** Of those meant to be reached, whom no program reaches. */
  keptOut: count,
  sent: count, deferred: count, refusedByGate: count,
  /** Of those refused: for whom its budget had nothing left. */
  overBudget: count,
  queued: count, handed: count, refused: count, unknown: count,
  /** When the last of those begin who are reached at hours of their own; null where all have begun. */
  lastHourAt: z.iso.datetime().nullable(),
  /** Of those handed over, as it was told later. */
  bounced: count, complained: count,
});
export type CampaignProgress = z.output<typeof progress>;
export const readCampaignProgress = endpoint({
  method: 'GET', path: `${path}/:campaignNo/progress`, summary: 'How far each occasion of a campaign has come', access: 'campaigns.read', params: ofCampaign,
  reply: z.object({ occasions: z.array(progress), computedAt: z.iso.datetime() }),
});
export const readCampaignCalendar = endpoint({
  method: 'GET', path: '/api/campaign-calendar', summary: 'Which campaigns go on which days', access: 'campaigns.read', query: z.object({ from: daySchema, to: daySchema }),
  reply: z.object({
    campaigns: z.array(z.object({ campaignNo: count, name: z.string(), channel: z.enum(channelKinds), state: z.enum(campaignStates), days: z.array(daySchema), people: count.nullable() })),
    /** Pairs that go within a week of each other and mean some of the same people, as when they were checked. */
    overlaps: z.array(z.object({ one: count, other: count, people: count })),
    /** How many more may go on these days than are given: the oldest plans. */
    leftOut: count,
    computedAt: z.iso.datetime(),
  }),
});

const percent = z.number().min(0).max(100);
/** What goes for all campaigns. */
const policy = z.object({
  /** From how many recipients on a campaign takes a second person. */
  approvalAbove: count.min(0).max(100_000_000),
  /** What is left of sales after the cost of goods, of a hundred, for what all programs bring; null where nobody said. */
  marginPercent: percent.nullable().default(null),
  /** A campaign of which a larger part than this bounced, or complained, pauses by itself; null for never. */
  pauseAtBounced: percent.min(0.1).nullable().default(5),
  pauseAtComplained: percent.min(0.01).nullable().default(0.3),
});
export type CampaignPolicy = z.output<typeof policy>;
export const readCampaignPolicy = endpoint({ method: 'GET', path: '/api/campaign-policy', summary: 'What goes for all campaigns: from how many recipients on one takes a second person, the margin, and when one pauses by itself', access: 'campaigns.read', reply: policy });
export const changeCampaignPolicy = endpoint({ method: 'PUT', path: '/api/campaign-policy', summary: 'Set what goes for all campaigns', access: 'campaigns.approve', body: policy, reply: policy });
