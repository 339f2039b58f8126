/** Counts how often something is done, of very many who do it. */
export interface RateLimit {
  /** Counts one time; returns for how many seconds there is nothing more, 0 when it was let through. */
  take(key: string | number, now: Date): number;
}

/** Who is counted at once: beyond that the ones seen first are forgotten. */
const mostKeys = 20_000;

/** So many at once, and as many again in every minute, evenly: the generic cell rate algorithm (ITU-T I.371), by virtual scheduling. */
export function createRateLimit(perMinute: number): RateLimit {
  const everyMs = 60_000 / perMinute;
  /** By key, when the next would come if all came evenly. */
  const nextAt = new Map<string | number, number>();
  return {
    take(key, now) {
      const at = now.getTime();
      // A clock that is put back makes nobody wait for longer than a minute.
      const next = Math.min(Math.max(nextAt.get(key) ?? at, at), at + 60_000);
      const waitMs = next - at + everyMs - 60_000;
      nextAt.delete(key);
      nextAt.set(key, waitMs > 0 ? next : next + everyMs);
      if (nextAt.size > mostKeys) nextAt.delete(nextAt.keys().next().value as string | number);
      return Math.max(0, Math.ceil(waitMs / 1_000));
    },
  };
}
