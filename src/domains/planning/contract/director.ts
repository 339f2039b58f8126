import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { program } from '../../../kernel/program.ts';
import { metricUnits } from '../../insights/contract.ts';
import { documentFormats } from './document.ts';
import { goalStateSchema } from './goals.ts';
import { monitorBound } from './kinds/monitors.ts';
import { copy, goesTo, occasion } from './mailings.ts';
import { planPeriod } from './periods.ts';
import { planParams, stageKeys } from './plans.ts';

/** A goal off its path, a project that will be late, a figure of a project outside its bound, a line of the budget that is nearly used up, a program that runs without a control group, a duty that no position has. */
export const directorRiskKinds = ['goal', 'project', 'monitor', 'budget', 'program', 'duty'] as const;
export type DirectorRiskKind = (typeof directorRiskKinds)[number];

const count = z.number().int();
const risk = z.object({
  kind: z.enum(directorRiskKinds),
  name: z.string(),
  /** The page on which something can be done about it. */
  path: z.string(),
  /** Of a goal: what there is, and what there should be by now. */
  goal: goalStateSchema.nullable(),
  unit: z.enum(metricUnits).nullable(),
  /** Of a project: how many days late it will be; null where that is not known. */
  lateDays: count.nullable(),
  /** Of a figure that is watched: which project it is of, what it came to in its newest whole period, and within what it should stay. */
  monitor: z.object({ project: z.string(), value: z.string(), bound: monitorBound, countedIn: z.string(), since: daySchema }).nullable(),
  /** Of a line of the budget: how much of it is used or expected to be, 1 is all. */
  share: z.number().nullable(),
  /** Of a duty: the stage it belongs to. */
  stage: z.enum(stageKeys).nullable(),
});
export type DirectorRisk = z.output<typeof risk>;

/** A kind of risks: the first of them, and how many there are. */
const risks = z.object({ kind: z.enum(directorRiskKinds), total: count, first: z.array(risk) });

const view = z.object({
  computedAt: z.iso.datetime(),
  /** Figures of goals are of this year, until the end of this day. */
  period: planPeriod, asOf: daySchema, isPending: z.boolean(),
  goals: z.array(z.object({ name: z.string(), owner: z.string().nullable(), unit: z.enum(metricUnits).nullable(), state: goalStateSchema })),
  stage: z.object({
    /** The one the team is really in; null where all are passed. */
    reached: z.enum(stageKeys).nullable(), met: count, total: count,
    planned: z.array(z.enum(stageKeys)),
  }),
  /** Of the newest period that has begun; null for those who may not see how people are scored, and where nobody is. */
  kpi: z.object({ period: planPeriod, cards: count, frozen: count, average: z.string().nullable() }).nullable(),
  /** Of this year; null without lines. */
  budget: z.object({ year: count, planned: z.string(), reserved: z.string(), committed: z.string(), spent: z.string(), forecast: z.string(), isWithoutPeople: z.boolean(), waiting: count }).nullable(),
  /** `unclear` ones were compared with a control group too, but with too few people or orders to say how far that may be off: they are not ranked. */
  programs: z.object({ measured: count, unclear: count, total: count, best: z.array(program), worst: z.array(program) }),
  risks: z.array(risks),
});
export type DirectorView = z.output<typeof view>;

export const readDirector = endpoint({
  method: 'GET', path: '/api/plans/:planNo/director', summary: 'A plan at a glance: core goals, stage, scores, programs that did best and worst, and what is at risk', access: 'planning.read', params: planParams, reply: view,
});
export const exportDirector = endpoint({
  method: 'GET', path: '/api/plans/:planNo/director/file', summary: 'The same as a file for Word, as a PDF, or as one page of HTML', access: 'planning.read', params: planParams,
  query: z.object({ format: z.enum(documentFormats).default('pdf'), locale: z.enum(locales).optional() }), reply: z.string(), raw: true,
});

const sent = occasion.extend({
  locale: z.enum(locales), isByItself: z.boolean(),
  copies: z.array(copy),
});
export const listDirectorMails = endpoint({
  method: 'GET', path: '/api/plans/:planNo/director/mails', summary: 'When the view of a director was sent, to whom, and how that went', access: 'planning.approve', params: planParams, reply: z.object({ mails: z.array(sent) }),
});
export const sendDirector = endpoint({
  method: 'POST', path: '/api/plans/:planNo/director/mails', summary: 'Sends it as a mail with the PDF, without scores of people and what they cost', access: 'planning.approve', params: planParams,
  body: goesTo.extend({ locale: z.enum(locales) }).refine(({ readers, robotNos }) => readers.length + robotNos.length > 0, { path: ['readers'] }), reply: z.object({ occasionNo: count }), status: 202,
});
