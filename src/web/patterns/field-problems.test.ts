import { expect, it } from 'vitest';
import { fieldErrors, fieldName } from './field-problems.ts';

it('finds the form’s field by the server’s path', () => {
  expect(fieldName('body.mail')).toEqual(['mail']);
  expect(fieldName('body.owners.0.body')).toEqual(['owners', 0, 'body']);
  expect(fieldName('mail')).toEqual(['mail']);
});

it('has a sentence for a field where the server gave none', () => {
  expect(fieldErrors([{ path: 'body.mail', code: 'format' }], 'Check this.', [['mail']])).toEqual({ marks: [{ name: ['mail'], errors: ['Check this.'] }], loose: [] });
});

it('marks the field of a flat form that is meant by the end of a path, and says above the form what is of none of its fields', () => {
  const fields = [
    { path: 'body.definition.bestHour.fallback', code: 'custom', message: 'between' },
    { path: 'body.definition.arms.1.name', code: 'too_big', message: 'long' },
    { path: 'body.owners.0.mail', code: 'required', message: 'mail' },
    { path: 'body.version', code: 'invalid_type', message: 'old' },
    { path: 'query.version', code: 'invalid_type', message: 'old' },
  ];
  expect(fieldErrors(fields, '', [['name'], ['fallback'], ['mail'], ['owners', 0, 'mail']])).toEqual({
    marks: [{ name: ['fallback'], errors: ['between'] }, { name: ['owners', 0, 'mail'], errors: ['mail'] }], loose: ['long', 'old'],
  });
});
