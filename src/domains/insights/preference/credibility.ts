/** What people bought, by items: how many, the sum of their percentiles and of their squares, and how many lines that were. A place a person. */
export interface BoughtAt {
  items: Float64Array;
  power: Float64Array;
  squares: Float64Array;
  lines: Float64Array;
}

/** How much a person's own prices are worth against everybody's. */
export interface Credibility {
  /** The percentile that everybody's items have on average. */
  mean: number;
  /** So many items of one's own weigh as much as everybody's: `power = (sum + prior * mean) / (items + prior)`. */
  priorItems: number;
}

const [leastPrior, mostPrior] = [0.1, 1_000];

/**
 * Credibility of means of unequal weights (H. Bühlmann and E. Straub, "Glaubwürdigkeit für Schadensätze", Mitteilungen der
 * Vereinigung schweizerischer Versicherungsmathematiker 70, 1970): the prior weighs the variance within people over that
 * between people, both estimated from all of them without bias. Where people do not differ at all, the prior is at its most.
 */
export function credibilityOf({ items, power, squares, lines }: BoughtAt): Credibility {
  let [weight, sum, weightSquares, within, freedom, people] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < items.length; i++) {
    if (items[i] <= 0) continue;
    people++;
    weight += items[i];
    sum += power[i];
    weightSquares += items[i] ** 2;
    within += Math.max(0, squares[i] - power[i] ** 2 / items[i]);
    freedom += lines[i] - 1;
  }
  const mean = weight === 0 ? 0.5 : sum / weight;
  if (people < 2 || freedom < 1) return { mean, priorItems: 1 };
  let between = 0;
  for (let i = 0; i < items.length; i++) if (items[i] > 0) between += items[i] * (power[i] / items[i] - mean) ** 2;
  const withinVariance = within / freedom;
  const betweenVariance = (between - (people - 1) * withinVariance) / (weight - weightSquares / weight);
  const prior = withinVariance / betweenVariance;
  return { mean, priorItems: betweenVariance <= 0 ? mostPrior : Math.min(mostPrior, Math.max(leastPrior, prior)) };
}

export const powerOf = ({ mean, priorItems }: Credibility, items: number, power: number): number => (power + priorItems * mean) / (items + priorItems);

/** Shares of people in each tier, from the lowest purchasing power up. */
export const tierShares = [0.1, 0.2, 0.4, 0.2, 0.1] as const;
/** The purchasing power by hundredths of people is kept, so that somebody's place can be told. */
const hundredths = 100;

/** From which purchasing power on each tier but the lowest begins, and the power of each hundredth of people. */
export function limitsOf(credibility: Credibility, { items, power }: BoughtAt): { tiers: number[]; hundredths: number[] } {
  const powers = Float64Array.from(items, (count, i) => (count > 0 ? powerOf(credibility, count, power[i]) : Number.NaN)).filter((each) => !Number.isNaN(each)).sort();
  const at = (share: number): number => powers[Math.min(powers.length - 1, Math.floor(share * powers.length))] ?? 0.5;
  let below = 0;
  const tiers = tierShares.slice(0, -1).map((share) => at((below += share)));
  return { tiers, hundredths: Array.from({ length: hundredths - 1 }, (_, i) => at((i + 1) / hundredths)) };
}
