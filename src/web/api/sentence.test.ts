import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import { sentenceOf } from './sentence.ts';

const t = ((key: string, params: object = {}) => `${key} ${JSON.stringify(params)}`) as unknown as TFunction<'web'>;

it('says what is wrong with input where no form marks it, each sentence once', () => {
  const fields = ['a', 'b', 'c'].map((name, i) => ({ path: `body.${name}`, code: 'custom', message: i < 2 ? 'between' : 'long' }));
  const said = sentenceOf(new ApiProblem(400, 'platform.invalid_input', 'see the fields', fields), t);
  expect(said).toMatch(/^web:error\.invalid .*between[^b]+long/);
  expect(sentenceOf(new ApiProblem(409, 'planning.item_refused', 'refused', fields), t)).toBe('refused');
  expect(sentenceOf(new ApiProblem(400, 'platform.invalid_input', 'see the fields'), t)).toBe('see the fields');
});
