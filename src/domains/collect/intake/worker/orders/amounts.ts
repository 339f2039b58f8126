import { parseDecimal } from '../../../../../kernel/decimal.ts';

const unit = 10_000n;
const most = 10n ** 18n;

/** A number of an event in ten-thousandths, rounded; null where it is missing. Throws `NotANumber` for anything else. */
export function amountOf(value: unknown, path: string): bigint | null {
  if (value === undefined || value === null || value === '') return null;
  const amount = typeof value === 'number' ? fromFloat(value) : typeof value === 'string' ? parseDecimal(value.trim()) : null;
  if (amount === null || amount >= most || amount <= -most) throw new NotANumber(path);
  return amount;
}

/** A figure of an order that is none; `path` says which. */
export class NotANumber extends Error {
  readonly path: string;
  constructor(path: string) {
    super('not a number');
    this.path = path;
  }
}

/** JavaScript's 0.1 + 0.2 has more decimals than money: what is meant is the nearest ten-thousandth. */
function fromFloat(value: number): bigint | null {
  return Number.isFinite(value) && Math.abs(value) < 1e14 ? BigInt(Math.round(value * 10_000)) : null;
}

/** Price times quantity, both in ten-thousandths, rounded half away from zero. */
export function times(price: bigint, quantity: bigint): bigint {
  const product = price * quantity;
  const half = product < 0n ? -unit / 2n : unit / 2n;
  return (product + half) / unit;
}

/**
 * Parts `total` in the proportion of `weights` (none negative), so that the parts add up to it exactly; in equal
 * parts when all weights are 0. The remainder goes to the first parts, one ten-thousandth each.
 */
export function allocate(total: bigint, weights: bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.length === 0 ? [] : allocate(total, weights.map(() => 1n));
  const parts = weights.map((weight) => (total * weight) / sum);
  let rest = total - parts.reduce((a, b) => a + b, 0n);
  const step = rest < 0n ? -1n : 1n;
  for (let i = 0; rest !== 0n; i = (i + 1) % parts.length) {
    if (weights[i] === 0n) continue;
    parts[i] += step;
    rest -= step;
  }
  return parts;
}
