import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { isLeaf, type ResolvedRule } from '../resolve/resolved.ts';

/** Whom of `scope` a rule means, by the people each of its conditions means. The conditions come as `leavesOf` gives them. */
export function combine(rule: ResolvedRule, conditions: readonly Bitmap[], scope: Bitmap): Bitmap {
  const next = conditions.values();
  const of = (part: ResolvedRule): Bitmap => {
    if (isLeaf(part)) return scope.and(next.next().value ?? Bitmap.empty);
    const sets = part.parts.map(of);
    if (part.match === 'all') return sets.reduce((all, set) => all.and(set), scope);
    const any = Bitmap.union(sets);
    return part.match === 'any' ? any : scope.andNot(any);
  };
  return of(rule);
}
