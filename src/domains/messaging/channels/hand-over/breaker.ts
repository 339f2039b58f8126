/** When an account is left alone, and for how long. */
export interface Health {
  /** In a row, the account's own. */
  failures: number;
  /** How often it was broken off in a row. */
  breaks: number;
  brokenUntil: Date | null;
  restingUntil: Date | null;
}

const failuresToBreak = 5;
const firstBreakMs = 15_000;
const longestBreakMs = 600_000;

const spread = (ms: number, random: () => number): number => Math.round(ms * (0.8 + 0.4 * random()));

/** After one more failure of the account's own; `isTrial` where the message was the one that tried a broken account again. */
export function afterFailure(health: Health, isTrial: boolean, now: Date, random: () => number): Health {
  // Messages that were under way when it broke tell nothing new.
  if (health.breaks > 0 && !isTrial) return health;
  const failures = health.failures + 1;
  if (failures < failuresToBreak && !isTrial) return { ...health, failures };
  const forMs = spread(Math.min(longestBreakMs, firstBreakMs * 2 ** health.breaks), random);
  return { ...health, failures: 0, breaks: health.breaks + 1, brokenUntil: new Date(now.getTime() + forMs) };
}

/** Closed: asked as usual. Half open: one message may try it. Open: nobody asks until then. */
export function breakerOf({ breaks, brokenUntil }: Pick<Health, 'breaks' | 'brokenUntil'>, now: Date): 'closed' | 'half_open' | 'open' {
  if (breaks === 0 || !brokenUntil) return 'closed';
  return brokenUntil > now ? 'open' : 'half_open';
}

const firstWaitMs = 4_000;
const longestWaitMs = 1_800_000;

/** How long a message waits that was put off so often; spread over the whole time, so that what failed together does not come back together. */
export const waitMs = (attempts: number, askedMs: number, random: () => number): number =>
  Math.round(Math.max(askedMs, Math.min(longestWaitMs, firstWaitMs * 2 ** attempts) * (0.5 + random())));
