/** How many messages may leave now. */
export interface Pace {
  /** Takes up to `most`; 0 while it is too early for the next. */
  take(most: number): number;
  /** What was taken and did not leave. */
  giveBack(count: number): void;
}

/** So many a minute, evenly: what one second allows may come at once, and nothing is saved up beyond that. Time is monotone. */
export function createPace(perMinute: number | null, nowMs: () => number): Pace {
  if (perMinute === null) return { take: (most) => most, giveBack: () => {} };
  const perMs = perMinute / 60_000;
  const most = Math.max(1, perMs * 1_000);
  let [left, atMs] = [0, nowMs()];
  return {
    take(wanted) {
      const now = nowMs();
      left = Math.min(most, left + (now - atMs) * perMs);
      atMs = now;
      const given = Math.min(wanted, Math.floor(left));
      left -= given;
      return given;
    },
    giveBack: (count) => void (left = Math.min(most, left + count)),
  };
}
