import { createHash } from 'node:crypto';
import type { AudienceField } from '../fields/field.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';

/** The same for conditions that mean the same, and for no others. */
export function meaningOf(condition: ResolvedCondition): string {
  const text = JSON.stringify(condition, (key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    // Of a field its name and version say everything, and of values their order says nothing.
    if (key === 'field' && typeof value === 'object' && value !== null) {
      const { name, version } = value as AudienceField;
      return version === undefined ? name : `${name} ${version}`;
    }
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.toSorted();
    return value;
  });
  return createHash('sha256').update(text).digest('base64');
}
