import type pg from 'pg';

/** A row of a member. A person that was merged may have several: see `lineagesOf`. */
export interface Member {
  customerNo: number;
  joinedAt: Date;
  /** `order`, `policy`, `asked` or `staff`, with a colon before the channel they came by. */
  joinedBy: string;
  leftAt: Date | null;
  tier: string;
  tierSince: Date;
  /** Where the cycle began whose growth decides whether the tier is kept. */
  cycleStart: Date;
  /** When that is looked at; null when it never is. */
  reviewAt: Date | null;
  /** Until when a missed standard can be made up for. */
  graceUntil: Date | null;
  /** When time alone changes something next. */
  dueAt: Date | null;
  versionNo: number;
}

/** The rows of these numbers, of those who have one; whoever left still has theirs. */
export async function readMembers(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, Member>> {
  const { rows } = await connection.query<Member>({
    name: 'membership.members',
    text: `select customer_no as "customerNo", joined_at as "joinedAt", joined_by as "joinedBy", left_at as "leftAt", tier, tier_since as "tierSince",
      cycle_start as "cycleStart", review_at as "reviewAt", grace_until as "graceUntil", due_at as "dueAt", version_no as "versionNo"
      from member where customer_no = any($1::int[])`,
    values: [customerNos],
  });
  return new Map(rows.map((member) => [member.customerNo, member]));
}
