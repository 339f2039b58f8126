/** Characters that end a line, move the cursor or turn the reading direction, so that they could forge what a log shows. */
const deceptive = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const longestText = 500;

/** One harmless line: deceptive characters become `�`, and what is longer than 500 characters is cut. */
export function oneLine(text: string): string {
  const harmless = text.replace(deceptive, '\uFFFD').toWellFormed();
  return harmless.length > longestText ? `${harmless.slice(0, longestText - 1).toWellFormed()}…` : harmless;
}

/** The same for every string and key within a JSON value. */
export function harmlessJson(value: unknown): unknown {
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return value.map(harmlessJson);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [oneLine(key), harmlessJson(inner)]));
}
