/** Seconds to wait after each failure in a row; after the last the delivery is stopped. About sixteen hours in all. */
const waits = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800];
const longestWait = 86_400;

/** When to try again after so many failures in a row; null when it is enough. `asked` is what the receiver wants at least. */
export function secondsUntilNext(failures: number, asked: number | null, random: () => number): number | null {
  const wait = waits.at(failures - 1);
  if (failures > waits.length || wait === undefined) return null;
  // Spread, so that what failed together does not come back together.
  const spread = wait * (0.9 + 0.2 * random());
  return Math.min(longestWait, Math.max(spread, asked ?? 0));
}
