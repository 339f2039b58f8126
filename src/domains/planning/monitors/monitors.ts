import { Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { createBackground } from '../../customers/public.ts';
import { type ItemBody, listMonitors } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { demandAccounts } from '../projects/items/checks.ts';
import { createLook } from './look.ts';
import { readMonitors } from './read.ts';

const lookMs = 5_000;
const refused = (code: string, field: string): Problem => new Problem(code, { status: 422, fields: [{ path: `body.${field}`, code: code.split('.')[1] }] });

/** Rules by which projects are watched: a figure, within what it should stay, and who is told when it does not. */
export function createMonitors(doors: PlanningDoors): PlanningPart & { look(): Promise<number> } {
  const { platform: { pg: pool, log }, items, figures } = doors;
  items.registerCheck('monitor', async ({ body }, client) => {
    const { metric, bound, tellsAccounts, tellsRobots } = body as ItemBody<'monitor'>;
    if (metric && !figures.metric(metric.metric)) throw refused('planning.metric_not_counted', 'metric');
    if (bound.is === 'within' && Number(bound.low) > Number(bound.high)) throw refused('planning.band_upside_down', 'bound');
    await demandAccounts(client, tellsAccounts.map((staffId) => ({ staffId })), 'tellsAccounts');
    // One that was forgotten may stand in a rule still; it is told nothing.
    const { rowCount } = await client.query('select from plan_robot where robot_no = any($1::int[])', [tellsRobots]);
    if (rowCount !== tellsRobots.length) throw refused('planning.no_such_robot', 'tellsRobots');
    return [];
  });
  const look = createLook(doors);
  const background = createBackground('monitors of projects', look, lookMs, log);
  return {
    look,
    routes: [route(listMonitors, async ({ params: { planNo }, query }) => {
      const { isCurrent } = await requirePlan(pool, planNo);
      const found = await readMonitors(pool, items, planNo, query.project === undefined ? {} : { projectNo: query.project });
      return { monitors: found.map(({ project, ...monitor }) => ({ ...monitor, isWatched: isCurrent && project.body.state !== 'done' && project.body.state !== 'dropped' })) };
    })],
    start: background.start,
    stop: background.stop,
  };
}
