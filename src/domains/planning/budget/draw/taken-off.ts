import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { BudgetBook } from '../book.ts';
import { followWith, lockAllOf, putAsideOn } from './keep-up.ts';
import { lockLinesOf } from './lines-of.ts';

const ofTakenOff = `from budget_line l join budget_claim c using (line_no) join plan p using (plan_no)
  where c.reserved > 0 and closed_at is null and p.is_current
    and not exists (select from plan_item i where i.plan_no = l.plan_no and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = c.program and i.body -> 'lineNos' @> to_jsonb(l.line_no))
    and not exists (select from budget_entry e where (e.line_no, e.program, e.kind) = (c.line_no, c.program, 'reserve') and not starts_with(e.key, 'reserve ') and not starts_with(e.key, 'expected '))`;

/**
 * Gives back what programs put aside on lines that the current plan no longer names for them: nobody could use it there. One that goes on puts it aside
 * on its other lines, where they have it. What was promised or spent stays, and so does what somebody reserved by hand. Returns how many reservations there were.
 */
export async function releaseTakenOff(pool: pg.Pool, book: BudgetBook, goesOn: ReadonlySet<string>, now: Date, timeZone: string): Promise<number> {
  const { rows: found } = await pool.query<{ program: string }>(`select distinct c.program ${ofTakenOff}`);
  let released = 0;
  for (const { program } of found) {
    released += await inTransaction(pool, async (client) => {
      await lockAllOf(client, program);
      const { rows } = await client.query<{ lineNo: number; reserved: string }>(`select l.line_no as "lineNo", c.reserved ${ofTakenOff} and c.program = $1 order by 1`, [program]);
      let amount = 0n;
      for (const { lineNo, reserved } of rows) {
        const part = parseDecimal(reserved) ?? 0n;
        await followWith(client, book, lineNo, program, 'end', { kind: 'release', amount: part });
        amount += part;
      }
      const lines = goesOn.has(program) ? ((await lockLinesOf(client, program, now, timeZone)) ?? []) : [];
      await putAsideOn(client, book, program, lines.filter(({ when }) => when !== 'over'), amount);
      return rows.length;
    });
  }
  return released;
}
