import { expect, it } from 'vitest';
import { rule } from '../../contract/rule.ts';
import { isLeftOut } from './feature.ts';
import { featuresOfRule } from './of-rule.ts';

const order = (over: object = {}) => ({ fact: 'order', ...over });
const measure = (name: string, over: object = {}) => ({ kind: 'measure', facts: order(), measure: name, compare: { is: 'at_least', value: 2 }, ...over });

it.each<[string, object, string[]]>([
  ['orders', measure('orders'), ['has_ordered', 'orders']],
  ['orders lately', measure('orders', { period: { from: { ago: 30, unit: 'day' } } }), ['has_ordered', 'last_order', 'orders', 'recent_lines', 'recent_spend']],
  ['spending', measure('amount'), ['average_order', 'spend']],
  ['days since the last order', measure('days_since_last'), ['last_order', 'recent_lines', 'recent_spend']],
  ['a category', measure('orders', { facts: order({ where: [{ field: 'category', test: 'any_of', values: ['茶叶', '咖啡'] }] }) }), ['category:咖啡', 'category:茶叶']],
  ['refunds', measure('orders', { facts: order({ of: 'refund' }) }), ['refunded', 'refunds']],
  ['an event', { ...measure('times'), facts: { fact: 'event', name: '浏览' } }, ['event:浏览', 'event_days', 'last_event']],
  ['a field', { kind: 'field', field: 'city', test: { test: 'known' } }, ['city']],
  ['a custom attribute', { kind: 'field', field: 'attribute.plan', test: { test: 'known' } }, ['attribute.plan']],
  ['totals', { kind: 'field', field: 'sales_ever', test: { test: 'compare', compare: { is: 'at_least', value: 1 } } }, ['spend']],
  ['the last order', { kind: 'field', field: 'last_order', test: { test: 'within', period: { from: { ago: 9, unit: 'day' } } } }, ['last_order', 'recent_lines', 'recent_spend']],
  ['tags', { kind: 'tag', tags: [3, 4] }, ['tag:3', 'tag:4']],
  ['consent', { kind: 'consent', channel: 'sms', purpose: 'marketing', state: 'granted' }, ['consent:sms/marketing/granted', 'consent:sms/marketing/withdrawn']],
  ['the first order', { kind: 'moment', facts: order(), which: 'first', when: { from: '2026-01-01' } }, ['first_order']],
  ['one thing after another', { kind: 'sequence', first: { fact: 'event', name: '浏览' }, then: [{ facts: order(), within: { amount: 3, unit: 'day' } }] },
    ['event:浏览', 'event_days', 'has_ordered', 'last_event', 'last_order', 'orders', 'recent_lines', 'recent_spend']],
  ['a habit', { kind: 'recurring', facts: order(), every: 'month', times: 3, of: 6 }, ['has_ordered', 'last_order', 'orders', 'recent_lines', 'recent_spend']],
  ['a group, however deep', { kind: 'group', match: 'none', parts: [{ kind: 'held', days: 3, rule: { kind: 'group', match: 'any', parts: [{ kind: 'tag', tags: [9] }] } }] }, ['tag:9']],
  ['a list, a sample, another audience', { kind: 'group', match: 'all', parts: [{ kind: 'list', listId: 1 }, { kind: 'sample', percent: 5, salt: 'x' }, { kind: 'audience', audienceId: 1 }] }, []],
])('a rule of %s decides by these features', (_name, given, keys) => {
  expect(featuresOfRule(rule.parse(given)).sort()).toEqual(keys);
});

it('a family stands for all its values', () => {
  expect([isLeftOut('category:茶叶', ['category']), isLeftOut('category:茶叶', ['category:茶叶']), isLeftOut('category:茶叶', ['category:咖啡', 'brand'])]).toEqual([true, true, false]);
});
