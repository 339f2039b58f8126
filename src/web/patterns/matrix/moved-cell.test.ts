import { expect, it } from 'vitest';
import { movedCell } from './moved-cell.ts';

it('moves by the arrow keys and stops at the edges', () => {
  const at = { row: 1, column: 1 };
  expect(movedCell(at, 'ArrowUp', 3, 3)).toEqual({ row: 0, column: 1 });
  expect(movedCell(at, 'ArrowRight', 3, 3)).toEqual({ row: 1, column: 2 });
  expect(movedCell({ row: 2, column: 2 }, 'ArrowDown', 3, 3)).toEqual({ row: 2, column: 2 });
  expect(movedCell({ row: 0, column: 0 }, 'ArrowLeft', 3, 3)).toEqual({ row: 0, column: 0 });
  expect(movedCell(at, 'End', 3, 3)).toEqual({ row: 1, column: 2 });
  expect(movedCell(at, 'Home', 3, 3)).toEqual({ row: 1, column: 0 });
  expect(movedCell(at, ' ', 3, 3)).toBeNull();
});
