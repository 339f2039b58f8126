import type { FieldProblem } from '../../kernel/problem.ts';

/** A form field by its path and what is wrong with it. */
export interface FieldError {
  name: (string | number)[];
  errors: string[];
}

/** `body.owners.0.mail` is the form's field `['owners', 0, 'mail']`. */
export const fieldName = (path: string): (string | number)[] =>
  path
    .split('.')
    .filter((part, index) => !(index === 0 && (part === 'body' || part === 'query')))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** What the server said about fields, in the form's terms; `fallback` where it gave no sentence. */
export const fieldErrors = (fields: readonly FieldProblem[], fallback: string): FieldError[] =>
  fields.map((field) => ({ name: fieldName(field.path), errors: [field.message ?? fallback] }));
