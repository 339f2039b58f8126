import type { PlanningDoors } from '../part.ts';
import type { Counts } from './facts.ts';

/** For how long counts are good; what is older is shown, and counted again meanwhile. */
const freshMs = 60_000;
/** A page waits for no domain longer than this. */
const waitMs = 300;

/** What domains count of themselves, all at once, and when the oldest of it was counted. */
export function createCounts({ platform: { clock, log }, ...doors }: Pick<PlanningDoors, 'platform' | keyof Counts>): () => Promise<{ counts: Counts; computedAt: Date }> {
  const kept = <T>(domain: string, count: () => Promise<T>): (() => Promise<{ value: T | null; at: Date }>) => {
    let last: { value: T; at: Date } | null = null;
    let counting: Promise<void> | null = null;
    return async () => {
      const now = clock.now();
      if (!last || now.getTime() - last.at.getTime() >= freshMs) {
        counting ??= count().then((value) => void (last = { value, at: now }), (error: unknown) => log.error({ err: error, domain }, 'facts of stages could not be counted')).finally(() => void (counting = null));
        if (!last) await Promise.race([counting, new Promise((resolve) => void setTimeout(resolve, waitMs))]);
      }
      return last ?? { value: null, at: now };
    };
  };
  const readers = {
    customers: kept('customers', doors.customers.counts), collect: kept('collect', doors.collect.counts), audiences: kept('audiences', doors.audiences.counts), insights: kept('insights', doors.insights.counts),
    membership: kept('membership', doors.membership.counts), messaging: kept('messaging', doors.messaging.counts), campaigns: kept('campaigns', doors.campaigns.counts),
  };
  return async () => {
    const [customers, collect, audiences, insights, membership, messaging, campaigns] = await Promise.all([
      readers.customers(), readers.collect(), readers.audiences(), readers.insights(), readers.membership(), readers.messaging(), readers.campaigns()]);
    const all = { customers, collect, audiences, insights, membership, messaging, campaigns };
    return {
      counts: { customers: customers.value, collect: collect.value, audiences: audiences.value, insights: insights.value, membership: membership.value, messaging: messaging.value, campaigns: campaigns.value },
      computedAt: new Date(Math.min(...Object.values(all).map(({ at }) => at.getTime()))),
    };
  };
}
