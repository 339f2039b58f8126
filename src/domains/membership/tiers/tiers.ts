import { createBackground } from '../../customers/public.ts';
import { createDayBoundary, type DayBoundary, type DayStep } from '../boundary/boundary.ts';
import { stepsOf } from '../boundary/steps.ts';
import { followMerges } from '../members/follow-merges.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { boardRoutes } from './board/routes.ts';
import { grantRoutes } from './grants/routes.ts';
import { heldTiers } from './held-tiers.ts';
import { createTierKeeper, type TierKeeper } from './keep/keeper.ts';
import { personRoutes } from './person/routes.ts';
import { carryOutDecision } from './review/decide-all.ts';
import { reviewRoutes } from './review/routes.ts';
import { createVersionStart } from './keep/version-start.ts';

export interface Tiers extends MembershipPart {
  keeper: TierKeeper;
  boundary: DayBoundary;
}

/** Between two looks at whose growth changed: within seconds a tier follows it. */
const lookMs = 2_000;
/** Between two looks at whether a new day has begun. */
const dayMs = 20_000;

/** In which tier everybody is, and when days are closed. */
export function createTiers(doors: MembershipDoors, autoRedeem: DayStep): Tiers {
  const { platform, programme, ledger } = doors;
  const keeper = createTierKeeper(platform, programme);
  const versions = createVersionStart(platform, programme);
  const boundary = createDayBoundary(platform, stepsOf(ledger, keeper, versions, autoRedeem));
  const looking = createBackground('tiers after growth', async () => {
    while ((await versions.mark()) > 0);
    while (await followMerges(platform));
    while (await carryOutDecision(platform, keeper));
    while ((await keeper.settleDue()) > 0);
  }, lookMs, platform.log);
  const closing = createBackground('the boundary between days', boundary.run, dayMs, platform.log);
  return {
    keeper,
    boundary,
    routes: [...boardRoutes(doors), ...reviewRoutes(doors, keeper), ...grantRoutes(doors, keeper), ...personRoutes(doors)],
    heldData: heldTiers(platform.pg),
    start() {
      looking.start();
      closing.start();
    },
    async stop() {
      await Promise.all([looking.stop(), closing.stop()]);
    },
  };
}
