import { z } from 'zod';
import { type Day, daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { drawnLine } from '../../../kernel/program.ts';
import { participationLimits } from './mall.ts';
import { names, programmeKey } from './programme.ts';

const count = z.number().int();
const most = 1_000_000_000;
const points = count.min(0).max(most);
const at = z.iso.datetime({ offset: true });

/** Days that come again, of the brand's calendar. A month without a day that is named has no such day. */
export const dayRule = z.discriminatedUnion('on', [
  z.object({ on: z.literal('dates'), dates: z.array(daySchema).min(1).max(100) }),
  z.object({ on: z.literal('month_days'), days: z.array(z.union([count.min(1).max(31), z.literal('last')])).min(1).max(31) }),
  /** 1 is Monday (ISO 8601). */
  z.object({ on: z.literal('weekdays'), weekdays: z.array(count.min(1).max(7)).min(1).max(7) }),
  z.object({ on: z.literal('nth_weekday'), nth: z.union([count.min(1).max(4), z.literal('last')]), weekday: count.min(1).max(7) }),
  /** `06-18` of every year. */
  z.object({ on: z.literal('year_days'), days: z.array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)).min(1).max(100) }),
]);
export type DayRule = z.output<typeof dayRule>;
export const dayRuleKinds = ['month_days', 'nth_weekday', 'weekdays', 'year_days', 'dates'] as const;

/** For which goods of an order; of a channel, or of all where none is named. */
const scope = z.object({
  goods: z.discriminatedUnion('are', [
    z.object({ are: z.literal('all') }),
    z.object({ are: z.literal('products'), products: z.array(z.string().min(1).max(200)).min(1).max(1_000) }),
    z.object({ are: z.literal('categories'), categories: z.array(z.string().min(1).max(200)).min(1).max(200) }),
  ]),
  channels: z.array(z.string().min(1).max(100)).max(50),
});
/** In hundredths: 200 is twice as much. More than ten times is a slip of the keyboard. */
const factor = count.min(101).max(1_000);
/** How soon an order must be paid to keep what the day of its placing promised; null for whenever. */
const payWithinMinutes = count.min(1).max(43_200).nullable();
const reward = z.object({ points, growth: points });

const prize = z.object({
  key: programmeKey,
  names,
  /** Of all weights together: 5 of 1,000 are half a percent. */
  weight: count.min(0).max(1_000_000),
  gives: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('points'), points: count.min(1).max(most) }),
    z.object({ kind: z.literal('item'), itemNo: count.min(1) }),
    z.object({ kind: z.literal('nothing') }),
  ]),
  /** How many there are; null without a limit. */
  stock: count.min(0).max(most).nullable(),
});
export type Prize = z.output<typeof prize>;

export const profileFields = ['gender', 'birthDate', 'province', 'city'] as const;

/** What an activity does, by its kind. */
const does = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joining'), reward }),
  z.object({ kind: z.literal('member_day'), days: dayRule, factor: factor.nullable(), scope, payWithinMinutes, reward }),
  z.object({ kind: z.literal('double_points'), factor, scope, payWithinMinutes }),
  z.object({
    kind: z.literal('lottery'),
    cost: points,
    prizes: z.array(prize).min(2).max(30),
    /** What is given in the place of a prize of which none is left. It never runs out. */
    fallback: programmeKey,
    /** After so many draws in a row that came to the fallback the next one is this prize. */
    pity: z.object({ after: count.min(1).max(1_000), prize: programmeKey }).nullable(),
  }),
  z.object({ kind: z.literal('exchange'), itemNo: count.min(1), points: count.min(1).max(most), stock: count.min(1).max(most) }),
  z.object({
    kind: z.literal('sign_in'),
    daily: points,
    /** Further points on the day a streak comes to so many days. */
    bonuses: z.array(z.object({ days: count.min(2).max(366), points: count.min(1).max(most) })).max(30),
    /** The streak begins anew after so many days; null for never. */
    cycleDays: count.min(2).max(366).nullable(),
  }),
  z.object({
    kind: z.literal('task'),
    task: z.discriminatedUnion('what', [
      z.object({ what: z.literal('event'), event: z.string().trim().min(1).max(200), times: count.min(1).max(10_000), within: z.enum(['day', 'activity']) }),
      z.object({ what: z.literal('profile'), fields: z.array(z.enum(profileFields)).min(1).max(profileFields.length) }),
    ]),
    reward,
  }),
]);
export type ActivityDoes = z.output<typeof does>;
export const activityKinds = ['joining', 'member_day', 'double_points', 'lottery', 'exchange', 'sign_in', 'task'] as const;
export type ActivityKind = (typeof activityKinds)[number];

