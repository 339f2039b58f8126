import { rawRoute, route } from '../../../platform/http/route.ts';
import { createBackground } from '../../customers/public.ts';
import { exportJobs, listPositionRoles, readStaffing } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { followChart, guardRoles } from './carry-roles.ts';
import { documentTypes } from '../document/write/documents.ts';
import { registerChecks } from './checks.ts';
import { describeJobs } from './job-descriptions.ts';
import { planStaffing, shownStaffing } from './staffing.ts';

/** Between two looks at who holds a role by the chart. */
const followMs = 30_000;

/** Who does what in the department, from when until when, for what. */
export function createPositions(doors: PlanningDoors): PlanningPart & { follow(): Promise<void> } {
  const { platform, items, rolesByChart, documents } = doors;
  registerChecks(items);
  guardRoles(doors);
  const follow = () => followChart(doors);
  const following = createBackground('roles by the chart', follow, followMs, platform.log);
  return {
    follow,
    routes: [
      route(readStaffing, async ({ params: { planNo }, actor }) => ({ months: shownStaffing(await planStaffing(platform, items, planNo), actor) })),
      rawRoute(exportJobs, async ({ params: { planNo }, query: { format, locale: said, position = null }, actor, reply }) => {
        const locale = said ?? actor.locale;
        const file = await documents.write(await describeJobs(doors, planNo, position, locale), format, locale);
        return reply.header('content-type', documentTypes[format]).header('content-disposition', `attachment; filename="jobs-${position ?? planNo}-${locale}.${format}"`).header('cache-control', 'no-store').send(file);
      }),
      route(listPositionRoles, async ({ actor }) => ({ roles: await rolesByChart.list(actor) })),
    ],
    start: following.start,
    stop: following.stop,
  };
}
