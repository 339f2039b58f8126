import { type Locale } from '../../../kernel/locale.ts';
import type { Buyer } from '../contract/quote.ts';
import { nameIn } from '../contract/programme.ts';
import type { MembershipDoors } from '../part.ts';
import type { Version } from '../programme/programme.ts';

/** Who is at the checkout, as far as it matters there. */
export interface KnownBuyer {
  customerNo: number;
  lineage: readonly number[];
  isMember: boolean;
  /** The highest of the tiers of their numbers; null of whoever is no member. */
  tier: string | null;
}

/** Null for nobody in particular, and for whom nobody knows. */
export async function findBuyer({ customers, members }: Pick<MembershipDoors, 'customers' | 'members'>, meant: Buyer | undefined): Promise<KnownBuyer | null> {
  const known = meant && (await customers.recognise(meant));
  if (!known) return null;
  const { customerNo, lineage } = known;
  const standing = (await members.standings([customerNo])).get(customerNo);
  return { customerNo, lineage, isMember: standing !== undefined, tier: standing?.tier ?? null };
}

/** A tier as people read it; null where there is none, or this version no longer has it. */
export function shownTier(key: string | null, version: Version | null, locale: Locale): { key: string; name: string } | null {
  const tier = version?.definition.tiers.find((each) => each.key === key);
  return tier ? { key: tier.key, name: nameIn(tier.names, locale) } : null;
}
