import { describe, expect, it } from 'vitest';
import { rule, ruleLimits } from './rule.ts';

const tag = { kind: 'tag', tags: [1] };
const group = (...parts: unknown[]) => ({ kind: 'group', match: 'all', parts });
const orders = (over: object = {}) => ({ kind: 'measure', facts: { fact: 'order' }, measure: 'orders', compare: { is: 'at_least', value: 2 }, ...over });
const faults = (given: unknown): string[] => (rule.safeParse(given).error?.issues ?? []).map((issue) => issue.path.join('.'));

describe('a rule', () => {
  it('is read with its defaults', () => {
    expect(rule.parse(group(orders(), tag))).toEqual({
      kind: 'group', match: 'all', parts: [
        { kind: 'measure', facts: { fact: 'order', of: 'sale', where: [] }, measure: 'orders', period: {}, compare: { is: 'at_least', value: '2' } },
        { kind: 'tag', tags: [1], match: 'any' },
      ],
    });
  });

  it('may be twelve levels deep and no deeper; the place of the fault is told', () => {
    const nested = (levels: number): unknown => (levels === 1 ? tag : group(nested(levels - 1)));
    expect(faults(nested(ruleLimits.depth))).toEqual([]);
    expect(faults(nested(ruleLimits.depth + 1))).toEqual([Array.from({ length: ruleLimits.depth }, () => 'parts.0').join('.')]);
  });

  it('survives twenty thousand levels, of groups and of held rules', () => {
    let deep: unknown = tag;
    let held: unknown = tag;
    for (let i = 0; i < 20_000; i++) {
      deep = group(deep);
      held = { kind: 'held', days: 1, rule: held };
    }
    expect(faults(deep)).toHaveLength(1);
    expect(faults(held)).toHaveLength(1);
  });

  it('may have two hundred conditions and no more, however they are spread', () => {
    const many = (count: number): unknown[] => Array.from({ length: count }, () => tag);
    expect(faults(group(...many(ruleLimits.conditions)))).toEqual([]);
    expect(faults(group(...many(ruleLimits.conditions + 1)))).toHaveLength(1);
    expect(faults(group(group(...many(150)), group(...many(51))))).toHaveLength(1);
  });

  it('names the very condition and part that is wrong', () => {
    expect(faults(group(tag, orders({ measure: 'times' })))).toEqual(['parts.1.measure']);
    expect(faults(group(orders({ facts: { fact: 'order', of: 'net' } })))).toEqual(['parts.0.measure']);
    expect(faults(group(orders({ facts: { fact: 'event', name: 'x' }, measure: 'sum' })))).toEqual(['parts.0.property']);
    expect(faults(group(orders({ compare: { is: 'at_leats', value: 1 } })))).toEqual(['parts.0.compare.is']);
    expect(faults(group({ kind: 'unheard_of' }))).toEqual(['parts.0.kind']);
    expect(faults({ kind: 'recurring', facts: { fact: 'order' }, every: 'week', times: 5, of: 4 })).toEqual(['times']);
  });

  it('refuses numbers that lost digits on their way, and takes them exactly as text', () => {
    const value = (given: unknown) => rule.safeParse(orders({ compare: { is: 'equals', value: given } }));
    expect(value(2 ** 53).success).toBe(false);
    expect(value(Number.NaN).success).toBe(false);
    expect(value('0.12345').success).toBe(false);
    expect(value('1e5').success).toBe(false);
    expect(value('１００').success).toBe(false);
    expect(value('99999999999999.9999').data).toMatchObject({ compare: { value: '99999999999999.9999' } });
    expect(value('0007.50').data).toMatchObject({ compare: { value: '7.5' } });
  });

  it('keeps hostile text as text, and refuses it where a name of a property stands', () => {
    const values = ["'; DROP TABLE order_line; --", '１２３', '🧧红包', '\u0000', '{x:Identifier}'];
    const given = { kind: 'field', field: 'city', test: { test: 'any_of', values } };
    expect(rule.parse(given)).toEqual(given);
    expect(faults({ kind: 'field', field: 'city', test: { test: 'contains', value: '🧧'.slice(0, 1) } })).toEqual(['test.value']);
    for (const property of ['a`b', "a'b", 'a b', 'a\\b', '']) {
      expect(faults(orders({ facts: { fact: 'event', name: 'x' }, measure: 'sum', property })), property).toEqual(['property']);
    }
  });
});
