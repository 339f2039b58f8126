import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { exportFormats } from './endpoints.ts';
import { question } from './question.ts';

/** How an answer is drawn. */
export const answerViews = ['table', 'line', 'bar', 'pie', 'map'] as const;
export type AnswerView = (typeof answerViews)[number];

/** Who sees what was saved: its owner, everybody who reads reports, or these, of whom those who may save may change it. */
export const sharings = ['private', 'read', 'edit'] as const;
export type Sharing = (typeof sharings)[number];

const id = z.coerce.number().int().min(1).max(2 ** 31 - 1);
const name = z.string().trim().min(1).max(80);

const reportBody = z.object({ question, view: z.enum(answerViews).default('table') });
export type ReportBody = z.output<typeof reportBody>;

/** Cards stand in the order of the list; each shows a saved report. */
const dashboardBody = z.object({
  cards: z.array(z.object({ reportId: z.number().int(), size: z.enum(['half', 'full']).default('half') })).max(40).default([]),
});
export type DashboardBody = z.output<typeof dashboardBody>;

const keptHead = {
  id: z.number().int(),
  name: z.string(),
  owner: z.string(),
  /** The reader made it; only then it can be shared otherwise or deleted. */
  isMine: z.boolean(),
  mayChange: z.boolean(),
  sharing: z.enum(sharings),
  version: z.number().int(),
  updatedAt: z.iso.datetime(),
};
export type KeptHead = z.output<z.ZodObject<typeof keptHead>>;

const params = z.object({ id });
const listQuery = pageQuery.extend({ sort: sortOf('name', 'updatedAt', 'owner') });
const changed = { version: z.number().int(), name: name.optional(), sharing: z.enum(sharings).optional() };
const made = z.object({ id: z.number().int() });

export const listReports = endpoint({
  method: 'GET', path: '/api/insights/reports', summary: 'Saved reports that the reader may see', access: 'insights.read', query: listQuery,
  reply: pageOf(z.object(keptHead).extend({ body: reportBody })),
});

export const readReport = endpoint({
  method: 'GET', path: '/api/insights/reports/:id', summary: 'A saved report: what it asks and how it is drawn', access: 'insights.read', params,
  reply: z.object(keptHead).extend({ body: reportBody }),
});

export const createReport = endpoint({
  method: 'POST', path: '/api/insights/reports', summary: 'Saves a report under a name', access: 'insights.edit',
  body: z.object({ name, sharing: z.enum(sharings).default('private'), body: reportBody }), reply: made, status: 201,
});

export const changeReport = endpoint({
  method: 'PATCH', path: '/api/insights/reports/:id', summary: 'Renames or shares a report, or changes what it asks', access: 'insights.edit', params,
  body: z.object({ ...changed, body: reportBody.optional() }), reply: z.void(), status: 204,
});

export const deleteReport = endpoint({
  method: 'DELETE', path: '/api/insights/reports/:id', summary: 'Deletes a saved report', access: 'insights.edit', params, reply: z.void(), status: 204,
});

export const listDashboards = endpoint({
  method: 'GET', path: '/api/insights/dashboards', summary: 'Dashboards that the reader may see', access: 'insights.read', query: listQuery,
  reply: pageOf(z.object(keptHead).extend({ body: dashboardBody })),
});

export const readDashboard = endpoint({
  method: 'GET', path: '/api/insights/dashboards/:id', summary: 'A dashboard with the reports on it', access: 'insights.read', params,
  reply: z.object(keptHead).extend({
    body: dashboardBody,
    /** Of its cards, those reports that are there and that the reader may see. */
    reports: z.array(z.object({ id: z.number().int(), name: z.string(), body: reportBody })),
  }),
});

export const createDashboard = endpoint({
  method: 'POST', path: '/api/insights/dashboards', summary: 'Makes a dashboard', access: 'insights.edit',
  body: z.object({ name, sharing: z.enum(sharings).default('private'), body: dashboardBody.default({ cards: [] }) }), reply: made, status: 201,
});

export const changeDashboard = endpoint({
  method: 'PATCH', path: '/api/insights/dashboards/:id', summary: 'Renames or shares a dashboard, or arranges its cards', access: 'insights.edit', params,
  body: z.object({ ...changed, body: dashboardBody.optional() }), reply: z.void(), status: 204,
});

export const deleteDashboard = endpoint({
  method: 'DELETE', path: '/api/insights/dashboards/:id', summary: 'Deletes a dashboard; its reports stay', access: 'insights.edit', params, reply: z.void(), status: 204,
});

export const readTemplates = endpoint({
  method: 'GET', path: '/api/insights/report-templates', summary: 'Reports to begin with, one for each subject that has metrics', access: 'insights.read',
  reply: z.object({ templates: z.array(z.object({ subject: z.string(), question })) }),
});

export const exportAnswer = endpoint({
  method: 'GET', path: '/api/insights/question-export', summary: 'The answer to a question, given as JSON, as a CSV file or a workbook', access: 'insights.export',
  query: z.object({
    question: z.string().max(20_000).transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    }).pipe(question),
    format: z.enum(exportFormats).default('csv'),
  }),
  reply: z.string(), raw: true,
});
