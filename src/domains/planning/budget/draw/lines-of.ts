import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { type Amounts, held, type LineState } from '../rules/decide.ts';
import { exactAmounts } from '../figures/spent-in.ts';

/** A line that the plan names for a program, with what the program holds of it, and whether its months are on, to come or over; one that was closed is over, and stops. */
export interface NamedLine extends LineState {
  lineNo: number;
  name: string;
  claim: Amounts;
  isClosed: boolean;
  when: 'on' | 'ahead' | 'over';
}

/**
 * The lines that the current plan names for a program, in the order it names them, locked in the order of their numbers as everybody
 * locks them. Null where the plan names none for it: then nobody limits it.
 */
export async function lockLinesOf(client: pg.PoolClient, program: string, now: Date, timeZone: string): Promise<NamedLine[] | null> {
  const { rows: [place] } = await client.query<{ lineNos: number[] }>(
    `select array(select jsonb_array_elements_text(i.body -> 'lineNos'))::int[] as "lineNos" from plan_item i join plan p using (plan_no)
      where p.is_current and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = $1`, [program]);
  if (!place || place.lineNos.length === 0) return null;
  const { rows } = await client.query<{ lineNo: number; name: string; isClosed: boolean; when: NamedLine['when']; cap: string; overCap: LineState['overCap']; reserved: string; committed: string; spent: string }>(
    `select line_no as "lineNo", name, cap, case when closed_at is null then over_cap else 'stop' end as "overCap", reserved, committed, spent, closed_at is not null as "isClosed",
        case when closed_at is not null then 'over' when from_month > ($2::timestamptz at time zone $3)::date then 'ahead' when until_month + interval '1 month' > ($2::timestamptz at time zone $3) then 'on' else 'over' end as "when"
      from budget_line where line_no = any($1::int[]) order by line_no for update`, [place.lineNos, now, timeZone]);
  const { rows: claims } = await client.query<{ lineNo: number; reserved: string; committed: string; spent: string }>(
    'select line_no as "lineNo", reserved, committed, spent from budget_claim where line_no = any($1::int[]) and program = $2', [place.lineNos, program]);
  const claimOf = new Map(claims.map(({ lineNo, ...money }) => [lineNo, exactAmounts(money)]));
  return rows.map(({ lineNo, name, isClosed, when, cap, overCap, ...money }) => ({ lineNo, name, isClosed, when, cap: parseDecimal(cap) ?? 0n, overCap, ...exactAmounts(money), claim: claimOf.get(lineNo) ?? { reserved: 0n, committed: 0n, spent: 0n } }))
    .toSorted((a, b) => place.lineNos.indexOf(a.lineNo) - place.lineNos.indexOf(b.lineNo));
}

/**
 * What a program may take now of one of its lines, its own reservation with it; null without a limit. Outside a line's months that is what it
 * has put aside there; only where none of its lines is on does one that does not stop let it through.
 */
export function roomIn(line: NamedLine, all: readonly NamedLine[]): bigint | null {
  const isOn = line.when === 'on';
  if (line.overCap !== 'stop' && (isOn || all.every(({ when }) => when !== 'on'))) return null;
  return line.claim.reserved + (isOn ? freeOf(line) : 0n);
}

/** What a line has left for anybody; nothing where it is over its cap. */
export function freeOf(line: LineState): bigint {
  const free = line.cap - held(line);
  return free > 0n ? free : 0n;
}
