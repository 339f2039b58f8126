import type pg from 'pg';
import type { BudgetEntry } from '../../contract.ts';

/** Everything that was done to a line, newest first: what the book holds, changes of its cap, and its end. */
export async function listEntries(pool: pg.Pool, lineNo: number, { page, pageSize }: { page: number; pageSize: number }): Promise<{ rows: BudgetEntry[]; total: number }> {
  const { rows } = await pool.query<Omit<BudgetEntry, 'at'> & { at: Date; total: number }>(
    `select key, at, "by", kind, program, trim_scale(amount) as amount, trim_scale(reserved) as reserved, trim_scale(committed) as committed, trim_scale(spent) as spent, "isOver", note, "invoiceNo", "isTakenBack", count(*) over ()::int as total from (
        select 'e' || e.entry_no as key, e.at, e.by_name as by, e.kind, e.program, e.amount, e.reserved, e.committed, e.spent, e.is_over as "isOver",
            coalesce(i.supplier || ' ' || regexp_replace(i.number, ' ⟲\\d+$', '') || case when i.note = '' then '' else ': ' || i.note end, e.note) as note,
            case when not exists (select from budget_entry r where r.key = 'reversal ' || i.invoice_no) then i.invoice_no end as "invoiceNo",
            i.invoice_no is not null and exists (select from budget_entry r where r.key = 'reversal ' || i.invoice_no) as "isTakenBack"
          from budget_entry e left join budget_invoice i using (entry_no) where e.line_no = $1
        union all select 'c' || change_no, decided_at, decided_by, 'cap', '', cap, 0, 0, 0, false, reason, null, false from budget_change where line_no = $1 and state = 'approved'
        union all select 'l' || line_no, closed_at, closed_by, 'close', '', 0, 0, 0, 0, false, closed_note, null, false from budget_line where line_no = $1 and closed_at is not null) as told
      order by at desc, key desc limit $2 offset $3`, [lineNo, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, at, ...row }) => ({ ...row, at: at.toISOString() })), total: rows[0]?.total ?? 0 };
}

/** What programs hold of a line, the largest first. */
export async function claimsOf(pool: pg.Pool, lineNo: number): Promise<{ program: string; reserved: string; committed: string; spent: string }[]> {
  const { rows } = await pool.query<{ program: string; reserved: string; committed: string; spent: string }>(
    'select program, trim_scale(reserved) as reserved, trim_scale(committed) as committed, trim_scale(spent) as spent from budget_claim where line_no = $1 order by reserved + committed + spent desc, program limit 500', [lineNo]);
  return rows;
}
