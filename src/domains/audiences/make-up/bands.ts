import type { Rule } from '../contract/rule.ts';
import { rule } from '../contract/rule.ts';

/** A trait whose values are rules: each person is in one of them. */
export interface BandedTrait {
  trait: string;
  bands: { value: string; rule: Rule }[];
}

const sales = { fact: 'order', of: 'sale', where: [] };
const measure = (name: string, compare: object) => rule.parse({ kind: 'measure', facts: sales, measure: name, compare });
const between = (name: string, from: number, to: number) => measure(name, { is: 'between', from, to });
const none = measure('orders', { is: 'equals', value: 0 });

/**
 * Recency, frequency and value, and the states of a user's life by fixed limits: new within 30 days of the first
 * order, active within 90 days of the last, then at risk, sleeping, and lost after a year.
 */
export const bandedTraits: BandedTrait[] = [
  {
    trait: 'recency',
    bands: [
      ...[[0, 30], [31, 90], [91, 180], [181, 365]].map(([from, to]) => ({ value: `${from}-${to}`, rule: between('days_since_last', from, to) })),
      { value: '366+', rule: measure('days_since_last', { is: 'at_least', value: 366 }) },
      { value: 'never', rule: none },
    ],
  },
  {
    trait: 'frequency',
    bands: [
      { value: '0', rule: none },
      { value: '1', rule: measure('orders', { is: 'equals', value: 1 }) },
      { value: '2', rule: measure('orders', { is: 'equals', value: 2 }) },
      { value: '3-5', rule: between('orders', 3, 5) },
      { value: '6+', rule: measure('orders', { is: 'at_least', value: 6 }) },
    ],
  },
  {
    trait: 'value',
    bands: [
      ...[[0, 100], [100, 300], [300, 1000], [1000, 3000]].map(([from, to]) => ({
        value: `${from}-${to}`,
        rule: { kind: 'group' as const, match: 'all' as const, parts: [measure('orders', { is: 'at_least', value: 1 }), measure('amount', { is: 'at_least', value: from }), measure('amount', { is: 'less_than', value: to })] },
      })),
      { value: '3000+', rule: measure('amount', { is: 'at_least', value: 3000 }) },
      { value: 'none', rule: none },
    ],
  },
  {
    trait: 'lifecycle',
    bands: [
      { value: 'new', rule: between('days_since_first', 0, 30) },
      { value: 'active', rule: { kind: 'group', match: 'all', parts: [between('days_since_last', 0, 90), measure('days_since_first', { is: 'more_than', value: 30 })] } },
      { value: 'at_risk', rule: between('days_since_last', 91, 180) },
      { value: 'sleeping', rule: between('days_since_last', 181, 365) },
      { value: 'lost', rule: measure('days_since_last', { is: 'at_least', value: 366 }) },
      { value: 'never', rule: none },
    ],
  },
];
