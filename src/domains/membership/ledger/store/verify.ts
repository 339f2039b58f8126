import type pg from 'pg';
import { proveLedger } from './proof.ts';

/** The first thing that is not as it was written: a line, an earning's lot, or an account, by its number. */
export interface Fault {
  kind: 'entry' | 'lot' | 'account';
  no: number;
}

/** Lines of which what they took, what was answered for them, or whose they are says something else than they do. */
const wrongEntries = `with taken as (
      select entry_no, sum(a.amount) as amount, bool_or(l.customer_no <> e.customer_no) as is_others
        from points_allocation a join points_lot l using (lot_no) join points_entry e using (entry_no) group by 1
    ), answered as (
      select (told ->> 'entryNo')::bigint as entry_no, (told ->> 'customerNo')::int as customer_no, (told ->> 'amount')::bigint as amount, command_key
        from points_command, jsonb_array_elements(outcome -> 'entries') told
    )
    select e.entry_no from points_entry e left join taken using (entry_no) left join points_debt own using (entry_no) left join points_debt owed on owed.entry_no = e.reverses
      where taken.is_others or (e.command_key is null) <> (e.kind in ('expire', 'net')) or case e.kind
        when 'earn' then e.amount <> coalesce(taken.amount, 0)
        when 'spend' then -e.amount <> coalesce(taken.amount, 0)
        when 'expire' then -e.amount <> coalesce(taken.amount, 0)
        when 'take_back' then -e.amount <> coalesce(own.amount, taken.amount, 0)
        when 'give_back' then e.amount - coalesce(taken.amount, 0) not between 0 and coalesce(owed.forgiven, 0)
        else e.amount < 0 and -e.amount <> coalesce(taken.amount, 0) end
    union select coalesce(e.entry_no, a.entry_no) from (select e.* from points_entry e join points_command using (command_key)) e full join answered a using (entry_no)
      where e.entry_no is null or a.entry_no is null or (e.customer_no, e.amount, e.command_key) <> (a.customer_no, a.amount, a.command_key)`;

/**
 * Whether the ledger is as it was written: every line agrees with the lots it took from, with what was answered to its sender, and with its
 * account; a line that was changed, added or taken out by hand is named, and of several the first. What an amount came from is not looked at.
 */
export async function verifyLedger(pool: pg.Pool | pg.PoolClient): Promise<{ entries: number; fault: Fault | null }> {
  const { rows: [{ entries, first }] } = await pool.query<{ entries: number; first: number | null }>(
    `select (select count(*) from points_entry) as entries, (select min(entry_no) from (${wrongEntries}) as wrong) as first`);
  if (first !== null) return { entries, fault: { kind: 'entry', no: first } };
  const { imbalances: [account], wrongLots: [lot], overReversed: [reversed] } = await proveLedger(pool, 1);
  if (reversed !== undefined) return { entries, fault: { kind: 'entry', no: reversed } };
  if (lot !== undefined) return { entries, fault: { kind: 'lot', no: lot } };
  return { entries, fault: account ? { kind: 'account', no: account.customerNo } : null };
}
