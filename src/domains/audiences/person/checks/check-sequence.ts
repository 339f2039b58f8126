import type { ResolvedCondition, TimeRange } from '../../resolve/resolved.ts';
import type { Check } from './check.ts';
import { timeSelector } from './select-facts.ts';

/**
 * One fact after another. Named is the last moment at which the sequence was complete; of one that ends in
 * what did not follow, the last moment that nothing followed.
 */
export function checkSequence({ first, then, ends, range, untilMs }: Extract<ResolvedCondition, { kind: 'sequence' }>): Check {
  const bounded: TimeRange = { ...range, untilMs: Math.min(range.untilMs ?? untilMs, untilMs) };
  const firstOf = timeSelector(first, bounded);
  const steps = then.map((step) => ({ withinMs: step.withinMs, timesOf: timeSelector(step.facts, { fromMs: range.fromMs, untilMs }) }));
  const last = ends === 'did_not' ? steps.pop() : undefined;
  return (person) => {
    let reached = firstOf(person);
    for (const step of steps) {
      if (reached.length === 0) break;
      reached = followers(reached, step.timesOf(person), step.withinMs);
    }
    if (last) reached = unanswered(reached, last.timesOf(person), last.withinMs, untilMs);
    const found = reached.at(-1);
    return { holds: found !== undefined, found: found === undefined ? null : { moment: found } };
  };
}

/** Those of `times` that come after one of `before`, by `withinMs` at most. Both ascend: the nearest before is the best. */
function followers(before: readonly number[], times: readonly number[], withinMs: number): number[] {
  let next = 0;
  return times.filter((ms) => {
    while (next < before.length && before[next] < ms) next++;
    return next > 0 && ms - before[next - 1] <= withinMs;
  });
}

/** Those of `before` that none of `times` follows by `withinMs` at most, and whose time has run out. */
function unanswered(before: readonly number[], times: readonly number[], withinMs: number, untilMs: number): number[] {
  let next = 0;
  return before.filter((ms) => {
    while (next < times.length && times[next] <= ms) next++;
    const isAnswered = next < times.length && times[next] - ms <= withinMs;
    return !isAnswered && ms + withinMs <= untilMs;
  });
}
