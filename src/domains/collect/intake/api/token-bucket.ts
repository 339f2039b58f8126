/** How much one key may send: `burst` at once, `perSecond` on and on. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Counts events by key and says when there are too many, so that one tracker cannot take everybody's place. */
export interface TokenBuckets {
  /** 0 when the events may come in; else the seconds to wait, of which nothing was counted. */
  take(key: number, events: number): number;
}

export function createTokenBuckets(rate: Rate, nowMs: () => number = () => performance.now()): TokenBuckets {
  const buckets = new Map<number, { tokens: number; atMs: number }>();
  return {
    take(key, events) {
      const now = nowMs();
      const bucket = buckets.get(key) ?? { tokens: rate.burst, atMs: now };
      buckets.set(key, bucket);
      bucket.tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.atMs) * rate.perSecond) / 1000);
      bucket.atMs = now;
      // A batch larger than the bucket goes through when the bucket is full, and leaves it in debt.
      const needed = Math.min(events, rate.burst);
      if (bucket.tokens < needed) return Math.max(1, Math.ceil((needed - bucket.tokens) / rate.perSecond));
      bucket.tokens -= events;
      return 0;
    },
  };
}
