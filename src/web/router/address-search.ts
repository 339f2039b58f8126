import type { z } from 'zod';

/** The search part of an address as text: a repeated key is a list. */
export type AddressSearch = Record<string, string | string[]>;

/** Reads `?a=1&tag=x&tag=y` without guessing types: schemas decide what a text means. */
export function readSearch(text: string): AddressSearch {
  const found = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const before = found.get(key);
    found.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(found);
}

/**
 * The state that an address holds. A part that does not fit the schema is left out, as if it
 * had not been there: an old bookmark opens the page instead of an error.
 */
export function parseSearch<S extends z.ZodObject>(schema: S, search: AddressSearch): z.output<S> {
  const first = schema.safeParse(search);
  if (first.success) return first.data;
  const bad = new Set(first.error.issues.map((issue) => String(issue.path[0])));
  return schema.parse(Object.fromEntries(Object.entries(search).filter(([key]) => !bad.has(key))));
}

const asText = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/**
 * The address after a change. Keys of other parts of the page stay; what is empty or at its
 * default is left out, so that an address says only what differs.
 */
export function changedSearch<S extends z.ZodObject>(
  schema: S,
  search: AddressSearch,
  change: Partial<z.output<S>>,
): AddressSearch {
  const defaults: Record<string, unknown> = schema.safeParse({}).data ?? {};
  const next: AddressSearch = { ...search };
  for (const [key, value] of Object.entries(change)) {
    if (isEmpty(value) || JSON.stringify(value) === JSON.stringify(defaults[key])) delete next[key];
    else next[key] = Array.isArray(value) ? value.map(asText) : asText(value);
  }
  return next;
}

/** The search part of an address with its question mark, or nothing. */
export function writeSearch(search: AddressSearch): string {
  const written = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value]) written.append(key, one);
  const text = written.toString();
  return text ? `?${text}` : '';
}
