import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { rfmSegments } from '../../audiences/contract.ts';
import { type Score, segmentAt, worthOf } from '../../audiences/public.ts';
import type { RfmScores } from './scores.ts';

type Cell = RfmScores['cells'][number];
const scores: readonly Score[] = [1, 2, 3, 4, 5];

const worthOfCell = ({ frequency, value }: Cell): Score => worthOf(frequency as Score, value as Score);

/** The 125 cells as a page shows them: segments, the grid they are cut out of, and each score alone. */
export function boardOf({ cells, cuts, limitsVersion, linesInOtherCurrency }: RfmScores) {
  const sumOf = (isMeant: (cell: Cell) => boolean) => {
    const meant = cells.filter(isMeant);
    return { people: meant.reduce((sum, { people }) => sum + people, 0), amount: formatDecimal(meant.reduce((sum, { amount }) => sum + (parseDecimal(amount) ?? 0n), 0n)) };
  };
  const byScore = (kind: 'recency' | 'frequency' | 'value') => scores.map((score) => ({ score, ...sumOf((cell) => cell[kind] === score) }));
  const { people: buyers, amount } = sumOf(() => true);
  return {
    buyers,
    amount,
    segments: rfmSegments.map((segment) => ({ segment, ...sumOf((cell) => segmentAt(cell.recency as Score, worthOfCell(cell)) === segment) })),
    cells: scores.flatMap((recency) => scores.map((worth) => ({ recency, worth, segment: segmentAt(recency, worth), ...sumOf((cell) => cell.recency === recency && worthOfCell(cell) === worth) }))),
    scores: { recency: byScore('recency'), frequency: byScore('frequency'), value: byScore('value') },
    cuts,
    limitsVersion,
    linesInOtherCurrency,
  };
}
