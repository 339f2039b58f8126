import type { Actor } from '../../../../kernel/actor.ts';
import { notFound } from '../../../../kernel/problem.ts';
import { type Route, route } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readDirectory } from '../../../access/public.ts';
import { listDoers, listMyWork, listProjects, listProjectWork, readProject, type ReadProject } from '../../contract/projects.ts';
import type { Items } from '../../items/items.ts';
import { figuresOf } from './figures.ts';
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
  route(listMyWork, async ({ params: { planNo }, actor }) => myWork(await readPlanWork(platform, items, planNo), actor)),
  route(listDoers, async () => ({ doers: (await readDirectory(platform.pg)).map(({ staffId, name }) => ({ staffId, name })) })),
];

function projectOf({ projects, meetings, items, today, computedAt }: PlanWork, itemNo: number): ReadProject {
  const project = projects.find((each) => each.itemNo === itemNo);
  if (!project) throw notFound('planning.item_not_found', { itemNo });
  const own = items.filter(({ parentNo }) => parentNo === itemNo);
  const inside = new Set(own.map((item) => item.itemNo));
  const waitedFor = new Set(own.flatMap(({ body }) => body.dependsOn).filter((each) => !inside.has(each)));
  return {
    today, computedAt, project, figures: figuresOf(project, own, today), items: own, meetings: meetings.filter(({ parentNo }) => parentNo === itemNo),
    outside: items.filter((item) => waitedFor.has(item.itemNo)).map((item) => ({ itemNo: item.itemNo, name: item.body.name, projectName: nameOf(projects, item.parentNo), ends: item.ends, doneOn: item.body.doneOn })),
  };
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
