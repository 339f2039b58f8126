import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { BudgetBook } from '../book.ts';
import { followWith } from './keep-up.ts';

/**
 * Gives back what programs put aside on lines that the current plan no longer names for them: nobody could use it there. What was promised or spent stays,
 * and so does what somebody reserved by hand. Returns how many reservations there were.
 */
export async function releaseTakenOff(client: pg.PoolClient, book: BudgetBook): Promise<number> {
  const { rows } = await client.query<{ lineNo: number; program: string; reserved: string }>(
    `select l.line_no as "lineNo", c.program, c.reserved from budget_line l join budget_claim c using (line_no) join plan p using (plan_no)
      where c.reserved > 0 and closed_at is null and p.is_current
        and not exists (select from plan_item i where i.plan_no = l.plan_no and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = c.program and i.body -> 'lineNos' @> to_jsonb(l.line_no))
        and not exists (select from budget_entry e where (e.line_no, e.program, e.kind) = (c.line_no, c.program, 'reserve') and not starts_with(e.key, 'reserve ') and not starts_with(e.key, 'expected '))
      order by l.line_no, c.program for update of l`);
  for (const { lineNo, program, reserved } of rows) await followWith(client, book, lineNo, program, 'end', { kind: 'release', amount: parseDecimal(reserved) ?? 0n });
  return rows.length;
}
