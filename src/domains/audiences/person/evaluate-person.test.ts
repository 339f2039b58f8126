import { describe, expect, it } from 'vitest';
import { noon, personOf } from '../../../../test/one-person.ts';
import { rule as ruleSchema } from '../contract.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { evaluatePerson, forPersons } from './evaluate-person.ts';

const orders = { fact: 'order' };
const views = { fact: 'event', name: 'Product Viewed' };
const resolved = resolveRule(ruleSchema.parse({ kind: 'group', match: 'all', parts: [
  { kind: 'measure', facts: orders, measure: 'orders', compare: { is: 'at_least', value: 2 }, period: { from: { ago: 90, unit: 'day' } } },
  { kind: 'measure', facts: { ...orders, where: [{ field: 'category', test: 'none_of', values: ['茶具'] }] }, measure: 'average_order', compare: { is: 'more_than', value: 5 } },
  { kind: 'recurring', facts: views, every: 'week', times: 2, of: 4 },
  { kind: 'sequence', first: views, then: [{ facts: orders, within: { amount: 3, unit: 'day' } }] },
] }), createFieldRegistry(), noon);

const day = (ago: number): string => new Date(noon.now.getTime() - ago * 86_400_000).toISOString();
const crowd = Array.from({ length: 10_000 }, (_, no) => ({
  ...personOf({
    lines: Array.from({ length: 8 }, (_, i) => ({ at: day((no * 7 + i * 31) % 300), order: `${i >> 1}`, amount: 1 + ((no + i) % 20) })),
    events: Array.from({ length: 8 }, (_, i) => ({ at: day((no * 11 + i * 13) % 60), name: 'Product Viewed' })),
  }),
  customerNo: no + 1,
}));

describe('a rule asked of many people', () => {
  it('takes well under a second for ten thousand with sixteen facts each', () => {
    const rule = forPersons(resolved);
    const started = performance.now();
    const members = crowd.filter((facts) => rule.holds(facts)).length;
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(members).toBeGreaterThan(100);
    expect(members).toBeLessThan(9_900);
  });

  it('says the same of each as when it is asked of one, and changes nothing', () => {
    const rule = forPersons(resolved);
    for (const facts of crowd.slice(0, 500)) {
      const { lines, events } = facts;
      const before = [lines.length, events.get('Product Viewed')?.length];
      expect(rule.holds(facts)).toBe(evaluatePerson(resolved, facts).holds);
      expect(rule.explain(facts)).toEqual(evaluatePerson(resolved, facts));
      expect([facts.lines.length, facts.events.get('Product Viewed')?.length]).toEqual(before);
    }
  });
});
