import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { itemSchema } from './items.ts';
import { type TaskState, taskStates } from './kinds/projects.ts';
import { planParams } from './plans.ts';

export const projectParams = planParams.extend({ itemNo: z.coerce.number().int().min(1).max(2_147_483_647) });

/** How a project stands: its own end is past or will be; something of it is late; all is on its way; there is nothing to say. */
export const projectRisks = ['late', 'at_risk', 'on_track', 'none'] as const;
export type ProjectRisk = (typeof projectRisks)[number];

const figures = z.object({
  /** Tasks that were not dropped. */
  tasks: z.number().int(),
  done: z.number().int(),
  doing: z.number().int(),
  /** Tasks that are not done and past their day. */
  overdue: z.number().int(),
  /** Share of the tasks that is done, weighed by their estimates where all have one; null without tasks. */
  progress: z.number().nullable(),
  milestones: z.number().int(),
  milestonesDone: z.number().int(),
  next: z.object({ name: z.string(), due: daySchema, lateDays: z.number().int() }).nullable(),
  /** When the last of its tasks and milestones will be done, as things stand. */
  ends: daySchema.nullable(),
  /** How many days that is after its own end. */
  lateDays: z.number().int(),
  risk: z.enum(projectRisks),
});
export type ProjectFigures = z.output<typeof figures>;

const scheduled = itemSchema.extend({
  starts: daySchema.nullable(), ends: daySchema.nullable(), lateDays: z.number().int(), isCritical: z.boolean(),
});
export type ScheduledItem = z.output<typeof scheduled>;

const head = { today: daySchema, computedAt: z.iso.datetime() };

export const listProjects = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects', summary: 'Projects of a plan, with what is done of each and when it will end as things stand', access: 'planning.read', params: planParams,
  reply: z.object({ ...head, projects: z.array(itemSchema.extend({ figures })) }),
});
export const readProject = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects/:itemNo', summary: 'A project with its milestones, tasks and meetings, and when each will be done as things stand', access: 'planning.read', params: projectParams,
  reply: z.object({
    ...head, project: itemSchema, figures, meetings: z.array(itemSchema),
    /** How many tasks and milestones it has, dropped ones too: they are read by board, chart and list. */
    work: z.number().int(),
    /** Tasks that came out of its meetings. */
    fromMeetings: z.array(z.object({ itemNo: z.number().int(), meetingNo: z.number().int(), name: z.string(), state: z.enum(taskStates) })),
  }),
});
export type ReadProject = z.output<typeof readProject.reply>;

const most = (usual: number) => z.coerce.number().int().min(1).max(2_000).default(usual);
const card = z.object({
  itemNo: z.number().int(), version: z.number().int(), name: z.string(), owner: z.string().nullable(), department: z.string(), to: daySchema.nullable(), doneOn: daySchema.nullable(), lateDays: z.number().int(),
});
export type BoardCard = z.output<typeof card>;
/** Cards of a column before more are asked for. */
export const firstCards = 50;
export const readProjectBoard = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects/:itemNo/board', summary: 'Tasks of a project by their states: how many there are, and the first of each, what is due first or was done last', access: 'planning.read', params: projectParams,
  /** How many of each column; `also`: one that is shown wherever it stands. */
  query: z.object({ ...Object.fromEntries(taskStates.map((state) => [state, most(firstCards)])) as Record<TaskState, ReturnType<typeof most>>, also: projectParams.shape.itemNo.optional() }),
  reply: z.object({ ...head, columns: z.array(z.object({ state: z.enum(taskStates), total: z.number().int(), cards: z.array(card) })) }),
});

const ganttRow = z.object({
  itemNo: z.number().int(), version: z.number().int(), kind: z.enum(['task', 'milestone']), name: z.string(), owner: z.string().nullable(), from: daySchema.nullable(), to: daySchema.nullable(), ends: daySchema.nullable(),
  /** It begins on a day that was said, not on the one it is due. */
  hasStart: z.boolean(),
  doneOn: daySchema.nullable(), lateDays: z.number().int(), isCritical: z.boolean(), dependsOn: z.array(z.number().int()),
});
export type ProjectGanttRow = z.output<typeof ganttRow>;
/** A project with no more is shown as a whole where no days are asked for. */
export const wholeGantt = 500;
export const readProjectGantt = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects/:itemNo/gantt', summary: 'Tasks and milestones of a project over time: all of a small one, of a large one those of a period', access: 'planning.read', params: projectParams,
  query: z.object({ from: daySchema.optional(), to: daySchema.optional(), most: most(wholeGantt) }),
  reply: z.object({
    ...head, rows: z.array(ganttRow),
    /** Null where it is shown as a whole; otherwise the days that are, how many stand in them, before and after them, and have no days. */
    period: z.object({ from: daySchema, to: daySchema, inside: z.number().int(), before: z.number().int(), after: z.number().int(), undated: z.number().int() }).nullable(),
  }),
});

export const readWork = endpoint({
  method: 'GET', path: '/api/plans/:planNo/work/:itemNo', summary: 'A task or a milestone, with the names of what it waits for', access: 'planning.read', params: projectParams,
  reply: z.object({ item: scheduled, waitsFor: z.array(z.object({ itemNo: z.number().int(), name: z.string() })) }),
});
export type ReadWork = z.output<typeof readWork.reply>;

/** Open ones, those of them that will be late, or all. */
export const workShows = ['open', 'late', 'all'] as const;
/** `waitsFor`: by name what has to be done before, with its project where that is another one. */
const workRow = scheduled.extend({ waitsFor: z.array(z.string()) });
export type ProjectWorkRow = z.output<typeof workRow>;
export const listProjectWork = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects/:itemNo/work', summary: 'Tasks and milestones of a project as a list', access: 'planning.read', params: projectParams,
  query: pageQuery.extend({ sort: sortOf('name', 'owner', 'due', 'ends'), show: z.enum(workShows).default('open') }), reply: pageOf(workRow),
});

export const listMyWork = endpoint({
  method: 'GET', path: '/api/plans/:planNo/my-work', summary: 'What the reader has to do in a plan: tasks and milestones that are not done, meetings to come', access: 'planning.read', params: planParams,
  reply: z.object({
    ...head,
    items: z.array(scheduled.extend({ projectNo: z.number().int().nullable(), projectName: z.string().nullable() })),
    meetings: z.array(itemSchema.extend({ projectNo: z.number().int().nullable(), projectName: z.string().nullable() })),
  }),
});
export const listDoers = endpoint({
  method: 'GET', path: '/api/planning/doers', summary: 'Who can be given a task or asked to a meeting', access: 'planning.read',
  reply: z.object({ doers: z.array(z.object({ staffId: z.number().int(), name: z.string() })) }),
});
