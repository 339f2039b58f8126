import type { Locale } from '../../../kernel/locale.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { locales } from '../../../kernel/locale.ts';
import type { Platform } from '../../../platform/platform.ts';
import { nameIn } from '../contract/programme.ts';
import type { Members } from '../members/members.ts';
import { lowestMemberPrice, type Priced } from './rules/member-price.ts';
import { type Benefit, isRunning, readBenefits } from './store/benefits.ts';
import { usesLeft } from './uses/use-benefit.ts';
import { readBrand } from '../../../platform/settings.ts';

interface Buyer {
  customerNo: number;
  tier: string | null;
}

/** What tiers promise at a checkout, and what only they may buy. */
export interface CheckoutPromises {
  /** What a member pays for products, by line; lines that no benefit is about are left out. */
  pricesOf(buyer: Buyer, lines: readonly (Priced & { key: string })[], at: number): Promise<ReadonlyMap<string, { price: bigint; names: Record<Locale, string> }>>;
  /** From which amount of goods on, in ten-thousandths, shipping is free; null where it is not. */
  freeShippingFrom(buyer: Buyer, at: number): Promise<bigint | null>;
  /** Of these products, those that somebody may not buy yet, each with the moment from which everybody may; null where nobody else ever may. */
  reservedFrom(buyer: Buyer, productIds: readonly string[], at: number): Promise<ReadonlyMap<string, Date | null>>;
}

export function checkoutPromises({ pg: pool }: Pick<Platform, 'pg'>, members: Members): CheckoutPromises {
  const of = async ({ tier }: Buyer, kind: Benefit['kind'], at: number): Promise<Benefit[]> =>
    (await readBenefits(pool)).filter((benefit) => benefit.kind === kind && isRunning(benefit, at) && tier !== null && benefit.tiers.includes(tier));
  return {
    async pricesOf(buyer, lines, at) {
      const benefits = (await of(buyer, 'member_price', at)).flatMap(({ definition: { names, promise } }) => (promise.kind === 'member_price' ? [{ names, prices: promise.prices }] : []));
      return new Map(lines.flatMap((line) => {
        const found = lowestMemberPrice(benefits, line);
        return found ? [[line.key, { price: found.price, names: Object.fromEntries(locales.map((locale) => [locale, nameIn(found.benefit.names, locale)])) as Record<Locale, string> }] as const] : [];
      }));
    },
    async freeShippingFrom(buyer, at) {
      const benefits = await of(buyer, 'free_shipping', at);
      if (benefits.length === 0) return null;
      const accounts = (await members.standings([buyer.customerNo])).get(buyer.customerNo)?.accounts ?? [];
      const { timeZone } = await readBrand(pool);
      const open = await Promise.all(benefits.map(async (benefit) => benefit.leftInAll !== 0 && (await usesLeft(pool, benefit, accounts, new Date(at), timeZone)) !== 0));
      const from = benefits.flatMap(({ definition: { promise } }, i) => (open[i] && promise.kind === 'free_shipping' ? [parseDecimal(promise.from) ?? 0n] : []));
      return from.reduce<bigint | null>((least, next) => (least === null || next < least ? next : least), null);
    },
    async reservedFrom({ tier }, productIds, at) {
      const reserved = new Map<string, Date | null>();
      const allowed = new Set<string>();
      for (const benefit of await readBenefits(pool)) {
        const { promise } = benefit.definition;
        if (promise.kind !== 'exclusive' || !isRunning(benefit, at)) continue;
        const isOpen = promise.everybodyFrom !== null && Date.parse(promise.everybodyFrom) <= at;
        const isTheirs = tier !== null && benefit.tiers.includes(tier) && (promise.membersFrom === null || Date.parse(promise.membersFrom) <= at);
        for (const productId of productIds.filter((each) => promise.products.includes(each))) {
          if (isOpen || isTheirs) allowed.add(productId);
          else reserved.set(productId, promise.everybodyFrom === null ? null : new Date(promise.everybodyFrom));
        }
      }
      return new Map([...reserved].filter(([productId]) => !allowed.has(productId)));
    },
  };
}