export const activityDefinition = z.object({
  names,
  note: z.string().trim().max(1_000).default(''),
  startsAt: at,
  /** Null for one without an end. */
  endsAt: at.nullable(),
  tiers: z.array(programmeKey).max(20),
  limits: participationLimits,
  /** Points it may give in all; it stops when they are spent. */
  budget: count.min(1).max(Number.MAX_SAFE_INTEGER).nullable(),
  /** Points it gives are good to the end of the day so many days later; null for ever. */
  validDays: count.min(1).max(3_660).nullable(),
  does,
}).refine(({ startsAt, endsAt }) => endsAt === null || Date.parse(startsAt) < Date.parse(endsAt), { path: ['endsAt'], params: { said: 'before_start' } });
export type ActivityDefinition = z.output<typeof activityDefinition>;

/** What somebody decided, and time together with it. */
export const activityStates = ['draft', 'scheduled', 'running', 'paused', 'ended'] as const;
export type ActivityState = (typeof activityStates)[number];

const activity = z.object({
  activityNo: count,
  definition: activityDefinition,
  state: z.enum(activityStates),
  /** It was paused by itself, for these lines of the budget have nothing for it. */
  fullLines: z.array(z.string()).nullable(),
  version: count,
  /** Points of its budget that were given, or put aside for who takes part now. */
  promised: count,
  prizes: z.array(z.object({ key: z.string(), stock: count.nullable(), given: count })),
  /** A fingerprint of the seed that draws are made with, public from the beginning; the seed itself once it has ended. */
  seedFingerprint: z.string(),
  seed: z.string().nullable(),
  editedBy: z.string(),
  editedAt: z.iso.datetime(),
});
export type Activity = z.output<typeof activity>;

const activityNo = z.coerce.number().int().min(1).max(2_147_483_647);
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const ofActivity = z.object({ activityNo });
const path = '/api/activities';
const day: z.ZodType<Day> = daySchema;

export const listActivities = endpoint({
  method: 'GET', path, summary: 'Activities for members', access: 'membership.read',
  query: pageQuery.extend({ sort: sortOf('startsAt', 'editedAt'), kind: z.enum(activityKinds).optional(), state: z.enum(activityStates).optional() }), reply: pageOf(activity),
});
export const readActivityCalendar = endpoint({
  method: 'GET', path: '/api/activity-calendar', summary: 'Which activities are on, day by day', access: 'membership.read', query: z.object({ from: day, to: day }),
  reply: z.object({
    activities: z.array(z.object({ activityNo: count, names, kind: z.enum(activityKinds), state: z.enum(activityStates), days: z.array(daySchema) })),
    computedAt: z.iso.datetime(),
  }),
});
export const readActivity = endpoint({ method: 'GET', path: `${path}/:activityNo`, summary: 'One activity, with the lines of the budget it draws on', access: 'membership.read', params: ofActivity, reply: activity.extend({ budgetLines: z.array(drawnLine) }) });
export const createActivity = endpoint({ method: 'POST', path, summary: 'Draft an activity', access: 'membership.activities', body: z.object({ definition: activityDefinition }), reply: activity, status: 201 });
export const changeActivity = endpoint({
  method: 'PUT', path: `${path}/:activityNo`, summary: 'Change an activity that has not begun', access: 'membership.activities', params: ofActivity, body: z.object({ version: count, definition: activityDefinition }), reply: activity,
});
export const turnActivity = endpoint({
  method: 'POST', path: `${path}/:activityNo/state`, summary: 'Publish an activity, pause it, let it go on, or end it', access: 'membership.activities', params: ofActivity,
  body: z.object({ turn: z.enum(['publish', 'pause', 'resume', 'end']) }), reply: activity,
});
export const deleteActivity = endpoint({ method: 'DELETE', path: `${path}/:activityNo`, summary: 'Delete a draft', access: 'membership.activities', params: ofActivity, reply: z.object({}) });

