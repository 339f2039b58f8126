import type { ResolvedCondition, ResolvedFacts, TimeRange } from '../resolve/resolved.ts';

/** Facts of one kind in a range of time. */
export interface Window {
  facts: ResolvedFacts;
  range: TimeRange;
}

/**
 * The facts on which alone the answers to a condition at two moments can differ: whoever has none of them is answered
 * the same. Null where facts do not tell. Both come from the same condition of the same rule.
 */
export function windowsBetween(before: ResolvedCondition, after: ResolvedCondition): Window[] | null {
  if (before.kind === 'sequence' && after.kind === 'sequence') return ofSequences(before, after);
  if (before.kind === 'moment' && after.kind === 'moment') {
    return windows(after.facts, [...differing([before.range], [after.range]), ...differing(before.within, after.within)]);
  }
  if ((before.kind === 'measure' && after.kind === 'measure') || (before.kind === 'recurring' && after.kind === 'recurring')) {
    return windows(after.facts, differing([before.range], [after.range]));
  }
  return null;
}

const windows = (facts: ResolvedFacts, ranges: readonly TimeRange[]): Window[] => ranges.map((range) => ({ facts, range }));

type Sequence = Extract<ResolvedCondition, { kind: 'sequence' }>;

/** Facts that are looked at since, or no longer; and of what nothing must follow, those whose time ran out. */
function ofSequences(before: Sequence, after: Sequence): Window[] {
  const firsts = [before, after].map(({ range, untilMs }) => [{ ...range, untilMs: Math.min(range.untilMs ?? untilMs, untilMs) }]);
  const since = differing([{ fromMs: null, untilMs: before.untilMs }], [{ fromMs: null, untilMs: after.untilMs }]);
  const steps = [after.first, ...after.then.map((step) => step.facts)];
  const found = [...windows(after.first, differing(firsts[0], firsts[1])), ...after.then.flatMap((step) => windows(step.facts, since))];
  if (after.ends === 'did') return found;
  // Time has run out at the very moment, and a range ends before it.
  const { withinMs } = after.then[after.then.length - 1];
  const ranOut = ({ untilMs }: Sequence): TimeRange[] => [{ fromMs: null, untilMs: untilMs - withinMs + 1 }];
  return [...found, ...windows(steps[steps.length - 2], differing(ranOut(before), ranOut(after)))];
}

type Span = readonly [from: number, until: number];

/** The moments that lie in one of the first ranges or in one of the second, and not in both. */
export function differing(before: readonly TimeRange[], after: readonly TimeRange[]): TimeRange[] {
  const [ours, theirs] = [before, after].map((ranges) => ranges.map(({ fromMs, untilMs }): Span => [fromMs ?? -Infinity, untilMs ?? Infinity]).filter(([from, until]) => from < until));
  return [...theirs.reduce(without, ours), ...ours.reduce(without, theirs)].map(([from, until]) => ({ fromMs: from === -Infinity ? null : from, untilMs: until === Infinity ? null : until }));
}

const without = (spans: readonly Span[], [from, until]: Span): Span[] =>
  spans.flatMap(([start, end]): Span[] => [[start, Math.min(end, from)], [Math.max(start, until), end]]).filter(([start, end]) => start < end);
