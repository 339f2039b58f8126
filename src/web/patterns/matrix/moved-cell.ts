/** A cell by its row and column, from zero. */
export interface Cell {
  row: number;
  column: number;
}

const steps: Record<string, Cell> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/** The cell that a key leads to, within the matrix; null for a key that does not move. */
export function movedCell(from: Cell, key: string, rows: number, columns: number): Cell | null {
  if (key === 'Home') return { row: from.row, column: 0 };
  if (key === 'End') return { row: from.row, column: columns - 1 };
  const step = steps[key];
  if (!step) return null;
  const within = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
  return { row: within(from.row + step.row, rows), column: within(from.column + step.column, columns) };
}
