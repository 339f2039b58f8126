import type pg from 'pg';
import { type Actor, may, systemActor } from '../../../../kernel/actor.ts';
import { addMonths, type Day, startOfDay } from '../../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { conflict, forbidden } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { PlanningDoors } from '../../part.ts';
import { lockPlan } from '../../items/changes.ts';
import { planStaffing } from '../../positions/staffing.ts';
import type { MonthStaffing } from '../../positions/rules/staffing.ts';
import type { BudgetBook } from '../book.ts';
import { askFor, putInForce, settle } from '../lines/changes.ts';
import { addLines } from '../lines/keep-lines.ts';
import { demandLine, type LineRow } from '../lines/store.ts';
import { writeVersion } from '../lines/versions.ts';

type Doors = Pick<PlanningDoors, 'platform' | 'items' | 'say'>;

const costOf = (months: readonly MonthStaffing[]): bigint => months.reduce((all, { cost }) => all + cost, 0n);
const within = (months: readonly MonthStaffing[], { fromMonth, untilMonth }: Pick<LineRow, 'fromMonth' | 'untilMonth'>): MonthStaffing[] => months.filter(({ month }) => month.slice(0, 7) >= fromMonth && month.slice(0, 7) <= untilMonth);

/**
 * Adds the line of what people cost in a year of a plan. Its cap is what the plan's positions cost, and follows them; pay is not stopped
 * for a cap, so that more than it is let through and marked.
 */
export async function addPeopleLine({ platform, items, say }: Doors, planNo: number, year: number, actor: Actor): Promise<LineRow> {
  if (!may(actor, 'planning.people')) throw forbidden('planning.kind_forbidden');
  const months = (await planStaffing(platform, items, planNo)).filter(({ month }) => month.startsWith(`${year}-`));
  if (months.length === 0) throw conflict('planning.budget_year_outside', { year });
  const [fromMonth, untilMonth] = [months[0].month.slice(0, 7), months.at(-1)!.month.slice(0, 7)];
  return inTransaction(platform.pg, async (client) => {
    await lockPlan(client, planNo);
    const { rowCount } = await client.query(`select from budget_line where plan_no = $1 and is_from_positions and closed_at is null and to_char(from_month, 'YYYY') = $2`, [planNo, String(year)]);
    if (rowCount) throw conflict('planning.budget_people_there', { year });
    const name = say(actor.locale, 'planning', 'budget.people.name', { year });
    const [lineNo] = await addLines(client, planNo, [{ name, channel: '', purpose: 'people', stage: null, lane: null, costCentre: '', fromMonth, untilMonth, cap: formatDecimal(costOf(months)), overCap: 'warn' }], say(actor.locale, 'planning', 'budget.people.reason'), actor, platform.clock.now());
    await client.query('update budget_line set is_from_positions = true where line_no = $1', [lineNo]);
    await recordAudit(client, { actor, action: 'planning.add_people_line', subject: `budget_line:${lineNo}`, details: { year } });
    return demandLine(client, { planNo, withPeople: true }, lineNo);
  });
}

/** Brings lines of people up to their positions: a lower cost is in force at once, a higher one is asked for; months that are over are spent. Returns how many changed. */
export async function followPositions({ platform, items, say }: Doors, book: BudgetBook): Promise<number> {
  const { pg: pool, clock } = platform;
  const { rows } = await pool.query<{ lineNo: number; planNo: number }>('select line_no as "lineNo", plan_no as "planNo" from budget_line join plan using (plan_no) where is_from_positions and closed_at is null and is_current order by line_no');
  const { timeZone, language } = await readBrand(pool);
  let changed = 0;
  for (const { lineNo, planNo } of rows) {
    const months = await planStaffing(platform, items, planNo);
    changed += await inTransaction(pool, async (client) => {
      await lockPlan(client, planNo);
      const line = await demandLine(client, { planNo, withPeople: true }, lineNo, 'for update of l');
      const own = within(months, line);
      const isAsked = await followCap(client, line, costOf(own), say(language, 'planning', 'budget.people.reason'), clock.now());
      return (await spendMonths(client, book, line, own, { timeZone, now: clock.now(), correction: (month) => say(language, 'planning', 'budget.people.correction', { month }) })) || isAsked ? 1 : 0;
    });
  }
  return changed;
}

