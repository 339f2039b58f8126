import { describe, expect, it } from 'vitest';
import { rule as ruleSchema } from '../../contract/rule.ts';
import { tagDefinition, type TieredValue } from '../../contract/tag-definition.ts';
import { rulesOfTiers, tierRules } from './tier-rules.ts';

const spent: TieredValue = { kind: 'field', field: 'sales_ever' };
const orders: TieredValue = { kind: 'measure', facts: { fact: 'order', of: 'sale', where: [] }, measure: 'orders', period: { from: { ago: 90, unit: 'day' } } };

/** The comparisons of each tier, written short. */
const bounds = (of: TieredValue, over: string | null, limits: string[]): string[] => tierRules(of, over, limits).map((rule) => {
  const parts = rule.kind === 'group' ? rule.parts : [];
  return parts.map((part) => {
    const compare = part.kind === 'field' && part.test.test === 'compare' ? part.test.compare : part.kind === 'measure' ? part.compare : null;
    return compare && 'value' in compare ? `${compare.is} ${compare.value}` : '';
  }).join(', ');
});

describe('the rules of tiers', () => {
  it('leave no value between two tiers, and none in both', () => {
    expect(bounds(spent, null, ['100', '500'])).toEqual(['less_than 100', 'at_least 100, less_than 500', 'at_least 500']);
  });

  it('leave out whoever has no more than the floor, in every tier', () => {
    expect(bounds(spent, '0', ['100'])).toEqual(['more_than 0, less_than 100', 'more_than 0, at_least 100']);
  });

  it('are rules of the language, of a field and of a measure', () => {
    for (const of of [spent, orders]) {
      for (const rule of tierRules(of, '0', ['2', '5'])) expect(ruleSchema.parse(rule)).toEqual(rule);
    }
    expect(bounds(orders, null, ['2'])).toEqual(['less_than 2', 'at_least 2']);
  });

  it('of tiers by rules are as they were written', () => {
    const rule = tierRules(spent, null, ['1'])[0];
    expect(rulesOfTiers({ by: 'rules', tiers: [{ label: 'a', rule }, { label: 'b', rule }] }, [])).toEqual([rule, rule]);
  });
});

describe('a definition of tiers', () => {
  const limits = (over: object) => ({ kind: 'tiers', tiers: { by: 'limits', of: spent, over: '0', labels: ['低', '中', '高'], limits: ['100', '500'], ...over } });

  it('takes numbers as text or as JSON numbers and keeps them exact', () => {
    expect(tagDefinition.parse(limits({ limits: [100, '500.5000'], over: 0 }))).toMatchObject({ tiers: { limits: ['100', '500.5'], over: '0' } });
  });

  it.each([
    ['limits that fall', { limits: ['500', '100'] }],
    ['limits that are equal, written differently', { limits: ['100', '100.0'] }],
    ['one limit too few', { limits: ['100'] }],
    ['two labels alike but for case', { labels: ['a', 'b', 'A'] }],
    ['a label without a word', { labels: ['低', ' ', '高'] }],
    ['a number beyond 2^53 that has lost digits', { limits: ['100', 9_007_199_254_740_993] }],
    ['a limit that is no number', { limits: ['100', '１２３x'] }],
    ['a field without a name', { of: { kind: 'field', field: '' } }],
  ])('refuses %s', (_, over) => {
    expect(tagDefinition.safeParse(limits(over)).success).toBe(false);
  });

  it('tells limits apart that differ in the eighteenth digit', () => {
    expect(tagDefinition.safeParse(limits({ limits: ['99999999999999.9998', '99999999999999.9999'] })).success).toBe(true);
  });

  it.each([[[50, 50], true], [[50, 49], false], [[100, 0], false], [[33, 33, 34], false]])('of two labels with the shares %j is %s', (shares, isGood) => {
    expect(tagDefinition.safeParse({ kind: 'tiers', tiers: { by: 'shares', of: spent, over: null, labels: ['低', '高'], shares } }).success).toBe(isGood);
  });
});
