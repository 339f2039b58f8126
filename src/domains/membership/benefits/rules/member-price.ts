import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { PriceRule } from '../../contract/benefits.ts';

/** What is to be priced: amounts in ten-thousandths. */
export interface Priced {
  productId: string;
  /** From the widest to the narrowest, with slashes between. */
  category: string | null;
  listPrice: bigint;
}

export interface MemberPrice {
  price: bigint;
  rule: PriceRule;
}

const hundred = 1_000_000n;
const cent = 100n;

/**
 * The price a member pays by one benefit, or null where it says nothing of the product or would make it dearer. A rule on the product
 * itself goes before one on its category, the narrower category before the wider, and these before one on everything.
 */
export function memberPriceOf(rules: readonly PriceRule[], product: Priced): MemberPrice | null {
  const [best] = rules.map((rule) => ({ rule, weight: weightOf(rule, product) })).filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  if (!best) return null;
  const price = priceBy(best.rule, product.listPrice);
  return price < product.listPrice ? { price, rule: best.rule } : null;
}

/** The lowest price of several benefits. */
export function lowestMemberPrice<B extends { prices: readonly PriceRule[] }>(benefits: readonly B[], product: Priced): (MemberPrice & { benefit: B }) | null {
  const found = benefits.flatMap((benefit) => {
    const price = memberPriceOf(benefit.prices, product);
    return price ? [{ ...price, benefit }] : [];
  });
  return found.reduce<(MemberPrice & { benefit: B }) | null>((lowest, next) => (lowest === null || next.price < lowest.price ? next : lowest), null);
}

/** How close a rule is to the product; 0 where it is not about it. */
function weightOf({ on }: PriceRule, { productId, category }: Priced): number {
  if (on.kind === 'everything') return 1;
  if (on.kind === 'product') return on.key === productId ? 1_000 : 0;
  return category !== null && (category === on.key || category.startsWith(`${on.key}/`)) ? 1 + on.key.split('/').length : 0;
}

function priceBy({ by }: PriceRule, listPrice: bigint): bigint {
  if (by.kind === 'price') return amountOf(by.price);
  const share = hundred - amountOf(by.percent);
  // Rounded to a cent, half a cent upwards; both numbers are ten-thousandths.
  return (listPrice * share + (hundred * cent) / 2n) / (hundred * cent) * cent;
}

/** A rule was parsed when it was saved: what stands in it is a number. */
const amountOf = (text: string): bigint => parseDecimal(text) ?? 0n;

