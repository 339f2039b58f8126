import { type RfmSegment, rfmSegments } from '../../audiences/contract.ts';
import { rfmSegmentOf, type Score } from '../../audiences/public.ts';
import type { RfmPlace } from '../contract/rfm.ts';

/** The segment of a cell as `rfm_month` keeps it: 1 + 25 (recency - 1) + 5 (frequency - 1) + value - 1. */
export function segmentOfCell(cell: number): RfmSegment {
  const place = cell - 1;
  return rfmSegmentOf((Math.floor(place / 25) + 1) as Score, (Math.floor(place / 5) % 5 + 1) as Score, (place % 5 + 1) as Score);
}

const allCells = Array.from({ length: 125 }, (_, i) => i + 1);
const bySegment = Map.groupBy(allCells, segmentOfCell);

/** The cells of a segment; 0 is who has not bought yet. */
export const cellsOf = (place: RfmPlace): number[] => (place === 'not_yet' ? [0] : (bySegment.get(place) ?? []));

/** Adds up counts of cells by segment, in the segments' usual order. */
export function segmentSizes(cells: readonly (readonly [cell: number, people: number])[]): { segment: RfmSegment; people: number }[] {
  const sizes = new Map<RfmSegment, number>();
  for (const [cell, people] of cells) sizes.set(segmentOfCell(cell), (sizes.get(segmentOfCell(cell)) ?? 0) + people);
  return rfmSegments.map((segment) => ({ segment, people: sizes.get(segment) ?? 0 }));
}
