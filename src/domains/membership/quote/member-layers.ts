import type { Locale } from '../../../kernel/locale.ts';
import type { KnownBuyer } from './buyer.ts';
import { type CartLine, lineAmount } from './read-cart.ts';
import type { Layer } from './rules/layers.ts';
import type { Units } from './rules/money.ts';

/** What benefits promise at a checkout. Prices are of one, in ten-thousandths. */
export interface CheckoutBenefits {
  /** What a member pays for products at a moment, by line; lines that no benefit is about are left out. */
  pricesOf(buyer: KnownBuyer, lines: readonly CartLine[], at: number): Promise<ReadonlyMap<string, { price: bigint; names: Record<Locale, string> }>>;
  /** From which amount of goods on, in ten-thousandths, shipping is free; null where it is not. */
  freeShippingFrom(buyer: KnownBuyer, at: number): Promise<bigint | null>;
  /** Of these products, those that somebody may not buy yet, each with the moment from which everybody may; null where nobody else ever may. */
  reservedFrom(buyer: { customerNo: number; tier: string | null }, productIds: readonly string[], at: number): Promise<ReadonlyMap<string, Date | null>>;
}

/** The layers that are the programme's own: a line's member price goes with whatever does not exclude it. */
export async function memberLayers(benefits: CheckoutBenefits, { buyer, lines, placedAt, unit }: { buyer: KnownBuyer; lines: readonly CartLine[]; placedAt: number; unit: bigint }): Promise<{ layers: (Layer & { name: Record<Locale, string> })[]; freeFrom: Units | null }> {
  const [prices, from] = await Promise.all([benefits.pricesOf(buyer, lines, placedAt), benefits.freeShippingFrom(buyer, placedAt)]);
  const layers = lines.flatMap(({ key, quantity, list }) => {
    const found = prices.get(key);
    const amount = found ? list - lineAmount(quantity, found.price, unit) : 0n;
    if (!found || amount <= 0n) return [];
    return [{ key: `member_price:${key}`, kind: 'member_price' as const, base: 'list' as const, off: { amount }, lines: [key], least: 0n, priority: 0, group: null, excludes: [], name: found.names }];
  });
  // An amount between two smallest units is reached with the upper one.
  return { layers, freeFrom: from === null ? null : (from + unit - 1n) / unit };
}
