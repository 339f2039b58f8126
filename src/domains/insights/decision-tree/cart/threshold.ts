const finest = 4;

/**
 * The roundest number above `low` and not above `high`, near the middle of the two: a limit that people can read, and
 * that parts the rows as the middle does. It has four decimals at most, as all numbers of rules; none where `isWhole`.
 */
export function thresholdBetween(low: number, high: number, isWhole: boolean): number {
  if (!Number.isFinite(low)) return high;
  const middle = low + (high - low) / 2;
  const largest = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high), 1)));
  for (let power = largest; power >= (isWhole ? 0 : -finest); power--) {
    for (const step of [10 ** power, 10 ** power / 2]) {
      if (isWhole && step < 1) continue;
      for (const times of [Math.round(middle / step), Math.floor(high / step)]) {
        const limit = Number((times * step).toFixed(finest));
        if (limit > low && limit <= high) return limit;
      }
    }
  }
  return high;
}
