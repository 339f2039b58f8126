const most = 5;

/** How many tiles stand side by side at most, so that the last row is as full as can be. */
export function fullRows(tiles: number): number {
  if (tiles <= most) return Math.max(tiles, 1);
  const gapOf = (columns: number): number => (columns - (tiles % columns)) % columns;
  return [most, 4, 3].reduce((best, columns) => (gapOf(columns) < gapOf(best) ? columns : best));
}