async function followCap(client: pg.PoolClient, line: LineRow, cost: bigint, reason: string, now: Date): Promise<boolean> {
  const { rows: [open] } = await client.query<{ changeNo: number; cap: string; overCap: LineRow['overCap'] }>(`select change_no as "changeNo", cap, over_cap as "overCap" from budget_change where line_no = $1 and state = 'open'`, [line.lineNo]);
  const cap = parseDecimal(line.cap) ?? 0n;
  if (cost === (open ? (parseDecimal(open.cap) ?? 0n) : cap)) return false;
  if (!open && (await wasRefused(client, line.lineNo, cost))) return false;
  if (open) await settle(client, [open.changeNo], 'refused', reason, systemActor, now);
  if (cost === cap) return true;
  const wanted = { lineNo: line.lineNo, cap: formatDecimal(cost), overCap: open?.overCap ?? line.overCap, reason };
  const [changeNo] = await askFor(client, [wanted], systemActor, now);
  if (cost > cap) return true;
  await putInForce(client, line, { ...wanted, overCap: line.overCap });
  await settle(client, [changeNo], 'approved', '', systemActor, now);
  await writeVersion(client, line.planNo, [changeNo], now, systemActor.name);
  return true;
}

/** Whether this is what a person said no to last: they are not asked the same again a minute later. */
async function wasRefused(client: pg.PoolClient, lineNo: number, cost: bigint): Promise<boolean> {
  const { rows: [last] } = await client.query<{ state: string; cap: string; by: string }>('select state, cap, decided_by as by from budget_change where line_no = $1 order by change_no desc limit 1', [lineNo]);
  return last?.state === 'refused' && last.by !== systemActor.name && parseDecimal(last.cap) === cost;
}

interface Spending {
  timeZone: string;
  now: Date;
  /** What is noted of a month that is put right. */
  correction(month: string): string;
}

/**
 * What those who were there cost is spent once a month is over, on its last day; never before somebody approved the line. Where it is told
 * later who was there, the month is put right by another entry.
 */
async function spendMonths(client: pg.PoolClient, book: BudgetBook, line: LineRow, months: readonly MonthStaffing[], { timeZone, now, correction }: Spending): Promise<boolean> {
  if (Number(line.cap) === 0) return false;
  const { rows } = await client.query<{ month: string; spent: string; entries: number }>(
    `select substring(key from '\\d{4}-\\d{2}-01') as month, sum(spent)::text as spent, count(*)::int as entries from budget_entry where line_no = $1 and key like 'positions %' group by 1`, [line.lineNo]);
  const booked = new Map(rows.map((row) => [row.month, row]));
  let isChanged = false;
  for (const { month, filledCost, isPayUnknown } of months) {
    const [{ spent, entries }, end] = [booked.get(month) ?? { spent: '0', entries: 0 }, startOfDay(addMonths(month, 1) as Day, timeZone)];
    const more = filledCost - (parseDecimal(spent) ?? 0n);
    // Of whom it is no longer said what they cost, they did not cost nothing.
    if (end > now || more === 0n || (more < 0n && isPayUnknown)) continue;
    const order = { lineNo: line.lineNo, program: '', key: `positions ${line.lineNo} ${month}${entries === 0 ? '' : ` ${entries}`}`, by: systemActor.name, note: entries === 0 ? month.slice(0, 7) : correction(month.slice(0, 7)), at: new Date(end.getTime() - 1) };
    await book.carryOut(client, { ...order, command: more > 0n ? { kind: 'spend', amount: more } : { kind: 'return', amount: -more } });
    // What comes back is promised to nobody.
    if (more < 0n) await book.carryOut(client, { ...order, key: `${order.key} release`, command: { kind: 'release', amount: -more } });
    isChanged = true;
  }
  return isChanged;
}
