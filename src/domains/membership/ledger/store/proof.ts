import type pg from 'pg';

/** An account whose entries do not come to what its lots, holds and debts say. */
export interface Imbalance {
  customerNo: number;
  entries: number;
  lots: number;
  held: number;
  debt: number;
}

/**
 * Proves the ledger: for every account the sum of entries is what lots hold and what is held, less what is owed; of every lot what came in, less
 * what went out, is what it has; no entry was reversed by more than itself. Answers with what does not add up, at most so many.
 */
export async function proveLedger(pool: pg.Pool | pg.PoolClient, most = 100): Promise<{ imbalances: Imbalance[]; wrongLots: number[]; overReversed: number[] }> {
  // Sums over what is put one under the other: joins of sums are planned badly where a table has no statistics yet.
  const { rows: imbalances } = await pool.query<Imbalance>(
    `select customer_no as "customerNo", sum(entry)::bigint as entries, sum(lot)::bigint as lots, sum(hold)::bigint as held, sum(debt)::bigint as debt from (
        select customer_no, amount as entry, 0 as lot, 0 as hold, 0 as debt from points_entry
        union all select customer_no, 0, remaining, 0, 0 from points_lot
        union all select customer_no, 0, 0, (part ->> 'amount')::bigint, 0 from points_hold, jsonb_array_elements(parts) part where state = 'open'
        union all select customer_no, 0, 0, 0, remaining from points_debt) parts
      group by customer_no having sum(entry) <> sum(lot) + sum(hold) - sum(debt) order by 1 limit $1`, [most]);
  const { rows: lots } = await pool.query<{ lotNo: number }>(
    `select lot_no as "lotNo" from (
        select lot_no, remaining as amount from points_lot
        union all select a.lot_no, case when e.kind in ('earn', 'give_back') then -a.amount else a.amount end from points_allocation a join points_entry e using (entry_no)
        union all select (part ->> 'lotNo')::bigint, (part ->> 'amount')::bigint from points_hold, jsonb_array_elements(parts) part where state = 'open') parts
      group by lot_no having sum(amount) <> 0 order by 1 limit $1`, [most]);
  const { rows: reversed } = await pool.query<{ entryNo: number }>(
    `select e.entry_no as "entryNo" from points_entry e join points_entry r on r.reverses = e.entry_no
      group by e.entry_no, e.amount having sum(abs(r.amount) + r.shortfall) > abs(e.amount) limit $1`, [most]);
  return { imbalances, wrongLots: lots.map(({ lotNo }) => lotNo), overReversed: reversed.map(({ entryNo }) => entryNo) };
}
