import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Amounts, LineState } from '../rules/decide.ts';
import { exactAmounts } from '../figures/spent-in.ts';

/** A line that a program may draw on, with what the program holds of it. */
export interface OpenLine extends LineState {
  lineNo: number;
  name: string;
  claim: Amounts;
}

/**
 * The open lines that the current plan names for a program and whose months are on, in the order it names them, locked in the order of
 * their numbers as everybody locks them. None where the plan says nothing of it: then nobody limits it.
 */
export async function lockLinesOf(client: pg.PoolClient, program: string, now: Date, timeZone: string): Promise<OpenLine[]> {
  const { rows: [place] } = await client.query<{ lineNos: number[] }>(
    `select array(select jsonb_array_elements_text(i.body -> 'lineNos'))::int[] as "lineNos" from plan_item i join plan p using (plan_no)
      where p.is_current and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = $1`, [program]);
  if (!place || place.lineNos.length === 0) return [];
  const { rows } = await client.query<{ lineNo: number; name: string; cap: string; overCap: LineState['overCap']; reserved: string; committed: string; spent: string }>(
    `select line_no as "lineNo", name, cap, over_cap as "overCap", reserved, committed, spent from budget_line
      where line_no = any($1::int[]) and closed_at is null and from_month <= ($2::timestamptz at time zone $3)::date and until_month + interval '1 month' > ($2::timestamptz at time zone $3)
      order by line_no for update`, [place.lineNos, now, timeZone]);
  const { rows: claims } = await client.query<{ lineNo: number; reserved: string; committed: string; spent: string }>(
    'select line_no as "lineNo", reserved, committed, spent from budget_claim where line_no = any($1::int[]) and program = $2', [place.lineNos, program]);
  const claimOf = new Map(claims.map(({ lineNo, ...money }) => [lineNo, exactAmounts(money)]));
  return rows.map(({ lineNo, name, cap, overCap, ...money }) => ({ lineNo, name, cap: parseDecimal(cap) ?? 0n, overCap, ...exactAmounts(money), claim: claimOf.get(lineNo) ?? { reserved: 0n, committed: 0n, spent: 0n } }))
    .toSorted((a, b) => place.lineNos.indexOf(a.lineNo) - place.lineNos.indexOf(b.lineNo));
}