const check = z.object({ level: z.enum(['error', 'warning']), text: z.string(), path: z.string() });
const odds = z.array(z.object({ key: z.string(), names, weight: count, of: count }));
export type Odds = z.output<typeof odds>;
export const previewActivity = endpoint({
  method: 'POST', path: `${path}/preview`, summary: 'What an activity says in three languages, what is wrong with it, and its next days', access: 'membership.read',
  body: z.object({ definition: activityDefinition }),
  reply: z.object({
    sentences: z.record(z.enum(locales), z.string()), checks: z.array(check), days: z.array(daySchema), odds, computedAt: z.iso.datetime(),
    /** Points one draw gives on average, as a fraction. */
    expected: z.object({ over: count, under: count }).nullable(),
  }),
});

const outcome = z.object({
  participationNo: count,
  activityNo: count,
  customerNo: count,
  state: z.enum(['begun', 'decided', 'done']),
  cost: count,
  points: count,
  growth: count,
  prize: z.object({ key: z.string(), names }).nullable(),
  /** The exchange of the mall that it led to. */
  orderNo: count.nullable(),
  /** Of sign-ins: how many days in a row. */
  streak: count.nullable(),
  occurredAt: z.iso.datetime(),
});
export type ActivityOutcome = z.output<typeof outcome>;

export const takePart = endpoint({
  method: 'POST', path: `${path}/:activityNo/participations`, summary: 'Take part: draw, sign in, claim, exchange; once for a key', access: 'membership.checkout', params: ofActivity,
  body: z.object({ key: z.string().trim().min(1).max(200), customerNo }), reply: outcome.extend({ isReplay: z.boolean() }), status: 201,
});
const participant = outcome.extend({ customerName: z.string().nullable() });
export type Participation = z.output<typeof participant>;
export const listParticipations = endpoint({
  method: 'GET', path: `${path}/:activityNo/participations`, summary: 'Who took part, and what it came to', access: 'membership.read', params: ofActivity,
  query: pageQuery.extend({ sort: sortOf('occurredAt', 'points'), prize: programmeKey.optional() }).omit({ q: true }), reply: pageOf(participant),
});
export const readActivityResults = endpoint({
  method: 'GET', path: `${path}/:activityNo/results`, summary: 'What came of an activity', access: 'membership.read', params: ofActivity,
  reply: z.object({
    people: count, participations: count, points: count, growth: count, cost: count,
    prizes: z.array(z.object({ key: z.string(), names, stock: count.nullable(), given: count, drawn: count })),
    days: z.array(z.object({ day: daySchema, people: count, participations: count, points: count })),
    computedAt: z.iso.datetime(),
  }),
});
export const keepParticipants = endpoint({
  method: 'POST', path: `${path}/:activityNo/audience`, summary: 'Keep who took part as a fixed audience', access: 'audiences.edit', params: ofActivity,
  body: z.object({ name: z.string().trim().min(1).max(80), prize: programmeKey.optional() }), reply: z.object({ audienceId: count }), status: 201,
});

/** Why somebody cannot take part now. */
export const hindrances = ['not_running', 'not_a_member', 'not_for_tier', 'day_limit', 'total_limit', 'not_today', 'too_few_points', 'budget_spent', 'out_of_stock', 'not_done_yet', 'joined_before', 'by_itself', 'paused'] as const;
export type Hindrance = (typeof hindrances)[number];
const open = z.object({
  activityNo: count, names, note: z.string(), kind: z.enum(activityKinds), startsAt: z.iso.datetime({ offset: true }), endsAt: z.iso.datetime({ offset: true }).nullable(),
  /** What it is, in the language of the request. */
  sentence: z.string(),
  cost: count,
  /** Null where taking part is possible now. */
  hindrance: z.enum(hindrances).nullable(),
  today: count, total: count,
  streak: count.nullable(),
  /** Of tasks: how much is done of how much. */
  progress: z.object({ done: count, of: count }).nullable(),
  odds, left: z.array(z.object({ key: z.string(), left: count.nullable() })),
});
export type OpenActivity = z.output<typeof open>;
export const readActivitiesOf = endpoint({
  method: 'GET', path: '/api/members/:customerNo/activities', summary: 'What is open to a member, and of the rest why not', access: 'membership.read', params: z.object({ customerNo }),
  reply: z.object({ activities: z.array(open), computedAt: z.iso.datetime() }),
});
