import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Amounts } from '../rules/decide.ts';
import type { Month } from '../rules/months.ts';

/** What entries changed of each line in each month of the brand's calendar. What was done in a year that the line has no month of (December's invoice, in January) counts in its nearest, so that every amount is of some year. */
export async function readMonths(pool: pg.Pool, planNo: number, timeZone: string): Promise<Map<number, Map<Month, Amounts>>> {
  const { rows } = await pool.query<{ lineNo: number; month: Month; reserved: string; committed: string; spent: string }>(
    `select line_no as "lineNo", to_char(case when to_char(at at time zone $2, 'YYYY') < to_char(from_month, 'YYYY') then from_month when to_char(at at time zone $2, 'YYYY') > to_char(until_month, 'YYYY') then until_month else at at time zone $2 end, 'YYYY-MM') as month,
        sum(e.reserved) as reserved, sum(e.committed) as committed, sum(e.spent) as spent
      from budget_entry e join budget_line l using (line_no) where l.plan_no = $1 group by 1, 2`, [planNo, timeZone]);
  const found = new Map<number, Map<Month, Amounts>>();
  for (const { lineNo, month, ...money } of rows) {
    const months = found.get(lineNo) ?? new Map<Month, Amounts>();
    months.set(month, exactAmounts(money));
    found.set(lineNo, months);
  }
  return found;
}

export const exactAmounts = ({ reserved, committed, spent }: { reserved: string; committed: string; spent: string }): Amounts =>
  ({ reserved: parseDecimal(reserved) ?? 0n, committed: parseDecimal(committed) ?? 0n, spent: parseDecimal(spent) ?? 0n });
