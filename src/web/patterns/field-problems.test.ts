import { expect, it } from 'vitest';
import { fieldErrors, fieldName } from './field-problems.ts';

const numbered = (n: number, text: string): string => `${n}: ${text}`;

it('finds the form’s field by the server’s path', () => {
  expect(fieldName('body.mail')).toEqual(['mail']);
  expect(fieldName('body.owners.0.body')).toEqual(['owners', 0, 'body']);
  expect(fieldName('mail')).toEqual(['mail']);
});

it('has a sentence for a field where the server gave none', () => {
  expect(fieldErrors([{ path: 'body.mail', code: 'format' }], 'Check this.', [['mail']], numbered)).toEqual({ marks: [{ name: ['mail'], errors: ['Check this.'] }], loose: [] });
});

it('marks the field of a flat form that is meant by the end of a path, and says above the form what is of none of its fields', () => {
  const fields = [
    { path: 'body.definition.bestHour.fallback', code: 'custom', message: 'between' },
    { path: 'body.definition.arms.1.name', code: 'too_big', message: 'long' },
    { path: 'body.owners.0.mail', code: 'required', message: 'mail' },
    { path: 'body.version', code: 'invalid_type', message: 'old' },
    { path: 'query.version', code: 'invalid_type', message: 'old' },
  ];
  expect(fieldErrors(fields, '', [['name'], ['fallback'], ['mail'], ['owners', 0, 'mail']], numbered)).toEqual({
    marks: [{ name: ['fallback'], errors: ['between'] }, { name: ['owners', 0, 'mail'], errors: ['mail'] }], loose: ['long', 'old'],
  });
});

it('tells what is wrong within a field of many things at that field, with which of them it is', () => {
  const problems = ['parts.0.name', 'parts.2.weight', 'note', 'parts', 'elsewhere.1.name'].map((path) => ({ path: `body.${path}`, code: 'x', message: path }));
  expect(fieldErrors(problems, '', [['parts'], ['note']], numbered)).toEqual({
    marks: [{ name: ['parts'], errors: ['1: parts.0.name', '3: parts.2.weight', 'parts'] }, { name: ['note'], errors: ['note'] }], loose: ['elsewhere.1.name'],
  });
});
