import type { FieldProblem } from '../../kernel/problem.ts';

type FieldName = (string | number)[];

/** A form field by its path and what is wrong with it. */
export interface FieldError {
  name: FieldName;
  errors: string[];
}

/** `body.owners.0.mail` is the form's field `['owners', 0, 'mail']`. */
export const fieldName = (path: string): FieldName =>
  path
    .split('.')
    .filter((part, index) => !(index === 0 && (part === 'body' || part === 'query')))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/**
 * What the server said about fields, in the form's terms; `fallback` where it gave no sentence. A form that keeps flat what the server
 * has in parts is meant by the end of a path, unless a place in a list is left out by that. A field that stands for many things is meant by
 * the beginning of a path; `itemOf` says which of them it is. What is of none of the fields that the form has is `loose`, to be said above it.
 */
export function fieldErrors(fields: readonly FieldProblem[], fallback: string, known: readonly FieldName[], itemOf: (n: number, text: string) => string): { marks: FieldError[]; loose: string[] } {
  const names = new Map(known.map((name) => [JSON.stringify(name), name]));
  const marks = new Map<FieldName, string[]>();
  const loose = new Set<string>();
  for (const { path, message = fallback } of fields) {
    const name = fieldName(path);
    const [byEnd, byBeginning] = [endingIn(name, names), beginningWith(name, names)];
    const at = byEnd ? undefined : name.slice(byBeginning?.length ?? 0).find((part) => typeof part === 'number');
    const [field, text] = [byEnd ?? byBeginning, typeof at === 'number' ? itemOf(at + 1, message) : message];
    if (field) marks.set(field, [...(marks.get(field) ?? []), text]);
    else loose.add(message);
  }
  return { marks: [...marks].map(([name, errors]) => ({ name, errors })), loose: [...loose] };
}

type Known = ReadonlyMap<string, FieldName>;

const endingIn = (name: FieldName, names: Known): FieldName | undefined => name
  .map((_, from) => (name.slice(0, from).every((part) => typeof part === 'string') ? names.get(JSON.stringify(name.slice(from))) : undefined)).find((found) => found !== undefined);

const beginningWith = (name: FieldName, names: Known): FieldName | undefined =>
  name.map((_, left) => names.get(JSON.stringify(name.slice(0, name.length - left)))).find((found) => found !== undefined);
