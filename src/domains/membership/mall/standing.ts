import { notFound } from '../../../kernel/problem.ts';
import { lineageOf } from '../../customers/public.ts';
import type { MembershipDoors } from '../part.ts';

/** Who somebody is in the programme: all numbers of the person, the one they count under first. */
export interface Standing {
  lineage: readonly number[];
  isMember: boolean;
  joinedAt: Date | null;
  /** The highest of the tiers of their numbers. */
  tier: string | null;
}

/** 404 for a number that nobody has. */
export async function standingOf({ platform, members, programme }: Pick<MembershipDoors, 'platform' | 'members' | 'programme'>, customerNo: number): Promise<Standing> {
  const lineage = await lineageOf(platform.pg, customerNo);
  if (lineage.length === 0) throw notFound('membership.nobody', { customerNo });
  const [rows, version] = await Promise.all([members.read(lineage), programme.at(platform.clock.now().getTime())]);
  const present = [...rows.values()].filter(({ leftAt }) => leftAt === null);
  const rank = (tier: string): number => version?.definition.tiers.findIndex(({ key }) => key === tier) ?? -1;
  const [highest] = present.toSorted((a, b) => rank(b.tier) - rank(a.tier));
  return {
    lineage,
    isMember: present.length > 0,
    joinedAt: present.map(({ joinedAt }) => joinedAt).sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    tier: highest?.tier ?? null,
  };
}

/** True while the programme is paused: nothing is given then, and points can be spent. */
export async function isPaused({ platform, programme }: Pick<MembershipDoors, 'platform' | 'programme'>): Promise<boolean> {
  const now = platform.clock.now().getTime();
  return (await programme.pauses()).some(({ from, until }) => from <= now && (until === null || now < until));
}
