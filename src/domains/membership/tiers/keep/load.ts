import type pg from 'pg';
import { lineagesOf } from '../../../customers/public.ts';
import type { Grant, Growth, TierLife } from '../rules/life.ts';

/** A number's own row of membership. */
export interface TierRow {
  customerNo: number;
  joinedAt: number;
  tierSince: number;
  /** Null until tiers were looked at for the first time since they joined. */
  life: TierLife | null;
}

/** Somebody with all their numbers that are members: growth adds up over all of them. */
export interface TierMember {
  accounts: readonly number[];
  rows: TierRow[];
  growth: Growth[];
  grants: Grant[];
}

const moment = (at: Date): number => at.getTime();

/**
 * The people that numbers are part of, with their rows locked until the transaction ends. Who is locked by another is left out and stays due:
 * nobody waits here, so nobody can wait in a circle.
 */
export async function lockMembers(client: pg.PoolClient, customerNos: readonly number[]): Promise<TierMember[]> {
  const lineages = new Map([...(await lineagesOf(client, customerNos)).values()].map((accounts) => [accounts[0], accounts]));
  const { rows: standing } = await client.query<{ customerNo: number }>({
    name: 'tiers.members-of', text: 'select customer_no as "customerNo" from member where customer_no = any($1::int[]) and left_at is null', values: [[...lineages.values()].flat()],
  });
  const locked = await lockRows(client, standing.map(({ customerNo }) => customerNo));
  const whole = [...lineages.values()].filter((accounts) => standing.every(({ customerNo }) => !accounts.includes(customerNo) || locked.has(customerNo)) && accounts.some((no) => locked.has(no)));
  return readEvidence(client, whole.map((accounts) => ({ accounts, rows: accounts.flatMap((no) => locked.get(no) ?? []) })));
}

async function lockRows(client: pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, TierRow>> {
  const { rows } = await client.query<{ customerNo: number; joinedAt: Date; tierSince: Date; life: (TierLife & { joinedAt: number }) | null }>({
    name: 'tiers.lock',
    text: `select customer_no as "customerNo", joined_at as "joinedAt", tier_since as "tierSince", life from member
      where customer_no = any($1::int[]) and left_at is null order by customer_no for update skip locked`,
    values: [customerNos],
  });
  return new Map(rows.map(({ customerNo, joinedAt, tierSince, life }) => [customerNo, {
    // Whoever left and came back begins anew.
    customerNo, joinedAt: moment(joinedAt), tierSince: moment(tierSince), life: life && life.joinedAt === moment(joinedAt) ? life : null,
  }]));
}

/** What tiers are decided by: growth and grants of people. */
export async function readEvidence<T extends { accounts: readonly number[] }>(client: pg.Pool | pg.PoolClient, people: readonly T[]): Promise<(T & Pick<TierMember, 'growth' | 'grants'>)[]> {
  const numbers = people.flatMap(({ accounts }) => accounts);
  const growth = await client.query<{ customerNo: number; amount: number; occurredAt: Date; entryNo: number }>({
    name: 'tiers.growth',
    text: `select customer_no as "customerNo", amount, occurred_at as "occurredAt", entry_no as "entryNo" from growth_entry where customer_no = any($1::int[]) order by occurred_at, entry_no`,
    values: [numbers],
  });
  const grants = await client.query<{ customerNo: number; grantNo: number; tier: string; from: Date; until: Date | null }>({
    name: 'tiers.grants',
    text: `select customer_no as "customerNo", grant_no as "grantNo", tier, starts_at as from, ends_at as until from tier_grant
      where customer_no = any($1::int[]) and approved_at is not null order by grant_no`,
    values: [numbers],
  });
  const growthOf = Map.groupBy(growth.rows, ({ customerNo }) => customerNo);
  const grantsOf = Map.groupBy(grants.rows, ({ customerNo }) => customerNo);
  return people.map((person) => {
    const own = person.accounts.flatMap((no) => growthOf.get(no) ?? []);
    return {
      ...person,
      growth: (person.accounts.length > 1 ? own.sort((a, b) => moment(a.occurredAt) - moment(b.occurredAt) || a.entryNo - b.entryNo) : own)
        .map(({ occurredAt, amount, entryNo }) => ({ at: moment(occurredAt), amount, no: entryNo })),
      grants: person.accounts.flatMap((no) => grantsOf.get(no) ?? []).map(({ grantNo, tier, from, until }) => ({ grantNo, tier, from: moment(from), until: until && moment(until) })),
    };
  });
}
