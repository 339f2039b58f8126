import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { reportComparisons } from './analysis.ts';
import { fieldDimensions } from './figures.ts';

const access = 'insights.schedule' as const;

/** A time of day in the brand's zone, `08:30`. */
const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** 1 is Monday (ISO 8601). A month without the day chosen is sent on its last. */
export const rhythm = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), at }),
  z.object({ every: z.literal('week'), weekday: z.number().int().min(1).max(7), at }),
  z.object({ every: z.literal('month'), day: z.union([z.number().int().min(1).max(31), z.literal('last')]), at }),
]);
export type Rhythm = z.output<typeof rhythm>;

/** What a report is about, seen from the day it is sent. Weeks begin on Monday. */
export const reportPeriods = ['yesterday', 'last_7_days', 'last_week', 'month_to_date', 'last_month'] as const;
export type ReportPeriod = (typeof reportPeriods)[number];

/**
 * What is in it: figures, their course, an analysis in words, and a table for each of these dimensions; or a report that was
 * saved, over the days of the sending. Its name is the one it had when it was chosen, and says which one is gone.
 */
const reportContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('overview'), dimensions: z.array(z.enum(fieldDimensions)).max(fieldDimensions.length) }),
  z.object({ kind: z.literal('saved'), reportId: z.number().int().positive().max(2 ** 31 - 1), name: z.string().max(80).default('') }),
]);
export type ReportContent = z.output<typeof reportContent>;
export type SavedContent = Extract<ReportContent, { kind: 'saved' }>;
export const mostReportContents = 8;

const locale = z.enum(locales);
const address = z.email().max(200).transform((text) => text.toLowerCase());
const member = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staff'), staffId: z.number().int().positive(), locale }),
  z.object({ kind: z.literal('address'), address, locale }),
]);
export type GroupMember = z.output<typeof member>;
const recipient = z.discriminatedUnion('kind', [...member.options, z.object({ kind: z.literal('group'), groupId: z.number().int().positive() })]);
export type Recipient = z.output<typeof recipient>;

const name = z.string().trim().min(1).max(80);

/** What somebody sets of a report that sends itself. */
export const scheduleWanted = z.object({
  name,
  contents: z.array(reportContent).min(1).max(mostReportContents),
  period: z.enum(reportPeriods),
  compare: z.enum(reportComparisons),
  rhythm,
  recipients: z.array(recipient).min(1).max(100),
});
export type ScheduleWanted = z.output<typeof scheduleWanted>;

export const occasionStates = ['under_way', 'sent', 'maybe_sent', 'failed', 'missed'] as const;
export type OccasionState = (typeof occasionStates)[number];
export const sendingStates = ['waiting', 'sending', 'handing_over', 'sent', 'maybe_sent', 'failed'] as const;

const schedule = scheduleWanted.extend({
  scheduleId: z.number().int(),
  state: z.enum(['active', 'paused']),
  version: z.number().int(),
  /** Null while it is paused. */
  nextAt: z.iso.datetime().nullable(),
  createdBy: z.string(),
  /** The newest sending that was no test. */
  last: z.object({ state: z.enum(occasionStates), dueAt: z.iso.datetime() }).nullable(),
  /** What recipients are called, in their order. */
  recipientNames: z.array(z.string()),
});
export type ShownSchedule = z.output<typeof schedule>;

const scheduleParams = z.object({ scheduleId: z.coerce.number().int().positive() });
const path = '/api/insights/reporting';

