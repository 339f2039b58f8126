import { type Route, route } from '../../../platform/http/route.ts';
import type { PlanningDoors } from '../part.ts';
import { createPlan, editPlan, listPlans, readPlan } from '../contract.ts';
import { beginPlan, changePlan, requirePlan } from './keep-plans.ts';
import { readPlans } from './read-plans.ts';

export const planRoutes = ({ platform, rolesByChart }: Pick<PlanningDoors, 'platform' | 'rolesByChart'>): Route[] => [
  route(listPlans, async () => ({ plans: await readPlans(platform.pg) })),
  route(readPlan, ({ params }) => requirePlan(platform.pg, params.planNo)),
  route(createPlan, ({ body, actor }) => beginPlan(platform, body, actor)),
  route(editPlan, ({ params, body, actor }) => changePlan({ platform, rolesByChart }, params.planNo, body, actor)),
];
