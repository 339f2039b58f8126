/** Points by how long they had been there, in steps of thirty days: what was spent of them, what ended, and what is known no longer. */
export interface AgeStep {
  age: number;
  redeemed: number;
  expired: number;
  /** Still there at this age today, or taken back. */
  censored: number;
}

export interface Breakage {
  /** The share of points that will never be spent, and where it lies nineteen times in twenty. */
  share: number;
  low: number;
  high: number;
}

/**
 * Which share of points is never spent. Points leave by being spent or by ending, and of those still there nobody knows yet: the
 * cumulative incidence of being spent among competing risks, F(a) = Σ S(t−)·d(t)/n(t), with S by the product limit over both ways out
 * (Kaplan and Meier 1958, eq. 2b; Aalen and Johansen 1978). What is still there at the longest age that was seen counts as never spent.
 * The interval is that of a share, with as many observations as lots of equal size would say the same (Kish 1965): points of one lot
 * leave together. Null where nothing was ever spent: whoever saw no points asked for has nothing to expect less by.
 */
export function breakageOf(steps: readonly AgeStep[], lots: { count: number; amount: number; squares: number }): Breakage | null {
  let atRisk = steps.reduce((sum, { redeemed, expired, censored }) => sum + redeemed + expired + censored, 0);
  let [survival, spent] = [1, 0];
  for (const { redeemed, expired, censored } of steps.toSorted((a, b) => a.age - b.age)) {
    if (atRisk <= 0) break;
    spent += (survival * redeemed) / atRisk;
    survival *= 1 - (redeemed + expired) / atRisk;
    atRisk -= redeemed + expired + censored;
  }
  if (spent === 0 || lots.squares === 0) return null;
  const share = 1 - spent;
  const error = 1.96 * Math.sqrt((share * (1 - share) * lots.squares) / lots.amount ** 2);
  return { share, low: Math.max(0, share - error), high: Math.min(1, share + error) };
}
