import { expect, it } from 'vitest';
import { fieldErrors, fieldName } from './field-problems.ts';

it('finds the form’s field by the server’s path', () => {
  expect(fieldName('body.mail')).toEqual(['mail']);
  expect(fieldName('body.owners.0.body')).toEqual(['owners', 0, 'body']);
  expect(fieldName('mail')).toEqual(['mail']);
});

it('has a sentence for a field where the server gave none', () => {
  expect(fieldErrors([{ path: 'body.mail', code: 'format' }], 'Check this.')).toEqual([
    { name: ['mail'], errors: ['Check this.'] },
  ]);
});
