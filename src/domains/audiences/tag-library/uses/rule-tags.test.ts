import { describe, expect, it } from 'vitest';
import type { Rule } from '../../contract/rule.ts';
import type { TagDefinition } from '../../contract/tag-definition.ts';
import { isHourly, referencesOf, rulesOf, withRules, withTagReplaced } from './rule-tags.ts';

const tag = (...tags: number[]): Rule => ({ kind: 'tag', tags, match: 'any' });
const all = (...parts: Rule[]): Rule => ({ kind: 'group', match: 'all', parts });
const held = (rule: Rule): Rule => ({ kind: 'held', days: 3, rule });
const order: Rule = { kind: 'measure', facts: { fact: 'order', of: 'sale', where: [] }, measure: 'orders', period: { from: { ago: 2, unit: 'day' } }, compare: { is: 'at_least', value: '1' } };

describe('what a rule refers to', () => {
  it('is found at any depth, each once', () => {
    const rule = all(tag(3, 1), held(all(tag(1, 7), { kind: 'audience', audienceId: 5 })), { kind: 'list', listId: 9 });
    expect(referencesOf([rule, tag(3)])).toEqual({ tagIds: [3, 1, 7], audienceIds: [5], listIds: [9] });
  });

  it('leaves out an audience of a past day, which does not change any more', () => {
    expect(referencesOf([{ kind: 'audience', audienceId: 5, on: '2026-01-01' }]).audienceIds).toEqual([]);
  });

  it('is nothing in a rule that asks for facts', () => {
    expect(referencesOf([order])).toEqual({ tagIds: [], audienceIds: [], listIds: [] });
  });
});

describe('a tag in the place of another', () => {
  it('stands wherever the other stood, and once', () => {
    expect(withTagReplaced(all(tag(1, 2), held(tag(1)), order), 1, 2)).toEqual(all(tag(2), held(tag(2)), order));
  });

  it('keeps how the tags are asked for', () => {
    expect(withTagReplaced({ kind: 'tag', tags: [1, 4], match: 'none' }, 1, 8)).toEqual({ kind: 'tag', tags: [8, 4], match: 'none' });
  });

  it('changes no rule that does not ask for it', () => {
    const rule = all(tag(4), order);
    expect(withTagReplaced(rule, 1, 2)).toEqual(rule);
  });
});

describe('a rule that changes within a day', () => {
  const inHours: Rule = { ...order, period: { from: { ago: 2, unit: 'hour' } } };
  const sequence: Rule = {
    kind: 'sequence',
    first: { fact: 'event', name: 'Product Viewed', where: [] },
    then: [{ facts: { fact: 'order', of: 'sale', where: [] }, within: { amount: 3, unit: 'day' } }],
    ends: 'did_not',
    period: {},
  };

  it('counts hours, or waits for what does not follow', () => {
    expect(isHourly([all(tag(1), held(inHours))])).toBe(true);
    expect(isHourly([all(sequence)])).toBe(true);
  });

  it('is not one of days', () => {
    expect(isHourly([all(order, tag(1)), order])).toBe(false);
  });
});

describe('the rules of a definition', () => {
  const tiers: TagDefinition = { kind: 'tiers', tiers: { by: 'rules', tiers: [{ label: 'A', rule: tag(1) }, { label: 'B', rule: tag(2) }] } };
  const limits: TagDefinition = { kind: 'tiers', tiers: { by: 'limits', of: { kind: 'field', field: 'sales_ever' }, over: null, labels: ['a', 'b'], limits: ['1'] } };

  it('are those that were written', () => {
    expect(rulesOf({ kind: 'hand' })).toEqual([]);
    expect(rulesOf({ kind: 'file' })).toEqual([]);
    expect(rulesOf({ kind: 'rule', rule: order })).toEqual([order]);
    expect(rulesOf(tiers)).toEqual([tag(1), tag(2)]);
    expect(rulesOf(limits)).toEqual([]);
  });

  it('are changed in their places', () => {
    const other = withRules(tiers, (rule) => withTagReplaced(rule, 2, 9));
    expect(rulesOf(other)).toEqual([tag(1), tag(9)]);
    expect(withRules({ kind: 'rule', rule: tag(2) }, () => order)).toEqual({ kind: 'rule', rule: order });
    expect(withRules(limits, () => order)).toEqual(limits);
  });
});
