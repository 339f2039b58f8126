import { route } from '../../../platform/http/route.ts';
import { createBackground } from '../../customers/public.ts';
import { explainEntry, explainPoints } from '../contract/explain.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { accountsOf } from '../points/read-points.ts';
import { explainedEntry, explainedPoints } from './explain/explain.ts';
import { heldEarnings } from './held-orders.ts';
import type { Terms } from './reckon/terms.ts';
import { createRound } from './round/round.ts';

/** Between two looks at what was bought and given back. */
const roundMs = 2_000;

/** Orders and returns become points and growth. */
export function createEarning(doors: MembershipDoors, extrasNow: () => Promise<NonNullable<Terms['extras']>>): MembershipPart {
  const round = createRound(doors, extrasNow);
  const following = createBackground('points of what was bought', async () => {
    while (await round());
  }, roundMs, doors.platform.log);
  const routes = [
    route(explainPoints, async ({ params: { customerNo }, actor: { locale } }) => explainedPoints(doors, await accountsOf(doors.platform, customerNo), locale)),
    route(explainEntry, async ({ params: { customerNo, entryNo }, actor: { locale } }) => explainedEntry(doors, await accountsOf(doors.platform, customerNo), entryNo, locale)),
  ];
  return { routes, heldData: [heldEarnings(doors.platform.pg)], start: following.start, stop: following.stop };
}
