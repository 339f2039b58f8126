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
 * has in parts is meant by the end of a path, unless a place in a list is left out by that. What is of none of the fields that the form
 * has is `loose`, to be said above it.
 */
export function fieldErrors(fields: readonly FieldProblem[], fallback: string, known: readonly FieldName[]): { marks: FieldError[]; loose: string[] } {
  const names = new Map(known.map((name) => [JSON.stringify(name), name]));
  const marks: FieldError[] = [];
  const loose: string[] = [];
  for (const { path, message = fallback } of fields) {
    const name = fieldName(path);
    const found = name.map((_, from) => ({ name: names.get(JSON.stringify(name.slice(from))), left: name.slice(0, from) })).find((each) => each.name !== undefined && each.left.every((part) => typeof part === 'string'));
    if (found?.name) marks.push({ name: found.name, errors: [message] });
    else loose.push(message);
  }
  return { marks, loose: [...new Set(loose)] };
}
