import type { Locale } from '../../../kernel/locale.ts';
import { nameIn } from '../contract/programme.ts';
import type { Membership, ShownTier } from '../contract/members.ts';
import type { Version } from '../programme/programme.ts';
import type { Member } from './read-members.ts';

/** A tier by its newest name and colour; one that no version has any more by its key. */
export function shownTier(versions: readonly Version[], key: string, locale: Locale): ShownTier {
  const tier = versions.flatMap(({ definition }) => definition.tiers).findLast((each) => each.key === key);
  return tier ? { key, name: nameIn(tier.names, locale), color: tier.color } : { key, name: key, color: '#8c8c8c' };
}

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null;

/** How somebody came to be a member: the way and, after a colon, the channel. */
export function waysOf(joinedBy: string): { joinedBy: string; channel: string | null } {
  const [way, ...channel] = joinedBy.split(':');
  return { joinedBy: way, channel: channel.length === 0 ? null : channel.join(':') };
}

export const shownMembership = (customerNo: number, member: Member, joinedAt: Date, tier: ShownTier): Membership => ({
  customerNo, tier, joinedAt: joinedAt.toISOString(), tierSince: member.tierSince.toISOString(), ...waysOf(member.joinedBy),
  reviewAt: iso(member.reviewAt), graceUntil: iso(member.graceUntil), leftAt: iso(member.leftAt),
});
