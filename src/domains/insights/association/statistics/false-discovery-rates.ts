/**
 * By chance alone many of many rules look sure. To each p-value the share of wrong ones among all that are as sure
 * or surer: q(i) = min over j >= i of p(j) m / j, p ascending (Benjamini and Hochberg 1995).
 */
export function falseDiscoveryRates(chances: Float64Array): Float64Array {
  const order = Uint32Array.from(chances, (_, n) => n).sort((a, b) => chances[a] - chances[b]);
  const rates = new Float64Array(chances.length);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    least = Math.min(least, (chances[order[rank - 1]] * order.length) / rank);
    rates[order[rank - 1]] = least;
  }
  return rates;
}
