import type { ProgrammeDefinition, ToldFinding } from '../../../contract.ts';

/** A definition as the form holds it, without what was left empty. */
export const definitionOf = (values: ProgrammeDefinition): ProgrammeDefinition => JSON.parse(JSON.stringify(values, (_key, value: unknown) => (value === '' ? undefined : value))) as ProgrammeDefinition;

/** Settings that one field of the form shows as a whole. */
const wholes = new Set(['when', 'expiry', 'counts', 'names', 'channels', 'consent', 'clock', 'autoRedeem']);

/** The field that shows a place of the definition: `points.multipliers.0.when.tiers.1` is shown by its `when`. */
export function fieldOf(path: string): (string | number)[] {
  const parts = path.replace(/^body\.definition\./, '').split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const at = parts.findIndex((part) => wholes.has(String(part)));
  return at < 0 || parts.join('.').startsWith('tierRules.clock.') ? parts : parts.slice(0, at + 1);
}

/** What a field lacks that was left empty: of a name that there is none in any language. */
export function lackOf({ path, code }: { path: string; code: string }): 'name' | 'value' | null {
  if (fieldOf(path).at(-1) === 'names' && (code === 'custom' || code === 'too_small')) return 'name';
  return code === 'invalid_type' ? 'value' : null;
}

/** What is wrong with each field, the sentences of one together. */
export function errorsByField(findings: readonly Pick<ToldFinding, 'path' | 'text'>[]): Map<string, { name: (string | number)[]; errors: string[] }> {
  const fields = new Map<string, { name: (string | number)[]; errors: string[] }>();
  for (const { path, text } of findings) {
    const name = fieldOf(path);
    const key = JSON.stringify(name);
    fields.set(key, { name, errors: [...(fields.get(key)?.errors ?? []), text] });
  }
  return fields;
}

/** The first key of a kind that is not taken. */
export function freeKey(kind: string, taken: readonly string[]): string {
  let n = taken.length + 1;
  while (taken.includes(`${kind}_${n}`)) n++;
  return `${kind}_${n}`;
}
