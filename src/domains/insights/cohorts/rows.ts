import type { CohortRow } from '../contract/cohorts.ts';
import type { CohortsAnswered } from './answer.ts';
import { cellsOf, sizeOf } from './shape.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A row for each period, or for each value with most people first and the rest of them last. */
export function rowsOf({ figures, periods, values }: CohortsAnswered, names: ReadonlyMap<string, string>): CohortRow[] {
  const row = (key: string | null, label: string, codes: number[], begins: number[]): CohortRow =>
    ({ key, label, size: sizeOf(figures, periods, { codes, begins }), cells: cellsOf(figures, periods, { codes, begins }) });
  if (!values) return upTo(periods.begins).map((begin) => row(periods.starts[begin], periods.starts[begin], [0], [begin]));
  const begins = upTo(periods.begins);
  const own = values.map((value, i) => row(value, names.get(value) ?? value, [i + 1], begins)).filter(({ size }) => size > 0);
  const rest = row(null, '', [0], begins);
  return [...own.sort((a, b) => b.size - a.size), ...(rest.size > 0 ? [rest] : [])];
}

/** Everybody together, by whole periods of each. */
export function averageOf({ figures, periods, values }: CohortsAnswered) {
  const together = { codes: upTo((values?.length ?? 0) + 1), begins: upTo(periods.begins) };
  return cellsOf(figures, periods, together).filter(({ isComplete }) => isComplete);
}