export const listSchedules = endpoint({ method: 'GET', path: `${path}/schedules`, summary: 'Reports that send themselves', access, query: plainPageQuery, reply: pageOf(schedule) });
export const readSchedule = endpoint({ method: 'GET', path: `${path}/schedules/:scheduleId`, summary: 'One report that sends itself', access, params: scheduleParams, reply: schedule });
export const createSchedule = endpoint({ method: 'POST', path: `${path}/schedules`, summary: 'Have a report sent again and again', access, body: scheduleWanted, reply: schedule, status: 201 });
export const changeSchedule = endpoint({
  method: 'PUT', path: `${path}/schedules/:scheduleId`, summary: 'Change what is sent, when, or to whom', access, params: scheduleParams,
  body: scheduleWanted.extend({ version: z.number().int() }), reply: schedule,
});
export const pauseSchedule = endpoint({
  method: 'POST', path: `${path}/schedules/:scheduleId/pause`, summary: 'Pause a report, or let it go on', access, params: scheduleParams, body: z.object({ paused: z.boolean() }), reply: schedule,
});
export const deleteSchedule = endpoint({ method: 'DELETE', path: `${path}/schedules/:scheduleId`, summary: 'Delete a report with its history', access, params: scheduleParams, reply: z.object({}) });
export const testSchedule = endpoint({
  method: 'POST', path: `${path}/schedules/:scheduleId/test`, summary: 'Send the report to myself, now', access, params: scheduleParams, reply: z.object({ occasionId: z.number().int() }), status: 202,
});

const occasion = z.object({
  occasionId: z.number().int(),
  isTest: z.boolean(),
  dueAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** True where it was sent later than it was due, because nobody was there to send it. */
  isLate: z.boolean(),
  state: z.enum(occasionStates),
  from: daySchema,
  to: daySchema,
  sendings: z.array(z.object({
    sendingId: z.number().int(), to: z.string(), locale, state: z.enum(sendingStates), failures: z.number().int(),
    trouble: z.string().nullable(), sentAt: z.iso.datetime().nullable(), nextAt: z.iso.datetime().nullable(),
  })),
});
export type ShownOccasion = z.output<typeof occasion>;

export const listOccasions = endpoint({
  method: 'GET', path: `${path}/schedules/:scheduleId/occasions`, summary: 'When a report was sent, to whom, and how that went', access, params: scheduleParams, query: plainPageQuery, reply: pageOf(occasion),
});
export const sendAgain = endpoint({
  method: 'POST', path: `${path}/occasions/:occasionId/again`, summary: 'Send to those again whom it did not, or perhaps did not, reach', access,
  params: z.object({ occasionId: z.coerce.number().int().positive() }), reply: z.object({ sendings: z.number().int() }), status: 202,
});

export const previewReport = endpoint({
  method: 'POST', path: `${path}/preview`, summary: 'The mail as it would be sent now', access,
  body: scheduleWanted.pick({ name: true, contents: true, period: true, compare: true }).extend({ locale }),
  reply: z.object({ subject: z.string(), html: z.string(), text: z.string(), from: daySchema, to: daySchema, computedAt: z.iso.datetime() }),
});

const group = z.object({ groupId: z.number().int(), name: z.string(), members: z.array(member), memberNames: z.array(z.string()) });
export type ShownGroup = z.output<typeof group>;
const groupBody = z.object({ name, members: z.array(member).min(1).max(200) });
const groupParams = z.object({ groupId: z.coerce.number().int().positive() });

export const listRecipients = endpoint({
  method: 'GET', path: `${path}/recipients`, summary: 'Whom a report can be sent to by name: accounts and groups', access,
  reply: z.object({ staff: z.array(z.object({ staffId: z.number().int(), name: z.string() })), groups: z.array(group), isMailSetUp: z.boolean() }),
});
export const createGroup = endpoint({ method: 'POST', path: `${path}/groups`, summary: 'Name a group of recipients', access, body: groupBody, reply: group, status: 201 });
export const changeGroup = endpoint({ method: 'PUT', path: `${path}/groups/:groupId`, summary: 'Change a group of recipients', access, params: groupParams, body: groupBody, reply: group });
export const deleteGroup = endpoint({ method: 'DELETE', path: `${path}/groups/:groupId`, summary: 'Delete a group that no report is sent to', access, params: groupParams, reply: z.object({}) });

export const listReportTroubles = endpoint({
  method: 'GET', path: `${path}/troubles`, summary: 'Reports of the last seven days that failed, were missed, or perhaps did not arrive', access,
  reply: z.object({ troubles: z.array(z.object({ scheduleId: z.number().int(), name: z.string(), state: z.enum(['failed', 'missed', 'maybe_sent']), dueAt: z.iso.datetime() })) }),
});
