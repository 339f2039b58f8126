import { type Background, createBackground } from '../../customers/public.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { registerMembers } from './asked/register.ts';
import { computeReport } from './overview/compute-report.ts';
import { keepReport } from './overview/kept-report.ts';
import { overviewRoutes } from './overview/overview.ts';
import { followPoints } from './points/follow-points.ts';
import { keepTerms } from './points/terms.ts';
import { copyStanding } from './standing/copy-standing.ts';
import { standingFields } from './standing/fields.ts';
import { whenWritten } from './when-written.ts';

/** Between two looks at whether anything changed for members. */
const lookMs = 3_000;

/** Members as reports and rules of audiences see them. */
export function createMemberReports(doors: MembershipDoors): MembershipPart {
  const { platform } = doors;
  registerMembers(doors);
  const look = (name: string, work: () => Promise<unknown>): Background => createBackground(name, whenWritten(platform.pg, work), lookMs, platform.log);
  const looks = [
    look('standings of members', () => copyStanding(doors)),
    look('the ledger of points for reports', () => followPoints(doors)),
    look('the overview of members', async () => {
      const report = await computeReport(platform);
      await keepReport(platform.pg, report, platform.clock.now());
      await keepTerms(doors, report);
    }),
  ];
  return {
    routes: overviewRoutes(doors),
    fields: standingFields,
    start: () => looks.forEach((look) => look.start()),
    stop: async () => void (await Promise.all(looks.map((look) => look.stop()))),
  };
}
