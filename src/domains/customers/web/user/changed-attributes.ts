import type { ShownProfile } from '../../contract.ts';

type Value = ShownProfile['attributes'][string];

/** A row of the form: an attribute as text. */
export interface AttributeRow {
  key?: string;
  value?: string;
}

/** Attributes as rows of a form; lists are not edited by hand. */
export const attributeRows = (attributes: Record<string, Value>): AttributeRow[] =>
  Object.entries(attributes).filter(([, value]) => !Array.isArray(value)).map(([key, value]) => ({ key, value: String(value) }));

/** What the rows change: new texts, and null for an attribute whose row is gone. A number stays a number. */
export function changedAttributes(before: Record<string, Value>, rows: readonly AttributeRow[]): Record<string, Value | null> {
  const after = new Map(rows.flatMap(({ key, value }) => (key?.trim() && value?.trim() ? [[key.trim(), value.trim()] as const] : [])));
  const changes: Record<string, Value | null> = {};
  for (const { key = '', value } of attributeRows(before)) {
    const next = after.get(key);
    after.delete(key);
    if (next === undefined) changes[key] = null;
    else if (next !== value) changes[key] = likeBefore(before[key], next);
  }
  return { ...changes, ...Object.fromEntries(after) };
}

function likeBefore(before: Value, text: string): Value {
  if (typeof before === 'number' && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
