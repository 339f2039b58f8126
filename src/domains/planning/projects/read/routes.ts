import type { Actor } from '../../../../kernel/actor.ts';
import { notFound } from '../../../../kernel/problem.ts';
import { type Route, route } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readDirectory } from '../../../access/public.ts';
import type { ItemBody } from '../../contract.ts';
import { listDoers, listMyWork, listProjects, listProjectWork, readProject, type ReadProject, readProjectBoard, readProjectGantt, readWork, type ReadWork } from '../../contract/projects.ts';
import type { Items } from '../../items/items.ts';
import { boardOf } from './board.ts';
import { figuresOf } from './figures.ts';
import { ganttOf } from './gantt.ts';
import { isMeant, isOpen } from './meant.ts';
import { type Known, readPlanWork, type PlanWork } from './plan-work.ts';
import { workListOf } from './work-list.ts';

export const readRoutes = (platform: Platform, items: Items): Route[] => [
  route(listProjects, async ({ params: { planNo } }) => {
    const { projects, items: all, today, computedAt } = await readPlanWork(platform, items, planNo);
    const of = Map.groupBy(all, ({ parentNo }) => parentNo);
    return { today, computedAt, projects: projects.map((project) => ({ ...project, figures: figuresOf(project, of.get(project.itemNo) ?? [], today) })) };
  }),
  route(readProject, async ({ params: { planNo, itemNo } }) => projectOf(await readPlanWork(platform, items, planNo), itemNo)),
  route(listProjectWork, async ({ params: { planNo, itemNo }, query }) => {
    const work = await readPlanWork(platform, items, planNo);
    return { ...workListOf(work, itemNo, query), computedAt: work.computedAt };
  }),
  route(readProjectBoard, async ({ params: { planNo, itemNo }, query }) => {
    const work = await readPlanWork(platform, items, planNo);
    return { today: work.today, computedAt: work.computedAt, columns: boardOf(work, itemNo, query) };
  }),
  route(readProjectGantt, async ({ params: { planNo, itemNo }, query }) => {
    const work = await readPlanWork(platform, items, planNo);
    return { today: work.today, computedAt: work.computedAt, ...ganttOf(work, itemNo, query) };
  }),
  route(readWork, async ({ params: { planNo, itemNo } }) => oneOf(await readPlanWork(platform, items, planNo), itemNo)),
  route(listMyWork, async ({ params: { planNo }, actor }) => myWork(await readPlanWork(platform, items, planNo), actor)),
  route(listDoers, async () => ({ doers: (await readDirectory(platform.pg)).map(({ staffId, name }) => ({ staffId, name })) })),
];

function projectOf({ projects, meetings, items, today, computedAt }: PlanWork, itemNo: number): ReadProject {
  const project = projects.find((each) => each.itemNo === itemNo);
  if (!project) throw notFound('planning.item_not_found', { itemNo });
  const own = items.filter(({ parentNo }) => parentNo === itemNo);
  return {
    today, computedAt, project, figures: figuresOf(project, own, today), work: own.length, meetings: meetings.filter(({ parentNo }) => parentNo === itemNo),
    fromMeetings: own.flatMap(({ itemNo: taskNo, kind, body }) => {
      const { name, meetingNo, state } = body as ItemBody<'task'>;
      return kind === 'task' && meetingNo !== null ? [{ itemNo: taskNo, meetingNo, name, state }] : [];
    }),
  };
}

function oneOf({ items, projects }: PlanWork, itemNo: number): ReadWork {
  const item = items.find((each) => each.itemNo === itemNo);
  if (!item) throw notFound('planning.item_not_found', { itemNo });
  const waited = new Set(item.body.dependsOn);
  const named = ({ parentNo, body: { name } }: PlanWork['items'][number]): string => (parentNo === item.parentNo ? name : [nameOf(projects, parentNo), name].filter(Boolean).join(' › '));
  return { item, waitsFor: items.filter((each) => waited.has(each.itemNo)).map((each) => ({ itemNo: each.itemNo, name: named(each) })) };
}

const nameOf = (projects: readonly Known<'project'>[], projectNo: number | null): string | null => projects.find(({ itemNo }) => itemNo === projectNo)?.body.name ?? null;

function myWork({ projects, meetings, items, today, computedAt }: PlanWork, actor: Actor) {
  const inProject = <T extends { parentNo: number | null }>(item: T) => ({ ...item, projectNo: item.parentNo, projectName: nameOf(projects, item.parentNo) });
  return {
    today, computedAt,
    items: items.filter((item) => item.body.owner !== null && isMeant(item.body.owner, actor) && isOpen(item)).map(inProject),
    meetings: meetings.filter(({ body: { state, participants, at, lengthMinutes } }) => state === 'planned' && Date.parse(at) + lengthMinutes * 60_000 >= Date.parse(computedAt) && participants.some((each) => isMeant(each, actor))).map(inProject),
  };
}
