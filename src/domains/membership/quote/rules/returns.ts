import type { Units } from './money.ts';

/** What of an order can come back, as it was agreed. Quantities are ten-thousandths. */
export interface Agreed {
  lines: readonly { key: string; quantity: bigint; pay: Units; points: number }[];
  /** Freight and tax: they come back with the last of the goods. */
  extras: { pay: Units; points: number };
}

export interface Returned {
  money: Units;
  points: number;
}

/** Quantities that came back, by line. */
export type Quantities = ReadonlyMap<string, bigint>;

/** The first line of which more would have come back than was bought, or that was never bought. */
export const excessOf = ({ lines }: Agreed, before: Quantities, now: Quantities): string | undefined =>
  [...now].find(([key, quantity]) => quantity + (before.get(key) ?? 0n) > (lines.find((line) => line.key === key)?.quantity ?? 0n))?.[0];

/** Everything that has not come back. */
export const restOf = ({ lines }: Agreed, before: Quantities): Quantities =>
  new Map(lines.map(({ key, quantity }): [string, bigint] => [key, quantity - (before.get(key) ?? 0n)]).filter(([, quantity]) => quantity > 0n));

/**
 * What a return gives back: of each line its share of what was paid, rounded down over all returns together, so that many small returns never
 * come to more than one large one and the last takes what is left.
 */
export function returnOf(agreed: Agreed, before: Quantities, now: Quantities): Returned {
  const share = (of: bigint, quantity: bigint, whole: bigint): bigint => (whole === 0n ? 0n : (of * quantity) / whole);
  let money = 0n;
  let points = 0n;
  let isWhole = true;
  for (const { key, quantity, pay, points: ofLine } of agreed.lines) {
    const earlier = before.get(key) ?? 0n;
    const later = earlier + (now.get(key) ?? 0n);
    money += share(pay, later, quantity) - share(pay, earlier, quantity);
    points += share(BigInt(ofLine), later, quantity) - share(BigInt(ofLine), earlier, quantity);
    isWhole &&= later === quantity;
  }
  const extras = isWhole ? agreed.extras : { pay: 0n, points: 0 };
  return { money: money + extras.pay, points: Number(points) + extras.points };
}
