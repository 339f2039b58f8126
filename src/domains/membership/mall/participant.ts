import { notFound } from '../../../kernel/problem.ts';
import { lineageOf } from '../../customers/public.ts';
import type { MembershipDoors } from '../part.ts';

/** Who somebody is who takes part: all numbers of the person, the one they count under first. */
export interface Participant {
  lineage: readonly number[];
  isMember: boolean;
  joinedAt: Date | null;
  tier: string | null;
}

/** 404 for a number that nobody has. */
export async function participantOf({ platform, members }: Pick<MembershipDoors, 'platform' | 'members'>, customerNo: number): Promise<Participant> {
  const lineage = await lineageOf(platform.pg, customerNo);
  if (lineage.length === 0) throw notFound('membership.nobody', { customerNo });
  const standing = (await members.standings([customerNo])).get(customerNo);
  return { lineage, isMember: standing !== undefined, joinedAt: standing?.joinedAt ?? null, tier: standing?.tier ?? null };
}

/** True while the programme is paused: nothing is given then, and points can be spent. */
export async function isPaused({ platform, programme }: Pick<MembershipDoors, 'platform' | 'programme'>): Promise<boolean> {
  const now = platform.clock.now().getTime();
  return (await programme.pauses()).some(({ from, until }) => from <= now && (until === null || now < until));
}
