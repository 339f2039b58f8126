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
  const { rows: imbalances } = await pool.query<Imbalance>(
    `with entries as (select customer_no, sum(amount) as total from points_entry group by 1),
        lots as (select customer_no, sum(remaining) as total from points_lot group by 1),
        holds as (select customer_no, sum((part ->> 'amount')::bigint) as total from points_hold, jsonb_array_elements(parts) part where state = 'open' group by 1),
        debts as (select customer_no, sum(remaining) as total from points_debt group by 1)
      select a.customer_no as "customerNo", coalesce(entries.total, 0)::bigint as entries, coalesce(lots.total, 0)::bigint as lots,
        coalesce(holds.total, 0)::bigint as held, coalesce(debts.total, 0)::bigint as debt
      from points_account a left join entries using (customer_no) left join lots using (customer_no) left join holds using (customer_no) left join debts using (customer_no)
      where coalesce(entries.total, 0) <> coalesce(lots.total, 0) + coalesce(holds.total, 0) - coalesce(debts.total, 0) order by 1 limit $1`, [most]);
  const { rows: lots } = await pool.query<{ lotNo: number }>(
    `with moved as (select lot_no, sum(case when kind in ('earn', 'give_back') then a.amount else -a.amount end) as total from points_allocation a join points_entry using (entry_no) group by 1),
        held as (select (part ->> 'lotNo')::bigint as lot_no, sum((part ->> 'amount')::bigint) as total from points_hold, jsonb_array_elements(parts) part where state = 'open' group by 1)
      select lot_no as "lotNo" from points_lot left join moved using (lot_no) left join held using (lot_no)
      where remaining <> coalesce(moved.total, 0) - coalesce(held.total, 0) order by 1 limit $1`, [most]);
  const { rows: reversed } = await pool.query<{ entryNo: number }>(
    `select e.entry_no as "entryNo" from points_entry e join points_entry r on r.reverses = e.entry_no
      group by e.entry_no, e.amount having sum(abs(r.amount) + r.shortfall) > abs(e.amount) limit $1`, [most]);
  return { imbalances, wrongLots: lots.map(({ lotNo }) => lotNo), overReversed: reversed.map(({ entryNo }) => entryNo) };
}
