import type { MallHindrance, MallItemDefinition, ParticipationLimits } from '../../contract/mall.ts';

/** Who asks, and how often they have taken part. */
export interface Asking {
  isMember: boolean;
  tier: string | null;
  today: number;
  total: number;
}

/** Whether somebody is somebody it is for, and may once more. */
export function limitOf({ limits, tiers }: { limits: ParticipationLimits; tiers: readonly string[] }, { isMember, tier, today, total }: Asking): 'not_a_member' | 'not_for_tier' | 'total_limit' | 'day_limit' | null {
  if (!isMember) return 'not_a_member';
  if (tiers.length > 0 && (tier === null || !tiers.includes(tier))) return 'not_for_tier';
  if (limits.total !== null && total >= limits.total) return 'total_limit';
  if (limits.perDay !== null && today >= limits.perDay) return 'day_limit';
  return null;
}

/** Why somebody cannot have an item at a moment; null where they can, as far as their points go. */
export function hindranceOf(definition: MallItemDefinition, left: number | null, asking: Asking, now: Date): MallHindrance | null {
  const { startsAt, endsAt } = definition;
  if (startsAt !== null && now.getTime() < Date.parse(startsAt)) return 'not_begun';
  if (endsAt !== null && now.getTime() >= Date.parse(endsAt)) return 'ended';
  return limitOf(definition, asking) ?? (left !== null && left <= 0 ? 'sold_out' : null);
}
