import type { Member } from '../read-members.ts';

/** Where a person stands, over all their numbers. */
export interface Standing {
  /** All numbers of the person, the one they count under first. */
  accounts: readonly number[];
  /** When they first became a member that they still are. */
  joinedAt: Date;
  /** The row of the highest tier they have, which brings its own clock. */
  member: Member;
  tier: string;
}

/** The highest tier of the rows of a person, with the clock of that row; of equals the one that holds longer. `tiers` ascend. */
export function standingOf(accounts: readonly number[], rows: readonly Member[], tiers: readonly string[]): Standing {
  const current = rows.filter(({ leftAt }) => leftAt === null);
  const holdsUntil = ({ reviewAt, graceUntil }: Member): number => Math.max(reviewAt?.getTime() ?? Infinity, graceUntil?.getTime() ?? 0);
  const [member] = current.toSorted((a, b) => tiers.indexOf(b.tier) - tiers.indexOf(a.tier) || holdsUntil(b) - holdsUntil(a) || a.customerNo - b.customerNo);
  return { accounts, joinedAt: new Date(Math.min(...current.map(({ joinedAt }) => joinedAt.getTime()))), member, tier: member.tier };
}
