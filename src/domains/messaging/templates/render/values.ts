const mostItems = 50;
const mostCharacters = 2_000;
const deepest = 4;
const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);
/** Control characters but tab and line break, and the characters that mark places in a message. */
// eslint-disable-next-line no-control-regex
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029\uE010\uE011]/g;

/** A text without characters that a message must not hold. */
export const cleanText = (text: string): string => text.replace(unwanted, '').slice(0, mostCharacters).toWellFormed();

/** A value of a person as templates may see it: plain, no deeper, longer or more than a message has use for. */
export function cleanValue(value: unknown, depth = deepest): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value === null || typeof value !== 'object' || depth === 0) return null;
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => cleanValue(item, depth - 1));
  const entries = Object.entries(value).filter(([name]) => !refusedNames.has(name)).slice(0, 200);
  return Object.fromEntries(entries.map(([name, held]) => [name, cleanValue(held, depth - 1)]));
}

/** `{'person.name': …}` as Liquid reads it: `{person: {name: …}}`. */
export function nested(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop() ?? path;
    let at = root;
    for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>;
    at[last] = cleanValue(value);
  }
  return root;
}
