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
export async function findBuyer({ customers, members }: Pick<MembershipDoors, 'customers' | 'members'>, meant: Buyer | undefined, version: Version | null): Promise<KnownBuyer | null> {
  const known = meant && (await customers.recognise(meant));
  if (!known) return null;
  const { customerNo, lineage } = known;
  const present = [...(await members.read(lineage)).values()].filter(({ leftAt }) => leftAt === null);
  const keys = version?.definition.tiers.map(({ key }) => key) ?? [];
  const tiers = present.map(({ tier }) => tier).sort((a, b) => keys.indexOf(b) - keys.indexOf(a));
  return { customerNo, lineage, isMember: present.length > 0, tier: tiers[0] ?? null };
}

/** A tier as people read it; null where there is none, or this version no longer has it. */
export function shownTier(key: string | null, version: Version | null, locale: Locale): { key: string; name: string } | null {
  const tier = version?.definition.tiers.find((each) => each.key === key);
  return tier ? { key: tier.key, name: nameIn(tier.names, locale) } : null;
}
