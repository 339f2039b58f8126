import type { Rule } from '../../src/domains/audiences/contract.ts';
import { rule as ruleSchema } from '../../src/domains/audiences/contract.ts';

/** A rule of an audience that follows; `uses` are places in the list of those before it. */
export interface LiveRule {
  name: string;
  rule(ids: readonly number[]): Rule;
}

const measure = (facts: object, name: string, compare: object, period: object = {}): object => ({ kind: 'measure', facts, measure: name, compare, period });
const order = (where: object[] = [], of = 'sale'): object => ({ fact: 'order', of, where });
const event = (name: string, where: object[] = []): object => ({ fact: 'event', name, where });
const atLeast = (value: number | string): object => ({ is: 'at_least', value });
const last = (ago: number, unit = 'day'): object => ({ from: { ago, unit } });
const field = (name: string, test: object): object => ({ kind: 'field', field: name, test });
const any = (...values: string[]): object => ({ test: 'any_of', values });
const group = (match: string, ...parts: object[]): object => ({ kind: 'group', match, parts });
const category = (i: number): object => ({ field: 'category', test: 'any_of', values: [`品类 ${i % 30}`] });
const ofCategory = (i: number): object => ({ property: 'category', test: 'any_of', values: [`品类 ${i % 30}`] });
const sleeping = (from: number, to: number): object => measure(order(), 'days_since_last', { is: 'between', from, to });
const followed = (first: object, then: object, amount: number, unit: string, ends: string, period: object): object => ({ kind: 'sequence', first, then: [{ facts: then, within: { amount, unit } }], ends, period });
const days = [7, 14, 30, 60, 90, 180, 365];

/** As teams make them: of what people are, bought, looked at, did not do in time, and of each other. Every number of the list makes another rule. */
const kinds: ((i: number, ids: readonly number[]) => object)[] = [
  (i) => group('all', field('city', any(`城市 ${i}`, `城市 ${i + 100}`)), measure(order(), 'orders', atLeast(1), last(days[i % 7]))),
  (i) => measure(order(), 'orders', atLeast(2 + (i % 3)), last(days[i % 7])),
  (i) => group('all', measure(order(), 'amount', atLeast(200 + 50 * i)), sleeping(30, 60 + i)),
  (i) => group('all', measure(event('Product Viewed', [ofCategory(i)]), 'times', atLeast(2 + (i % 3)), last(days[i % 4])), measure(order([category(i)]), 'orders', { is: 'equals', value: 0 }, last(30))),
  (i) => followed(event('Product Added'), event('Order Completed'), 1 + (i % 48), 'hour', 'did_not', last(3)),
  (i) => sleeping(10 * (i % 12), 10 * (i % 12) + 9),
  (i) => group('all', measure(order([category(i)]), 'orders', atLeast(1), last(90)), field('gender', any(i % 2 ? 'male' : 'female')), { kind: 'consent', channel: 'sms', purpose: 'marketing', state: i % 2 ? 'unasked' : 'granted' }),
  (i) => group('all', field('orders_ever', { test: 'compare', compare: atLeast(2 + (i % 6)) }), field('sales_ever', { test: 'compare', compare: { is: 'more_than', value: 100 * (i % 20) } }), group('none', measure(event('Coupon Clicked'), 'times', atLeast(1), last(14)))),
  (i) => measure(event(['Cart Viewed', 'Checkout Started', 'Product Added'][i % 3]), 'times', atLeast(1), last(1 + (i % 24), 'hour')),
  (i, ids) => group('all', { kind: 'audience', audienceId: ids[i % ids.length] }, group('none', { kind: 'audience', audienceId: ids[(7 * i + 1) % ids.length] })),
  (i) => group('all', { kind: 'tag', tags: [1 + (i % 3)], match: i % 2 ? 'any' : 'none' }, measure(order(), 'average_order', atLeast(100 + i), last(180))),
  (i) => ({ kind: 'recurring', facts: order(), every: 'month', times: 2 + (i % 2), of: 6 }),
  (i) => group('all', { kind: 'moment', facts: order(), which: 'first', when: last(days[i % 5]) }, measure(event('Product List Viewed'), 'days', atLeast(1), last(30))),
];

/** So many rules, of all kinds in turn, none twice. */
export const liveRules = (count: number): LiveRule[] => Array.from({ length: count }, (_, i) => {
  const turn = Math.floor(i / kinds.length);
  return { name: `人群 ${i}`, rule: (ids) => ruleSchema.parse(kinds[i % kinds.length](turn, ids)) };
});

/** Audiences by which it is seen how quickly members follow: whoever shares a product, or orders one, and who is in the first of them. */
export const probeRules: LiveRule[] = [
  { name: 'shared', rule: () => ruleSchema.parse(group('all', measure(event('Product Shared', [{ property: 'probe', test: 'any_of', values: ['yes'] }]), 'times', atLeast(1), last(7)), measure(order([], 'refund'), 'orders', { is: 'at_most', value: 1_000 }))) },
  { name: 'ordered', rule: () => ruleSchema.parse(measure(order([{ field: 'product', test: 'any_of', values: ['PROBE'] }]), 'orders', atLeast(1), last(30))) },
  { name: 'nested', rule: (ids) => ruleSchema.parse({ kind: 'audience', audienceId: ids[0] }) },
];
