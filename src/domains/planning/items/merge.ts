import { isDeepStrictEqual } from 'node:util';

type Body = Readonly<Record<string, unknown>>;

/** Names of the fields in which two bodies differ. */
export const changedFields = (before: Body, after: Body): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !isDeepStrictEqual(before[field], after[field])).sort();

/** A body with what a change made of another as it was before; the fields that the change left alone are as they are now. */
export function fieldsBack(now: Body, before: Body, after: Body): Body {
  const body = { ...now };
  for (const field of changedFields(before, after)) {
    if (field in before) body[field] = before[field];
    else delete body[field];
  }
  return body;
}

/**
 * Fields of `wanted` that somebody else changed since the version an edit was made on, to something else than is wanted now. What
 * two people set to the same is no quarrel.
 */
export const quarrels = (wanted: Body, changedSince: readonly string[], now: Body): string[] =>
  Object.keys(wanted).filter((field) => changedSince.includes(field) && !isDeepStrictEqual(wanted[field], now[field])).sort();
