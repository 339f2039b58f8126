import type { Rule } from '../../../audiences/contract.ts';
import type { PreferenceDimension } from '../../contract.ts';

/** Who prefers a value, or is of a tier of purchasing power. */
export const prefers = (dimension: PreferenceDimension | 'tier', value: string): Rule => ({ kind: 'field', field: `preference.${dimension}`, test: { test: 'any_of', values: [value] } });

export const both = (...parts: Rule[]): Rule => ({ kind: 'group', match: 'all', parts });

type Trait = 'channel' | 'province' | 'age';

/** Who prefers a category and has a trait: the channel they prefer, or what their profile says. */
export function preferrersWith(category: string, trait: Trait, value: string): Rule {
  const who = prefers('category', category);
  if (trait === 'channel') return both(who, prefers('channel', value));
  if (trait === 'province') return both(who, { kind: 'field', field: 'province', test: { test: 'any_of', values: [value] } });
  return both(who, ...ofAge(value));
}

/** `25-29`, `50+`: born so many years ago or earlier, and not earlier than of the next age. */
function ofAge(band: string): Rule[] {
  const [from, to] = band.split(/[-+]/).map(Number);
  const born = (years: number): Rule => ({ kind: 'field', field: 'birth_date', test: { test: 'within', period: { to: { ago: years, unit: 'year' } } } });
  return [born(from), ...(band.endsWith('+') ? [] : [{ kind: 'group' as const, match: 'none' as const, parts: [born(to + 1)] }])];
}
