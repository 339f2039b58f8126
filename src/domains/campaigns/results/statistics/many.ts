/**
 * Chances of many comparisons as if each were the only one: S. Holm, "A simple sequentially rejective multiple test procedure",
 * Scandinavian Journal of Statistics 6 (1979). The smallest counts as many times as there are comparisons, the next once less, and so on.
 */
export function holm(chances: readonly (number | null)[]): (number | null)[] {
  const order = chances.flatMap((p, i) => (p === null ? [] : [{ p, i }])).toSorted((a, b) => a.p - b.p);
  const adjusted: (number | null)[] = chances.map(() => null);
  let atLeast = 0;
  for (const [rank, { p, i }] of order.entries()) adjusted[i] = atLeast = Math.min(1, Math.max(atLeast, p * (order.length - rank)));
  return adjusted;
}
