import type { z } from 'zod';
import type { FieldProblem } from '../../kernel/problem.ts';

type Issue = z.core.$ZodIssue;

/**
 * What a schema refused of `given`, as the fault of a field. Whatever is not there is to be filled in, whichever rule it fell to; a rule of
 * a contract's own names its sentence in `params: { said }`.
 */
export function fieldFault(part: string, given: unknown, issue: Issue): FieldProblem {
  const fault = { path: [part, ...issue.path].join('.'), code: issue.code ?? 'custom' };
  const phrase = phraseOf(given, issue);
  return phrase ? { ...fault, phrase } : fault;
}

function phraseOf(given: unknown, issue: Issue): FieldProblem['phrase'] {
  if (isNothing(valueAt(given, issue.path))) return { key: 'required', params: {} };
  if (issue.code === 'custom') return typeof issue.params?.said === 'string' ? { key: issue.params.said, params: {} } : undefined;
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined;
  const [what, limit] = [counted[issue.origin], String(issue.code === 'too_small' ? issue.minimum : issue.maximum)];
  if (what === undefined) return undefined;
  return { key: `${what}_${issue.code}${what === 'number' && issue.inclusive === false ? '_or_equal' : ''}`, params: { limit } };
}

/** What the size of a thing is counted in. */
const counted: Record<string, string | undefined> = { number: 'number', int: 'number', bigint: 'number', string: 'text', array: 'list', set: 'list', map: 'list', record: 'list' };

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  let found = given;
  for (const key of path) found = typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[key] : undefined;
  return found;
}
