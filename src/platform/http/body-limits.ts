import { Problem } from '../../kernel/problem.ts';

/** Beyond what any endpoint takes: the longest list has 1,000 entries, and a rule of the most conditions some ten thousand values. */
export const bodyLimits = { depth: 64, listLength: 5_000, values: 50_000 } as const;

/**
 * Refuses a body that is nested too deeply or has too many parts before a schema walks through it: a fault is made of each wrong
 * part, and a megabyte of them holds up everybody else for seconds.
 */
export function refuseExcess(body: unknown): void {
  let values = 0;
  const waiting = [{ value: body, depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    // Of an object of very many keys the names alone are known quickly.
    const length = Array.isArray(value) ? value.length : Object.keys(value).length;
    values += length;
    if (depth > bodyLimits.depth || length > bodyLimits.listLength || values > bodyLimits.values) {
      throw new Problem('platform.body_too_complex', { status: 400, params: bodyLimits });
    }
    for (const part of Object.values(value) as unknown[]) waiting.push({ value: part, depth: depth + 1 });
  }
}
