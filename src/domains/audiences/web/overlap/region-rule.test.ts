import { expect, it } from 'vitest';
import { rule } from '../../contract.ts';
import { regionAddress, regionRule } from './region-rule.ts';

it('means who is in some of the audiences and not in the others', () => {
  expect(regionRule([7, 8, 9], 0b011)).toEqual({
    kind: 'group',
    match: 'all',
    parts: [{ kind: 'audience', audienceId: 7 }, { kind: 'audience', audienceId: 8 }, { kind: 'group', match: 'none', parts: [{ kind: 'audience', audienceId: 9 }] }],
  });
  expect(regionRule([7, 8], 0b11)).toMatchObject({ parts: [{ audienceId: 7 }, { audienceId: 8 }] });
});

it('goes to the editor as a rule that the server takes', () => {
  const given = new URL(regionAddress([7, 8, 9], 0b100), 'http://localhost').searchParams.get('rule') ?? '';
  expect(rule.parse(JSON.parse(given))).toEqual(regionRule([7, 8, 9], 0b100));
});
