import type { Platform } from '../../../platform/platform.ts';
import { lineageOf } from '../../customers/public.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { ShownEntry, ShownPoints } from '../contract/points.ts';
import { balanceOf, bySpending, isSpendable } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';

const soonMs = 30 * 86_400_000;

/** All numbers of a person; 404 for a number that nobody has. */
export async function accountsOf({ pg: pool }: Pick<Platform, 'pg'>, customerNo: number): Promise<number[]> {
  const accounts = await lineageOf(pool, customerNo);
  if (accounts.length === 0) throw notFound('membership.nobody', { customerNo });
  return accounts;
}

/** What points a person has at this moment, whatever has been written down of it. */
export async function pointsOf(platform: Pick<Platform, 'pg' | 'clock'>, customerNo: number): Promise<ShownPoints> {
  const at = platform.clock.now();
  const now = at.getTime();
  const accounts = await accountsOf(platform, customerNo);
  const person = await readPerson(platform.pg, accounts);
  const lots = [...person.lots.values()].filter(({ remaining, expiresAt }) => remaining > 0 && (expiresAt === null || expiresAt > now)).sort(bySpending);
  const ending = lots.filter((lot) => isSpendable(lot, now) && lot.expiresAt !== null && lot.expiresAt <= now + soonMs);
  return {
    customerNo: accounts[0],
    balance: balanceOf(person, now),
    endingSoon: ending.reduce((sum, lot) => sum + lot.remaining, 0),
    lots: lots.map(({ lotNo, amount, remaining, earnedAt, availableAt, expiresAt }) => ({
      lotNo, amount, remaining, earnedAt: new Date(earnedAt).toISOString(), availableAt: new Date(availableAt).toISOString(), expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    })),
    computedAt: at.toISOString(),
  };
}

export interface EntryRow extends Omit<ShownEntry, 'sentence' | 'occurredAt' | 'recordedAt' | 'lots'> {
  occurredAt: Date;
  recordedAt: Date;
  lots: { lotNo: number; amount: number; earnedAt: string; expiresAt: string | null }[];
}

const entryColumns = `entry_no as "entryNo", kind, amount, shortfall, occurred_at as "occurredAt", recorded_at as "recordedAt", derivation,
        coalesce((select jsonb_agg(jsonb_build_object('lotNo', lot_no, 'amount', a.amount, 'earnedAt', earned_at, 'expiresAt', expires_at) order by allocation_no)
          from points_allocation a join points_lot using (lot_no) where a.entry_no = e.entry_no), '[]') as lots`;

/** Lines of a person's points, the newest first, one more than asked for where there are more. */
export async function entriesOf({ pg: pool }: Pick<Platform, 'pg'>, accounts: readonly number[], before: number | undefined, limit: number): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>({
    name: 'points.entries-of',
    text: `select ${entryColumns} from points_entry e where customer_no = any($1::int[]) and ($2::bigint is null or entry_no < $2) order by entry_no desc limit $3`,
    values: [accounts, before ?? null, limit + 1],
  });
  return rows;
}

/** The lines with these numbers, of those that are a person's. */
export async function entriesNumbered({ pg: pool }: Pick<Platform, 'pg'>, accounts: readonly number[], entryNos: readonly number[]): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>({
    name: 'points.entries-numbered', text: `select ${entryColumns} from points_entry e where customer_no = any($1::int[]) and entry_no = any($2::bigint[]) order by entry_no`, values: [accounts, entryNos],
  });
  return rows;
}

const relatedAtMost = 30;

/** Lines that a line goes back to, or that go back to it: what it reverses, what reverses it, and the earnings it took from. */
export async function relatedTo({ pg: pool }: Pick<Platform, 'pg'>, accounts: readonly number[], entryNo: number): Promise<number[]> {
  const { rows } = await pool.query<{ entryNo: number }>({
    name: 'points.related',
    text: `select distinct entry_no as "entryNo" from (
        select reverses as entry_no from points_entry where entry_no = $2 union all select entry_no from points_entry where reverses = $2
        union all select e.entry_no from points_allocation own join points_allocation a using (lot_no) join points_entry e on e.entry_no = a.entry_no
          where own.entry_no = $2 and e.kind = 'earn') found
      join points_entry using (entry_no) where entry_no <> $2 and customer_no = any($1::int[]) order by 1 limit ${relatedAtMost}`,
    values: [accounts, entryNo],
  });
  return rows.map((row) => row.entryNo);
}
