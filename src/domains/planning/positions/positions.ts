import { route } from '../../../platform/http/route.ts';
import { createBackground } from '../../customers/public.ts';
import { listPositionRoles, readStaffing } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { followChart, guardRoles } from './carry-roles.ts';
import { registerChecks } from './checks.ts';
import { planStaffing, shownStaffing } from './staffing.ts';

/** Between two looks at who holds a role by the chart. */
const followMs = 30_000;

/** Who does what in the department, from when until when, for what. */
export function createPositions(doors: PlanningDoors): PlanningPart & { follow(): Promise<void> } {
  const { platform, items, rolesByChart } = doors;
  registerChecks(items);
  guardRoles(doors);
  const follow = () => followChart(doors);
  const following = createBackground('roles by the chart', follow, followMs, platform.log);
  return {
    follow,
    routes: [
      route(readStaffing, async ({ params: { planNo }, actor }) => ({ months: shownStaffing(await planStaffing(platform, items, planNo), actor) })),
      route(listPositionRoles, async ({ actor }) => ({ roles: await rolesByChart.list(actor) })),
    ],
    start: following.start,
    stop: following.stop,
  };
}
