import type { Rule } from '../../contract/rule.ts';
import type { TieredValue, Tiers } from '../../contract/tag-definition.ts';
import type { Comparison } from '../../contract/values.ts';

/** "The value is at least 500", as a condition. */
const comparing = (of: TieredValue, compare: Comparison): Rule =>
  of.kind === 'field' ? { kind: 'field', field: of.field, test: { test: 'compare', compare } } : { ...of, compare };

/** A rule for each tier, the lowest first: from its limit up to, and without, the next one's. */
export function tierRules(of: TieredValue, over: string | null, limits: readonly string[]): Rule[] {
  const floor: Rule[] = over === null ? [] : [comparing(of, { is: 'more_than', value: over })];
  return Array.from({ length: limits.length + 1 }, (_, i) => ({
    kind: 'group',
    match: 'all',
    parts: [
      ...floor,
      ...(i > 0 ? [comparing(of, { is: 'at_least', value: limits[i - 1] })] : []),
      ...(i < limits.length ? [comparing(of, { is: 'less_than', value: limits[i] })] : []),
    ],
  }));
}

/** The rules of tiers whose limits are known; of tiers by rules, as they were written. */
export const rulesOfTiers = (tiers: Tiers, limits: readonly string[]): Rule[] =>
  tiers.by === 'rules' ? tiers.tiers.map(({ rule }) => rule) : tierRules(tiers.of, tiers.over, limits);
