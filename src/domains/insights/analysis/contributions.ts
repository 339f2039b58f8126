/**
 * What makes up a change, so that the parts add up to it exactly. Amounts are ten-thousandths (kernel/decimal).
 */

/** One value of a dimension, in the period and in the one it is compared with. */
export interface Pair {
  key: string;
  now: bigint;
  before: bigint;
}

export interface Contribution {
  key: string;
  change: bigint;
}

/** What each value of a sum adds to its change, the greatest first; `rest` is what lies outside of the rows. */
export function differences(pairs: readonly Pair[], total: { now: bigint; before: bigint }): { rows: Contribution[]; rest: bigint } {
  const rows = pairs.map(({ key, now, before }) => ({ key, change: now - before })).toSorted((a, b) => compare(magnitude(b.change), magnitude(a.change)) || (a.key < b.key ? -1 : 1));
  return { rows, rest: total.now - total.before - sumOf(rows.map(({ change }) => change)) };
}

export const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
export const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The logarithmic mean L(a, b) = (a - b) / (ln a - ln b), a where both are the same. */
export function logarithmicMean(a: number, b: number): number {
  if (a === b) return a;
  const ratio = Math.log(a / b);
  // Where both are almost the same, the quotient is of two numbers without digits left: its series instead.
  return Math.abs(ratio) < 1e-6 ? Math.sqrt(a * b) * (1 + (ratio * ratio) / 24) : (a - b) / ratio;
}

/**
 * How much of the change of a product each of its factors makes up: LMDI-I, additive. The effect of factor k is
 * L(V1, V0) ln(x_k1 / x_k0), and the effects leave no residual (Ang, B. W. (2005), "The LMDI approach to decomposition
 * analysis: a practical guide", Energy Policy 33, 867-871, equations 4 and 5). Null where a factor is zero:
 * a business that began or ended is no matter of factors.
 */
export function factorEffects(factors: readonly { now: number; before: number }[], change: bigint): bigint[] | null {
  if (factors.some(({ now, before }) => !(now > 0 && before > 0))) return null;
  const product = (side: 'now' | 'before'): number => factors.reduce((value, factor) => value * factor[side], 1);
  const mean = logarithmicMean(product('now'), product('before'));
  return exactParts(factors.map(({ now, before }) => mean * Math.log(now / before)), change);
}

/** One value's part in a ratio of two sums: sales and orders of a channel for the average order. */
export interface RatioPair {
  key: string;
  amount: { now: bigint; before: bigint };
  count: { now: number; before: number };
}

export interface RatioEffects {
  /** Because more of the count fell to values with a high ratio, or less. */
  mix: bigint;
  /** Because values' own ratios rose or fell. */
  rate: bigint;
  rows: { key: string; mix: bigint; rate: bigint }[];
}

/**
 * The change of a ratio R = A / C, divided into mix and rate: with shares w = c / C and ratios r = a / c of the values,
 * mix = (w1 - w0) ((r1 + r0) / 2 - (R1 + R0) / 2) and rate = (r1 - r0) (w1 + w0) / 2 (Bennet, T. L. (1920), "The theory
 * of measurement of changes in cost of living", JRSS 83, 455-462; shares add up to one, so that the middle ratio drops
 * out of the sum). Null where a side has nothing, or where the values overlap: their counts must add up to the whole.
 */
export function ratioEffects(pairs: readonly RatioPair[], change: bigint): RatioEffects | null {
  const whole = (side: 'now' | 'before') => ({ amount: Number(sumOf(pairs.map(({ amount }) => amount[side]))), count: pairs.reduce((sum, { count }) => sum + count[side], 0) });
  const [now, before] = [whole('now'), whole('before')];
  if (now.count === 0 || before.count === 0) return null;
  const middle = (now.amount / now.count + before.amount / before.count) / 2;
  const effects = pairs.flatMap(({ amount, count }) => {
    const own = (side: 'now' | 'before'): number | null => (count[side] === 0 ? null : Number(amount[side]) / count[side]);
    // A value that is new or gone has one ratio only: all of its effect is mix.
    const [ratioNow, ratioBefore] = [own('now') ?? own('before') ?? 0, own('before') ?? own('now') ?? 0];
    const [shareNow, shareBefore] = [count.now / now.count, count.before / before.count];
    return [(shareNow - shareBefore) * ((ratioNow + ratioBefore) / 2 - middle), (ratioNow - ratioBefore) * ((shareNow + shareBefore) / 2)];
  });
  const exact = exactParts(effects, change);
  const rows = pairs.map(({ key }, i) => ({ key, mix: exact[2 * i], rate: exact[2 * i + 1] }));
  return { mix: sumOf(rows.map(({ mix }) => mix)), rate: sumOf(rows.map(({ rate }) => rate)), rows };
}

/** Whole parts that add up to the whole: each is rounded, and what is left goes to the largest, where it shows least. */
export function exactParts(parts: readonly number[], whole: bigint): bigint[] {
  const rounded = parts.map((part) => BigInt(Math.round(part)));
  const largest = rounded.reduce((at, part, i) => (magnitude(part) > magnitude(rounded[at]) ? i : at), 0);
  if (rounded.length > 0) rounded[largest] += whole - sumOf(rounded);
  return rounded;
}
