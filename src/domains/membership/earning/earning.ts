import { createBackground } from '../../customers/public.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { explainRoutes } from './explain/routes.ts';
import { heldEarnings } from './held-orders.ts';
import type { Terms } from './reckon/terms.ts';
import { createRound } from './round/round.ts';

/** Between two looks at what was bought and given back. */
const roundMs = 2_000;

/** Orders and returns become points and growth. */
export function createEarning(doors: MembershipDoors, activitiesNow: () => Promise<NonNullable<Terms['activities']>>): MembershipPart {
  const round = createRound(doors, activitiesNow);
  const following = createBackground('points of what was bought', async () => {
    while (await round());
  }, roundMs, doors.platform.log);
  return { routes: explainRoutes(doors), heldData: [heldEarnings(doors.platform.pg)], start: following.start, stop: following.stop };
}
