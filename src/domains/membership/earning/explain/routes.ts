import { route, type Route } from '../../../../platform/http/route.ts';
import { explainEntry, explainPoints } from '../../contract/explain.ts';
import type { MembershipDoors } from '../../part.ts';
import { accountsOf } from '../../points/read-points.ts';
import { explainedEntry, explainedPoints } from './explain.ts';

/** Why somebody has as many points as they have, and why a line came about. */
export const explainRoutes = (doors: Pick<MembershipDoors, 'platform' | 'say' | 'programme'>): Route[] => [
  route(explainPoints, async ({ params: { customerNo }, actor: { locale } }) => explainedPoints(doors, await accountsOf(doors.platform, customerNo), locale)),
  route(explainEntry, async ({ params: { customerNo, entryNo }, actor: { locale } }) => explainedEntry(doors, await accountsOf(doors.platform, customerNo), entryNo, locale)),
];
