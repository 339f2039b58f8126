import { createHash } from 'node:crypto';
import type { ResolvedCondition } from '../resolve/resolved.ts';

/** The same for conditions that mean the same, and for no others. */
export function meaningOf(condition: ResolvedCondition): string {
  const text = JSON.stringify(condition, (key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    // Of a field its name says everything, and of values their order says nothing.
    if (key === 'field' && typeof value === 'object' && value !== null) return (value as { name: string }).name;
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.toSorted();
    return value;
  });
  return createHash('sha256').update(text).digest('base64');
}
