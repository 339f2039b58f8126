import { expect, it } from 'vitest';
import { rule } from '../../contract/rule.ts';
import { referencesOf } from './references.ts';

it('finds whatever a rule refers to, however deep, with its place', () => {
  const found = referencesOf(rule.parse({
    kind: 'group', match: 'all', parts: [
      { kind: 'audience', audienceId: 3 },
      { kind: 'group', match: 'none', parts: [{ kind: 'list', listId: 9 }, { kind: 'held', days: 3, rule: { kind: 'group', match: 'any', parts: [{ kind: 'audience', audienceId: 4, on: '2026-01-01' }] } }] },
      { kind: 'tag', tags: [3] },
    ],
  }));
  expect(found).toEqual({
    audiences: [{ audienceId: 3, on: undefined, path: 'parts.0' }, { audienceId: 4, on: '2026-01-01', path: 'parts.1.parts.1.rule.parts.0' }],
    lists: [{ listId: 9, path: 'parts.1.parts.0' }],
    unkept: [],
  });
  expect(referencesOf(rule.parse({ kind: 'audience', audienceId: 3 })).audiences).toEqual([{ audienceId: 3, on: undefined, path: '' }]);
  expect(referencesOf(rule.parse({ kind: 'group', match: 'any', parts: [] }))).toEqual({ audiences: [], lists: [], unkept: [] });
});
