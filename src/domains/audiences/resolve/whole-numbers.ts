import type { NumberTest } from './resolved.ts';

const scale = 10_000n;
const up = (value: bigint): bigint => (value > 0n ? (value + scale - 1n) / scale : value / scale);
const down = (value: bigint): bigint => (value < 0n ? (value - scale + 1n) / scale : value / scale);

/** Whole numbers from one to another, both included; null is open. */
export type WholeRange = [from: bigint | null, to: bigint | null];

/** The whole numbers that pass a test. */
export function wholeNumbers(test: NumberTest): WholeRange[] {
  return rangesOf(test).filter(([from, to]) => from === null || to === null || from <= to);
}

function rangesOf(test: NumberTest): WholeRange[] {
  if (test.is === 'between') return [[up(test.from), down(test.to)]];
  const { value } = test;
  switch (test.is) {
    case 'at_least': return [[up(value), null]];
    case 'more_than': return [[down(value) + 1n, null]];
    case 'at_most': return [[null, down(value)]];
    case 'less_than': return [[null, up(value) - 1n]];
    case 'equals': return [[up(value), down(value)]];
    case 'not_equals': return up(value) === down(value) ? [[null, up(value) - 1n], [down(value) + 1n, null]] : [[null, null]];
  }
}
