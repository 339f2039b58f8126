import type { Platform } from '../../../../platform/platform.ts';
import type { TierGroup } from '../../contract/tiers.ts';

export interface GroupAsked {
  group: TierGroup;
  share: number;
  days: number;
  tier?: string | undefined;
  /** Instead of so many days from now: until the end of a day. */
  before?: Date | undefined;
}

const dayMs = 86_400_000;

/** Each group as a condition on members, by an index of its own. Of merged people the number that leads is the one with an outlook. */
const conditions: Record<TierGroup, string> = {
  near: 'to_next_share <= $2 * 10 and to_next > 0 and (to_next_until is null or to_next_until > $1)',
  soon: 'expected_rise_at <= $3 and to_next > 0 and (to_next_until is null or to_next_until > $1)',
  falling: 'to_keep is not null and review_at <= $3 and review_at > $1 and grace_until is null and awaiting_since is null',
  grace: 'grace_until is not null and awaiting_since is null',
  awaiting: 'awaiting_since is not null',
};

/** Who comes first of a group. */
const orders: Record<TierGroup, string> = {
  near: 'to_next_share, customer_no', soon: 'expected_rise_at, customer_no', falling: 'review_at, to_keep, customer_no', grace: 'grace_until, customer_no', awaiting: 'awaiting_since, customer_no',
};

/** A condition with all that may be bound, whichever of it it uses. */
const sqlOf = (group: TierGroup): string => `${conditions[group]} and left_at is null and ($4::text is null or tier = $4) and $1::timestamptz is not null and $2::int is not null and $3::timestamptz is not null`;
const valuesOf = ({ share, days, tier, before }: GroupAsked, now: Date): unknown[] => [now, share, before ?? new Date(now.getTime() + days * dayMs), tier ?? null];

export async function countGroup({ pg, clock }: Pick<Platform, 'pg' | 'clock'>, asked: GroupAsked): Promise<number> {
  const { rows } = await pg.query<{ people: number }>({ name: `tiers.count-${asked.group}`, text: `select count(*) as people from member where ${sqlOf(asked.group)}`, values: valuesOf(asked, clock.now()) });
  return rows[0].people;
}

export async function numbersOf({ pg, clock }: Pick<Platform, 'pg' | 'clock'>, asked: GroupAsked): Promise<number[]> {
  const { rows } = await pg.query<{ customerNo: number }>(`select customer_no as "customerNo" from member where ${sqlOf(asked.group)}`, valuesOf(asked, clock.now()));
  return rows.map(({ customerNo }) => customerNo);
}

export interface GroupRow {
  customerNo: number;
  tier: string;
  since: Date;
  toNext: number | null;
  toKeep: number | null;
  expectedAt: Date | null;
  reviewAt: Date | null;
  graceUntil: Date | null;
  awaitingSince: Date | null;
}

export async function pageOfGroup({ pg, clock }: Pick<Platform, 'pg' | 'clock'>, asked: GroupAsked, page: number, pageSize: number): Promise<GroupRow[]> {
  const { rows } = await pg.query<GroupRow>(
    `select customer_no as "customerNo", tier, tier_since as since, to_next as "toNext", to_keep as "toKeep", expected_rise_at as "expectedAt", review_at as "reviewAt", grace_until as "graceUntil", awaiting_since as "awaitingSince"
      from member where ${sqlOf(asked.group)} order by ${orders[asked.group]} limit $5 offset $6`, [...valuesOf(asked, clock.now()), pageSize, (page - 1) * pageSize]);
  return rows;
}
