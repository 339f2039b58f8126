import { addDays, addMonths } from '../../../../kernel/day.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Rule } from '../../../audiences/contract.ts';
import type { PeopleOfLifetime } from '../../contract/lifetime-value.ts';

/** From the first up to, without, the second; null is open. */
interface Limits {
  from: number;
  to: number | null;
}

const field = (name: string, test: object): Rule => ({ kind: 'field', field: `lifetime.${name}`, test }) as Rule;
const compare = (name: string, is: string, value: number): Rule => field(name, { test: 'compare', compare: { is, value: String(value) } });
const upTo = (name: string, { from, to }: Limits, times = 1): Rule[] => [
  ...(from > 0 ? [compare(name, 'at_least', from * times)] : []),
  ...(to === null ? [] : [compare(name, 'less_than', to * times)]),
];

/** The audience rule that means them; of how long somebody has rested the model knows the day it was fitted, and a rule today. */
export function ruleOf({ tenths, cohort, channel, orders, alive, value365 }: PeopleOfLifetime): Rule {
  const parts: Rule[] = [];
  if (tenths) parts.push({ kind: 'group', match: 'any', parts: tenths.map((tenth) => compare('tenth', 'equals', tenth)) });
  if (cohort !== undefined) parts.push(field('first_day', { test: 'within', period: { from: `${cohort}-01`, to: addDays(addMonths(`${cohort}-01`, 1), -1) } }));
  if (channel !== undefined) parts.push(channel === '' ? { kind: 'group', match: 'all', parts: [field('days_bought', { test: 'known' }), field('channel', { test: 'unknown' })] } : field('channel', { test: 'any_of', values: [channel] }));
  if (orders) parts.push(...upTo('days_bought', { from: orders.from, to: orders.to === null ? null : orders.to + 1 }));
  if (alive) parts.push(...upTo('alive', alive, 100));
  if (value365) parts.push(...upTo('value_365', value365));
  // Without a limit everybody is meant of whom something is said: who ever bought.
  return parts.length === 1 ? parts[0] : { kind: 'group', match: 'all', parts: parts.length === 0 ? [field('days_bought', { test: 'known' })] : parts };
}

/** What they are, in words. */
export function sentenceOf(say: Say, { tenths, cohort, channel, orders, rest, alive, value365 }: PeopleOfLifetime, locale: Locale): string {
  const word = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'insights', `lifetime.people.${key}`, params);
  const range = (key: string, { from, to }: Limits, shown = (value: number): string => String(value)): string =>
    (to === null ? word(`${key}From`, { from: shown(from) }) : word(key, { from: shown(from), to: shown(to) }));
  const parts = [
    ...(tenths ? [word('tenths', { tenths: tenths.toSorted((p, q) => q - p).join(word('or')) })] : []),
    ...(cohort === undefined ? [] : [word('cohort', { month: cohort })]),
    ...(channel === undefined ? [] : [channel === '' ? word('noChannel') : word('channel', { channel })]),
    ...(orders ? [orders.from === orders.to ? word('ordersExactly', { count: orders.from }) : range('orders', orders)] : []),
    ...(rest ? [range('rest', rest)] : []),
    ...(alive ? [range('alive', alive, (value) => `${Math.round(value * 100)}%`)] : []),
    ...(value365 ? [range('value', value365)] : []),
  ];
  return parts.length === 0 ? word('everybody') : word('all', { parts: parts.join(word('and')) });
}
