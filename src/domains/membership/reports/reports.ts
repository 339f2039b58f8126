import { createBackground } from '../../customers/public.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { registerMembers } from './asked/register.ts';
import { computeReport } from './overview/compute-report.ts';
import { keepReport } from './overview/kept-report.ts';
import { overviewRoutes } from './overview/overview.ts';
import { copyStanding } from './standing/copy-standing.ts';
import { standingFields } from './standing/fields.ts';
import { whenWritten } from './when-written.ts';

/** Between two looks at whether anything changed for members. */
const lookMs = 10_000;

/** Members as reports and rules of audiences see them. */
export function createMemberReports(doors: MembershipDoors): MembershipPart {
  const { platform, insights } = doors;
  registerMembers(insights, doors.programme, platform.clock);
  const looks = [
    createBackground('standings of members', whenWritten(platform.pg, () => copyStanding(doors)), lookMs, platform.log),
    createBackground('the overview of members', whenWritten(platform.pg, async () => keepReport(platform.pg, await computeReport(platform), platform.clock.now())), lookMs, platform.log),
  ];
  return {
    routes: overviewRoutes(doors),
    fields: standingFields,
    start: () => looks.forEach((look) => look.start()),
    stop: async () => void (await Promise.all(looks.map((look) => look.stop()))),
  };
}
