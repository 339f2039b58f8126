import type { MappedColumn } from './mapped-columns.ts';
import type { Mapping } from './mapping.ts';

export interface SaleTimes {
  /** Epoch milliseconds of the sale; NaN where the row tells none. */
  at: Float64Array;
  /** 1 for rows placed but not paid, which are no sales. */
  unpaid: Uint8Array;
  /** Milliseconds from placing to the sale, 0 where a row does not tell both; null where not both are mapped. */
  placedBefore: Float64Array | null;
}

/**
 * When each row's sale happened. An order is sold when it is paid: where payment times are
 * mapped they are the sale's time, and a row without one is unpaid. With the rule `keep`, such a row counts
 * from the time it was placed.
 */
export function saleTimes(
  rowCount: number,
  occurredAt: MappedColumn | undefined,
  paidAt: MappedColumn | undefined,
  unpaidRule: Mapping['rules']['unpaid'],
): SaleTimes {
  const unpaid = new Uint8Array(rowCount);
  const placed = numbers(occurredAt);
  const paid = numbers(paidAt);
  if (!paid) return { at: placed ?? new Float64Array(rowCount).fill(NaN), unpaid, placedBefore: null };
  const at = new Float64Array(rowCount);
  const placedBefore = placed && new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    at[row] = paid[row];
    if (!Number.isNaN(paid[row])) {
      if (placedBefore && placed[row] < paid[row]) placedBefore[row] = paid[row] - placed[row];
      continue;
    }
    if (unpaidRule === 'skip') unpaid[row] = 1;
    else if (placed) at[row] = placed[row];
  }
  return { at, unpaid, placedBefore };
}

/** The values of a column of numbers, or null where there is none. */
export const numbers = (column: MappedColumn | undefined): Float64Array | null =>
  column?.type === 'number' ? column.values : null;
