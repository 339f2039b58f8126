import { z } from 'zod';
import { addDays, addMonths, type Day, daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { documentFormats } from './document.ts';
import { copy, goesTo, occasion } from './mailings.ts';
import type { Days } from './periods.ts';
import { planParams } from './plans.ts';

export const reportUnits = ['day', 'week', 'month'] as const;
export type ReportUnit = (typeof reportUnits)[number];

/** The day, week (from Monday) or month that a day is in. */
export function reportDays(unit: ReportUnit, day: Day): Days {
  if (unit === 'day') return { from: day, to: day };
  if (unit === 'month') return { from: `${day.slice(0, 8)}01`, to: addDays(addMonths(`${day.slice(0, 8)}01`, 1), -1) };
  const from = addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
  return { from, to: addDays(from, 6) };
}

/** What a report that writes itself has, in this order; `own` is what somebody added. */
export const reportSectionKeys = ['summary', 'done', 'begun', 'moved', 'overdue', 'milestones', 'meetings', 'goals', 'metrics', 'monitors', 'risks', 'changes', 'next', 'own'] as const;
const section = z.object({ key: z.enum(reportSectionKeys), title: z.string().trim().min(1).max(120), lines: z.array(z.string().trim().min(1).max(2_000)).max(200) });
export type PlanReportSection = z.output<typeof section>;

const number = z.number().int();
const head = z.object({
  reportNo: number, projectNo: number.nullable(), projectName: z.string().nullable(), unit: z.enum(reportUnits), from: daySchema, to: daySchema, locale: z.enum(locales),
  /** 0 while it is written. */
  version: number,
  writtenAt: z.iso.datetime(), writtenBy: z.string(), editedAt: z.iso.datetime().nullable(), editedBy: z.string().nullable(),
  /** How writing it last went. */
  last: occasion.nullable(),
  /** Letters and messages to groups that have left, or are about to. */
  sent: number,
});
export type PlanReportHead = z.output<typeof head>;
const report = head.extend({
  title: z.string(), sections: z.array(section), copies: z.array(copy),
  /** To whom reports like this go by the plan's setting; null without one. */
  goesTo: goesTo.nullable(),
});
export type PlanReport = z.output<typeof report>;

const path = '/api/plans/:planNo/reports';
const params = planParams.extend({ reportNo: z.coerce.number().int().min(1).max(2_147_483_647) });

export const listPlanReports = endpoint({
  method: 'GET', path, summary: 'Reports of a plan, the newest first', access: 'planning.read', params: planParams,
  query: plainPageQuery.omit({ q: true }).extend({
    unit: z.enum(reportUnits).optional(), /** 0 is the whole plan. */ projectNo: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
    /** Reports that have to do with any of these days. */
    from: daySchema.optional(), to: daySchema.optional(),
  }),
  reply: pageOf(head),
});
export const writePlanReport = endpoint({
  method: 'POST', path, summary: 'Has a report written of the day, week or month that a day is in; the one that there is where there is one', access: 'planning.edit', params: planParams,
  body: z.object({ unit: z.enum(reportUnits), day: daySchema, projectNo: z.number().int().min(1).max(2_147_483_647).nullable().default(null), locale: z.enum(locales) }), reply: z.object({ reportNo: number }), status: 202,
});
export const readPlanReport = endpoint({ method: 'GET', path: `${path}/:reportNo`, summary: 'A report, and who got it', access: 'planning.read', params, reply: report });
export const editPlanReport = endpoint({
  method: 'PUT', path: `${path}/:reportNo`, summary: 'Changes what a report says; one that somebody else changed meanwhile is a 409 that says who', access: 'planning.edit', params,
  body: z.object({ version: number, sections: z.array(section).min(1).max(40) }), reply: report,
});
export const rewritePlanReport = endpoint({ method: 'POST', path: `${path}/:reportNo/rewrite`, summary: 'Has a report written again from what is known now', access: 'planning.edit', params, body: z.object({ version: number }), reply: z.object({ reportNo: number }), status: 202 });
export const sendPlanReport = endpoint({
  method: 'POST', path: `${path}/:reportNo/send`, summary: 'Sends a report as it is; whoever has this version already does not get it again', access: 'planning.edit', params,
  body: goesTo.extend({ version: number }).refine(({ readers, robotNos }) => readers.length + robotNos.length > 0, { path: ['readers'] }), reply: report, status: 202,
});
export const exportPlanReport = endpoint({
  method: 'GET', path: `${path}/:reportNo/file`, summary: 'A report as a file for Word, as a PDF, or as one page of HTML', access: 'planning.read', params, query: z.object({ format: z.enum(documentFormats).default('docx') }), reply: z.string(), raw: true,
});
