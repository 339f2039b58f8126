/** A session ends this long after it was last used. */
export const idleMs = 8 * 3600_000;
/** A session ends this long after it was made, however busy. */
export const absoluteMs = 7 * 24 * 3600_000;
/** How precisely the time of last use is kept; spares a write for every request. */
export const seenPrecisionMs = 60_000;
