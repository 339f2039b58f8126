import type { PlanningDoors } from '../part.ts';
import type { Counts } from './facts.ts';

/** For how long counts are good; what is older is shown, and counted again meanwhile. */
const freshMs = 60_000;
/** What domains count of themselves, all at once, and when the oldest of it was counted. A page waits for none longer than `waitMs`; without an end what was counted long ago is counted again first. */
export function createCounts({ platform: { clock, log }, ...doors }: Pick<PlanningDoors, 'platform' | keyof Counts>): (waitMs: number) => Promise<{ counts: Counts; computedAt: Date }> {
  const kept = <T>(domain: string, count: () => Promise<T>): ((waitMs: number) => Promise<{ value: T | null; at: Date }>) => {
    let last: { value: T; at: Date } | null = null;
    let counting: Promise<void> | null = null;
    return async (waitMs) => {
      const now = clock.now();
      if (!last || now.getTime() - last.at.getTime() >= freshMs) {
        counting ??= count().then((value) => void (last = { value, at: now }), (error: unknown) => log.error({ err: error, domain }, 'facts of stages could not be counted')).finally(() => void (counting = null));
        if (waitMs === Infinity) await counting;
        else if (!last) await Promise.race([counting, new Promise((resolve) => void setTimeout(resolve, waitMs))]);
      }
      return last ?? { value: null, at: now };
    };
  };
  const readers = {
    customers: kept('customers', doors.customers.counts), collect: kept('collect', doors.collect.counts), audiences: kept('audiences', doors.audiences.counts), insights: kept('insights', doors.insights.counts),
    membership: kept('membership', doors.membership.counts), messaging: kept('messaging', doors.messaging.counts), campaigns: kept('campaigns', doors.campaigns.counts),
  };
  return async (waitMs) => {
    const [customers, collect, audiences, insights, membership, messaging, campaigns] = await Promise.all([
      readers.customers(waitMs), readers.collect(waitMs), readers.audiences(waitMs), readers.insights(waitMs), readers.membership(waitMs), readers.messaging(waitMs), readers.campaigns(waitMs)]);
    const all = { customers, collect, audiences, insights, membership, messaging, campaigns };
    return {
      counts: { customers: customers.value, collect: collect.value, audiences: audiences.value, insights: insights.value, membership: membership.value, messaging: messaging.value, campaigns: campaigns.value },
      computedAt: new Date(Math.min(...Object.values(all).map(({ at }) => at.getTime()))),
    };
  };
}
