import { rule, type Rule } from '../contract/rule.ts';
import type { readyMadeTasks } from '../contract/ready-made.ts';

/** A rule to begin with; its name and reason are the messages `readyMade.<key>.name` and `.reason`. */
export interface ReadyMade {
  key: string;
  task: (typeof readyMadeTasks)[number];
  rule: Rule;
  /** A field of another domain that it asks about; without it there is nothing to offer. */
  needs?: string;
}

const sales = { fact: 'order', of: 'sale' };
const ago = (days: number) => ({ ago: days, unit: 'day' });
const all = (...parts: object[]) => ({ kind: 'group', match: 'all', parts });
const measure = (name: string, compare: object, over: object = {}) => ({ kind: 'measure', facts: sales, measure: name, compare, ...over });
const atLeast = (value: number) => ({ is: 'at_least', value });
const equals = (value: number) => ({ is: 'equals', value });
const lastOrder = (from: number, to: number) => measure('days_since_last', { is: 'between', from, to });
const field = (name: string, test: object) => ({ kind: 'field', field: name, test });
const anniversary = { test: 'anniversary', from: 0, to: 7 };
const notFollowed = (event: string, days: number, within: number) => ({
  kind: 'sequence', first: { fact: 'event', name: event }, then: [{ facts: sales, within: { amount: within, unit: 'day' } }], ends: 'did_not', period: { from: ago(days) },
});

/** When a member's tier ends unless it is earned again; the domain that keeps tiers registers it. */
const tierUntil = 'membership.tier_until';

const written: [key: string, task: ReadyMade['task'], rule: object, needs?: string][] = [
  ['waiting_first_order', 'new_users', all(field('first_seen', { test: 'within', period: { from: ago(30) } }), measure('orders', equals(0)))],
  ['waiting_second_order', 'new_users', all(measure('orders', equals(1)), lastOrder(7, 45))],
  ['one_order_lapsing', 'new_users', all(measure('orders', equals(1)), lastOrder(46, 120))],
  ['viewed_not_bought', 'new_users', notFollowed('Product Viewed', 14, 3)],
  ['cart_left', 'new_users', notFollowed('Product Added', 7, 1)],
  ['frequent', 'returning', measure('orders', atLeast(3), { period: { from: ago(180) } })],
  ['high_value', 'returning', all(measure('orders', atLeast(2)), measure('average_order', atLeast(500)))],
  ['small_and_often', 'returning', all(measure('orders', atLeast(3)), measure('largest_order', { is: 'at_most', value: 150 }))],
  ['never_small', 'returning', all(measure('orders', atLeast(2)), measure('smallest_order', atLeast(200)))],
  ['monthly_habit', 'returning', { kind: 'recurring', facts: sales, every: 'month', times: 4, of: 6 }],
  ['many_categories', 'association', measure('categories', atLeast(3))],
  ['one_category_only', 'association', all(measure('categories', equals(1)), measure('orders', atLeast(3)))],
  ['core_users', 'referral', all(measure('orders', atLeast(4), { period: { from: ago(365) } }), lastOrder(0, 60), measure('orders', equals(0), { facts: { fact: 'order', of: 'refund' }, period: { from: ago(180) } }))],
  ['at_risk', 'retention', all(measure('orders', atLeast(2)), lastOrder(91, 180))],
  ['sleeping', 'retention', lastOrder(181, 365)],
  ['lost', 'retention', measure('days_since_last', atLeast(366))],
  ['won_back', 'retention', all(measure('orders', atLeast(1), { period: { from: ago(30) } }), measure('orders', equals(0), { period: { from: ago(210), to: ago(31) } }), measure('orders', atLeast(1), { period: { to: ago(211) } }))],
  ['tier_ending', 'retention', field(tierUntil, { test: 'within', period: { from: ago(0), to: { ahead: 30, unit: 'day' } } }), tierUntil],
  ['gives_back_often', 'retention', measure('orders', atLeast(2), { facts: { fact: 'order', of: 'refund' }, period: { from: ago(180) } })],
  ['birthday_soon', 'reach', field('birth_date', anniversary)],
  ['order_anniversary', 'reach', field('first_order', anniversary)],
  ['reachable_by_sms', 'reach', all({ kind: 'consent', channel: 'sms', purpose: 'marketing', state: 'granted' }, { kind: 'identifier', identifiers: ['phone'] })],
];

/** Rules for the tasks of a user-operations team. Limits are usual ones: whoever uses a rule fits them to the brand. */
export const readyMade: readonly ReadyMade[] = written.map(([key, task, given, needs]) => ({ key, task, rule: rule.parse(given), needs }));
