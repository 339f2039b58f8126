import { describe, expect, it } from 'vitest';
import { rfmSegments } from '../../audiences/contract.ts';
import { rfmSegmentOf, type Score } from '../../audiences/public.ts';
import { boardOf } from './board.ts';
import { cellsOf, segmentOfCell, segmentSizes } from './cells.ts';

const scores: Score[] = [1, 2, 3, 4, 5];

describe('cells of recency, frequency and value', () => {
  it('are a hundred and twenty-five, each of the segment its scores are of', () => {
    for (const r of scores) for (const f of scores) for (const m of scores) expect(segmentOfCell(1 + 25 * (r - 1) + 5 * (f - 1) + m - 1)).toBe(rfmSegmentOf(r, f, m));
  });

  it('are each in one segment, and 0 in none', () => {
    expect(rfmSegments.flatMap(cellsOf).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 125 }, (_, i) => i + 1));
    expect(cellsOf('not_yet')).toEqual([0]);
  });

  it('add up by segment, every segment in its place', () => {
    const sizes = segmentSizes([[125, 3], [124, 4], [1, 5]]);
    expect(sizes.map(({ segment }) => segment)).toEqual(rfmSegments);
    expect(sizes.filter(({ people }) => people > 0)).toEqual([{ segment: 'champions', people: 7 }, { segment: 'lost', people: 5 }]);
  });
});

describe('the board', () => {
  const cut = { recency: [], frequency: [], value: [] };
  it('keeps money exact, where some was given back too', () => {
    const board = boardOf({
      limitsVersion: 0, cuts: cut, linesInOtherCurrency: 0,
      cells: [
        { recency: 5, frequency: 5, value: 5, people: 2, amount: '90071992547409.9301' },
        { recency: 5, frequency: 4, value: 5, people: 1, amount: '0.0001' },
        { recency: 1, frequency: 1, value: 1, people: 7, amount: '-12.5' },
      ],
    });
    expect([board.buyers, board.amount]).toEqual([10, '90071992547397.4302']);
    expect(board.segments[0]).toEqual({ segment: 'champions', people: 3, amount: '90071992547409.9302' });
    expect(board.segments.at(-1)).toEqual({ segment: 'lost', people: 7, amount: '-12.5' });
    expect([board.cells.length, board.cells.find(({ recency, worth }) => recency === 5 && worth === 5)?.people]).toEqual([25, 3]);
    expect(board.scores.frequency.map(({ people }) => people)).toEqual([7, 0, 0, 1, 2]);
  });
});
