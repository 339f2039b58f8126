import type { Wanted } from '../src/domains/membership/activities/take-part/take-part.ts';

const people = 40;

/** What a player asks for as its n-th: one of three activities by turns. The same whenever it is sent. */
export const played = (run: string, n: number): Wanted => ({
  key: `${run} ${n}`,
  customerNo: 1 + (n % people),
  activityNo: 1 + (n % 3),
});
