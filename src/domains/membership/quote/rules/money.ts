import { decimalScale, formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';

/** Money in whole numbers of a currency's smallest unit: 1999n is ¥19.99. */
export type Units = bigint;

/** How money of a currency is counted: the ten-thousandths of one smallest unit. */
export function unitOf(currency: string): bigint {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return 10n ** BigInt(Math.max(0, decimalScale - digits));
}

/** An amount in smallest units; null where it is none, below zero, or finer than the currency is. */
export function unitsOf(text: string, unit: bigint): Units | null {
  const value = parseDecimal(text);
  return value === null || value < 0n || value % unit !== 0n ? null : value / unit;
}

export const unitsText = (units: Units, unit: bigint): string => formatDecimal(units * unit);

/** A quotient of numbers that are not below zero, half a unit upwards. */
export const halfUp = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

export const sumOf = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((sum, amount) => sum + amount, 0n);

export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * Divides an amount in proportion to weights, into parts that come to exactly the amount: each gets its whole units, and what is left goes to
 * the largest remainders, of equal ones to the first. No part exceeds its room: what does not fit goes to the others.
 * The amount must not exceed the rooms of those with a weight.
 */
export function allocate(amount: bigint, weights: readonly bigint[], rooms: readonly bigint[] = weights): bigint[] {
  const parts = weights.map(() => 0n);
  let rest = amount;
  let open = weights.map((_, i) => i).filter((i) => weights[i] > 0n && rooms[i] > 0n);
  for (;;) {
    const total = sumOf(open.map((i) => weights[i]));
    const full = open.filter((i) => rest * weights[i] > rooms[i] * total);
    if (full.length === 0) return total === 0n ? parts : byRemainder(parts, rest, open, weights, total);
    for (const i of full) parts[i] = rooms[i];
    rest -= sumOf(full.map((i) => rooms[i]));
    open = open.filter((i) => !full.includes(i));
  }
}

function byRemainder(parts: bigint[], amount: bigint, open: readonly number[], weights: readonly bigint[], total: bigint): bigint[] {
  for (const i of open) parts[i] = (amount * weights[i]) / total;
  const left = Number(amount - sumOf(open.map((i) => parts[i])));
  const remainder = (i: number): bigint => (amount * weights[i]) % total;
  const largest = open.toSorted((a, b) => (remainder(a) === remainder(b) ? a - b : remainder(a) > remainder(b) ? -1 : 1)).slice(0, left);
  for (const i of largest) parts[i] += 1n;
  return parts;
}
