import type pg from 'pg';
import { type Actor, may } from '../../../../kernel/actor.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { DrawnLine } from '../../../../kernel/program.ts';
import { readBrand } from '../../../../platform/settings.ts';

const shown = (amount: string): string => formatDecimal(parseDecimal(amount) ?? 0n);

/** The open lines that the current plan names for a program, in its order: for whoever may read the plan, those of people for whom they are. */
export async function drawnLines(pool: pg.Pool, program: string, actor: Actor, now: Date): Promise<DrawnLine[]> {
  if (!may(actor, 'planning.read')) return [];
  const { rows } = await pool.query<DrawnLine>(
    `select l.line_no as "lineNo", l.name, l.cap, l.cap - l.reserved - l.committed - l.spent as free, coalesce(c.reserved + c.committed + c.spent, 0) as holds, coalesce(c.reserved, 0) as reserved, l.over_cap as "overCap",
        l.until_month + interval '1 month' <= ($3::timestamptz at time zone $4) as "isOver"
      from plan_item i join plan p using (plan_no) cross join lateral jsonb_array_elements_text(i.body -> 'lineNos') with ordinality as named (line_no, place)
        join budget_line l on l.line_no = named.line_no::int left join budget_claim c on c.line_no = l.line_no and c.program = $1
      where p.is_current and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = $1 and l.closed_at is null and ($2 or l.purpose <> 'people') order by named.place`,
    [program, may(actor, 'planning.people'), now, (await readBrand(pool)).timeZone]);
  return rows.map(({ cap, free, holds, reserved, ...line }) => ({ ...line, cap: shown(cap), free: shown(free), holds: shown(holds), reserved: shown(reserved) }));
}
