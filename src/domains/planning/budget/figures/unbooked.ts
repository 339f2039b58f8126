import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { Program } from '../../../../kernel/program.ts';
import type { Unbooked } from '../../contract.ts';

const exact = (text: string | null): bigint => parseDecimal(text ?? '') ?? 0n;
const mostTold = 100;

/** What programs have cost, and of that what was redeemed, that no line of any plan says: they draw on none, or on such as are closed or not on yet. The largest first. */
export async function readUnbooked(pool: pg.Pool, programs: readonly Program[]): Promise<Unbooked> {
  const { rows } = await pool.query<{ program: string; used: string; spent: string }>('select program, sum(committed + spent) as used, sum(spent) as spent from budget_claim group by 1');
  const booked = new Map(rows.map(({ program, ...money }) => [program, money]));
  const found = programs.flatMap(({ key, name, path, cost, redeemed }) => {
    const amount = exact(cost) - exact(booked.get(key)?.used ?? null);
    const spent = exact(redeemed) - exact(booked.get(key)?.spent ?? null);
    return amount > 0n ? [{ program: key, name, path, amount, spent: spent > 0n ? spent : 0n }] : [];
  }).toSorted((a, b) => Number(b.amount - a.amount));
  return {
    count: found.length, amount: formatDecimal(found.reduce((all, { amount }) => all + amount, 0n)),
    programs: found.slice(0, mostTold).map(({ amount, spent, ...program }) => ({ ...program, amount: formatDecimal(amount), spent: formatDecimal(spent) })),
  };
}
