import type { Ledger } from '../ledger/ledger.ts';
import type { TierKeeper } from '../tiers/keep/keeper.ts';
import type { VersionStart } from '../tiers/keep/version-start.ts';
import type { DayStep } from './boundary.ts';

/** Works something off that says itself when nothing is left. */
const untilNone = (name: string, work: () => Promise<number>): DayStep => ({
  name,
  async work(_, position) {
    const worked = await work();
    return { position: worked > 0 ? position : null, worked };
  },
});

/**
 * A day's steps in the order that is promised: what was pending counts, then is exchanged by itself where a programme does that; tiers are worked out,
 * with the versions that begin; points end; tiers are worked out again. What can be spent goes by the moment and waits for none of it.
 */
export const stepsOf = (ledger: Ledger, tiers: TierKeeper, versions: VersionStart, autoRedeem: DayStep): DayStep[] => [
  untilNone('activate', ledger.settleDue),
  autoRedeem,
  untilNone('new_versions', versions.mark),
  untilNone('tiers', tiers.settleDue),
  untilNone('expire', ledger.settleDue),
  untilNone('tiers_again', tiers.settleDue),
];
