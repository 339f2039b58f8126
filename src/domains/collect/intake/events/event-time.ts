const form = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds since 1970 of an ISO 8601 text; UTC where no zone is said. NaN for anything else. */
export function readTime(text: string): number {
  // What JSON.stringify makes of a date is what nearly everybody sends, and Date.parse checks it all.
  if (text.length === 24 && text[4] === '-' && text[10] === 'T' && text[23] === 'Z') return Date.parse(text);
  if (!form.test(text)) return Number.NaN;
  return Date.parse(text.length > 10 && !zoned.test(text) ? `${text.replace(' ', 'T')}Z` : text);
}

/**
 * When it happened by our clock: the client's clock is off by `receivedAt - sentAt`, as Segment's specification
 * corrects it. Without a usable `sentAt` the client's time stands; without a time it happened when it came.
 */
export function occurredAt(timestampMs: number | undefined, sentAtMs: number | undefined, receivedAtMs: number): number {
  if (timestampMs === undefined) return receivedAtMs;
  if (sentAtMs === undefined) return timestampMs;
  return receivedAtMs - (sentAtMs - timestampMs);
}
