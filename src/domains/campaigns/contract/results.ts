import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { rfmSegments } from '../../audiences/contract.ts';

const count = z.number().int();

/** An estimate with the interval a repetition would meet in 95 of 100 cases; infinite where too little is known. */
export const interval = z.object({ difference: z.number(), low: z.number().nullable(), high: z.number().nullable(), p: z.number().nullable() });
export type Interval = z.output<typeof interval>;

export const outcomeMetrics = ['buyers', 'orders', 'revenue', 'margin'] as const;
export type OutcomeMetric = (typeof outcomeMetrics)[number];

/** People of an arm and what they did, exactly; whoever was not reached counts as well, or groups could not be compared. */
const armFigures = z.object({
  key: z.string(), name: z.string(), isControl: z.boolean(), people: count, buyers: count, orders: count,
  /** Sales less refunds, in the brand's money. */
  revenue: z.string(),
});
export type ArmFigures = z.output<typeof armFigures>;

/** How people who were meant to be reached differ from those who were left out, a person. */
const lift = z.object({
  metric: z.enum(outcomeMetrics),
  /** Of those left out, a person. */
  base: z.number(),
  /** By what people did before: sharper, of the same truth. */
  sharp: interval,
  plain: interval,
  /** Which part of the variance was gone before: 0.5 makes the interval three tenths narrower. */
  explained: z.number(),
  /** As a part of what those left out did. */
  relative: interval.omit({ p: true }).nullable(),
});
export type Lift = z.output<typeof lift>;

/** What all who were meant to be reached did more, together. */
const earned = z.object({ revenue: interval, margin: interval.nullable(), buyers: interval, orders: interval });

const versus = z.object({ one: z.string(), other: z.string(), metric: z.enum(outcomeMetrics), ...interval.shape });

const segmentName = z.enum(['never', ...rfmSegments]);
export type SegmentName = z.output<typeof segmentName>;
const segment = z.object({
  segment: segmentName, people: count, control: count,
  /** Revenue a person, sharpened. p is of many comparisons, as if it were the only one (Holm). */
  revenue: interval, buyers: interval,
  verdict: z.enum(['gained', 'harmed', 'unclear', 'too_few']),
});
export type SegmentLift = z.output<typeof segment>;

/** What became of messages: people each, however often they opened. */
const delivery = z.object({
  handed: count, delivered: count, opened: count, clicked: count, unsubscribed: count, bounced: count, complained: count,
  /** By programs that fetch the pictures of every mail, or of a mail before it is in the mailbox. */
  openedByMachine: count,
  /** What no account of its channel tells, and nobody is known of: there nought is no number. */
  untold: z.array(z.enum(['delivered', 'opened'])),
  /** What they cost, and what they would have by the plan's price; of how many of the messages providers or their accounts' prices tell it. */
  cost: z.string(), planned: z.string(), messages: count, priced: count,
});

const result = z.object({
  campaignNo: count,
  /** From when until when orders count; it is not over before `endsAt`. */
  beganAt: z.iso.datetime(), endsAt: z.iso.datetime(), countedUntil: z.iso.datetime(), isOver: z.boolean(),
  currency: z.string(), marginPercent: z.number().nullable(),
  arms: z.array(armFigures),
  /** The chance that a lot gives groups of these sizes; null where there is one group. */
  sampleRatio: z.object({ p: z.number(), isMismatch: z.boolean() }).nullable(),
  lifts: z.array(lift),
  earned: earned.nullable(),
  /** Every arm against those left out, p by Holm; and arms against each other in a test that may be looked at every day. */
  versusControl: z.array(versus),
  versusEachOther: z.array(versus),
  winner: z.string().nullable(),
  segments: z.array(segment),
  delivery,
  /** What it earned for what it cost, in margin where that is known and in revenue otherwise; null without cost or control group. */
  back: z.object({ of: z.enum(['margin', 'revenue']), times: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  computedAt: z.iso.datetime(),
});
export type CampaignResult = z.output<typeof result>;

const campaignNo = z.coerce.number().int().min(1).max(2_147_483_647);
const ofCampaign = z.object({ campaignNo });
const path = '/api/campaigns/:campaignNo';

export const readCampaignResult = endpoint({
  method: 'GET', path: `${path}/result`, summary: 'What a campaign came to against those who were left out', access: 'campaigns.read', params: ofCampaign,
  reply: z.object({ sentence: z.string(), warnings: z.array(z.string()), result: result.nullable() }),
});
export const readCampaignEvolution = endpoint({
  method: 'GET', path: `${path}/evolution`, summary: 'Where people of a campaign were before it, and where they are now', access: 'campaigns.read', params: ofCampaign,
  reply: z.object({
    moves: z.array(z.object({ before: segmentName, after: segmentName, reached: count, control: count })),
    /** People of each group, to make shares of. */
    reached: count, control: count, computedAt: z.iso.datetime(),
  }),
});
export const readCampaignCourse = endpoint({
  method: 'GET', path: `${path}/course`, summary: 'What a campaign earned a person until each day since it began', access: 'campaigns.read', params: ofCampaign,
  reply: z.object({ days: z.array(z.object({ day: daySchema, reached: z.number(), control: z.number(), ...interval.shape })), computedAt: z.iso.datetime() }),
});

const lesson = z.object({
  lessonNo: count, campaignNo: count, campaignName: z.string(), title: z.string(), body: z.string(), tags: z.array(z.string()),
  /** What the campaign came to when the lesson was written: its sentence. */
  finding: z.string(), channel: z.string(), savedBy: z.string(), savedAt: z.iso.datetime(),
});
export type Lesson = z.output<typeof lesson>;
const tag = z.string().trim().min(1).max(30);
export const listLessons = endpoint({
  method: 'GET', path: '/api/campaign-lessons', summary: 'What was learnt from campaigns', access: 'campaigns.read', query: plainPageQuery.extend({ tag: tag.optional(), campaignNo: campaignNo.optional() }), reply: pageOf(lesson),
});
export const saveLesson = endpoint({
  method: 'POST', path: `${path}/lessons`, summary: 'Keep what a campaign taught', access: 'campaigns.edit', params: ofCampaign,
  body: z.object({ title: z.string().trim().min(1).max(120), body: z.string().trim().max(4_000).default(''), tags: z.array(tag).max(10).default([]) }), reply: lesson, status: 201,
});
export const deleteLesson = endpoint({ method: 'DELETE', path: '/api/campaign-lessons/:lessonNo', summary: 'Delete a lesson', access: 'campaigns.edit', params: z.object({ lessonNo: campaignNo }), reply: z.object({}) });
