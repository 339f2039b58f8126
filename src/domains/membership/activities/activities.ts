import type { Locale } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import { createBackground } from '../../customers/public.ts';
import type { ActivityOutcome, OpenActivity } from '../contract/activities.ts';
import type { Multiplier } from '../contract/programme.ts';
import type { Mall } from '../mall/mall.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { addDemoActivities } from './demo/demo.ts';
import { heldParticipations } from './held-participations.ts';
import { giveToJoined } from './joining-gifts.ts';
import { openTo } from './open-to.ts';
import { mostCost, pauseByItself } from './plan/plan.ts';
import { demandActivity, everPublished } from './plan/store.ts';
import { shownOutcome } from './results.ts';
import { type Multiplying, multipliersAt, type PlacedOrder } from './rules/multipliers.ts';
import { planRoutes, takePartRoutes } from './routes.ts';
import { takeOverParticipations } from './take-part/store.ts';
import { finish, takePartIn, type Wanted } from './take-part/take-part.ts';

/** What members can take part in. */
export interface Activities extends MembershipPart {
  openTo(customerNo: number, locale: Locale): Promise<{ activities: OpenActivity[]; computedAt: string }>;
  /** Takes part, once for a key; refused with a Problem that says why not. */
  takePart(wanted: Wanted): Promise<ActivityOutcome & { isReplay: boolean }>;
  /** Those that may multiply the points of orders, as they are at this moment. */
  multiplying(): Promise<Multiplying[]>;
  /** What member days and double points make of orders: a plain function of the activities there are at this moment. */
  multipliers(): Promise<(order: PlacedOrder, member: { tier: string | null }) => Multiplier[]>;
  /** Pauses one that runs or will, by nobody's hand; false where it does neither. */
  pause(activityNo: number, fullLines: readonly string[]): Promise<boolean>;
  /** What one can come to at most, in the brand's money; null where nobody can tell. */
  expected(activityNo: number): Promise<string | null>;
  /** Finishes what was cut short, and gives to those who joined; returns how many there were. */
  tidyUp(): Promise<number>;
}

const tidyMs = 5_000;
/** Who works on a participation is done with it long before. */
const staleMs = 15_000;
const atOnce = 200;

export function createActivities(given: MembershipDoors, mall: Mall): Activities {
  const doors = { ...given, mall };
  const { platform } = doors;
  const { pg: pool, clock, log } = platform;
  const tidyUp = async (): Promise<number> => {
    const now = clock.now();
    const stale = await takeOverParticipations(pool, now, new Date(now.getTime() - staleMs), atOnce);
    // One that is refused has left nothing behind; any other failure waits for its next turn, and holds up nobody.
    for (const made of stale) await finish(doors, made).catch((error: unknown) => log.warn({ err: error, participationNo: made.participationNo }, 'a participation could not be finished'));
    return stale.length + (await giveToJoined(doors));
  };
  const multiplying = async (): Promise<Multiplying[]> => (await everPublished(pool)).map(({ activityNo, definition, stops }) => ({ activityNo, definition, stops }));
  const tidying = createBackground('activities that were cut short, gifts for joining', tidyUp, tidyMs, log);
  return {
    routes: [...planRoutes(doors), ...takePartRoutes(doors)],
    heldData: [heldParticipations(pool)],
    demo: addDemoActivities,
    openTo: (customerNo, locale) => openTo(doors, customerNo, locale),
    async takePart(wanted) {
      const { made, isReplay } = await takePartIn(doors, wanted);
      return { ...shownOutcome(await demandActivity(pool, made.activityNo), made), isReplay };
    },
    multiplying,
    async multipliers() {
      const [all, { timeZone }] = await Promise.all([multiplying(), readBrand(pool)]);
      return (order, member) => multipliersAt(all, order, member, timeZone);
    },
    pause: (activityNo, fullLines) => pauseByItself(doors, activityNo, fullLines),
    expected: async (activityNo) => mostCost(doors, (await demandActivity(pool, activityNo)).definition),
    tidyUp,
    start: () => tidying.start(),
    stop: () => tidying.stop(),
  };
}
