import type pg from 'pg';
import type { z } from 'zod';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { parseSort } from '../../../../kernel/page.ts';
import type { BudgetLineDefinition, BudgetPurpose, listBudgetLines } from '../../contract.ts';
import type { Lane, StageKey } from '../../contract.ts';
import type { LineState } from '../rules/decide.ts';

/** A line as it is kept; money as text, exact. */
export interface LineRow {
  lineNo: number;
  planNo: number;
  version: number;
  name: string;
  channel: string;
  purpose: BudgetPurpose;
  stage: StageKey | null;
  lane: Lane | null;
  costCentre: string;
  fromMonth: string;
  untilMonth: string;
  cap: string;
  overCap: LineState['overCap'];
  reserved: string;
  committed: string;
  spent: string;
  isClosed: boolean;
  isFromPositions: boolean;
  openChangeNo: number | null;
  askedCap: string | null;
}

type Connection = pg.Pool | pg.PoolClient;

const columns = `l.line_no as "lineNo", l.plan_no as "planNo", l.version, l.name, l.channel, l.purpose, nullif(l.stage, '') as stage, nullif(l.lane, '') as lane, l.cost_centre as "costCentre",
  to_char(l.from_month, 'YYYY-MM') as "fromMonth", to_char(l.until_month, 'YYYY-MM') as "untilMonth", l.cap, l.over_cap as "overCap", l.reserved, l.committed, l.spent, l.closed_at is not null as "isClosed", l.is_from_positions as "isFromPositions",
  (select c.change_no from budget_change c where c.line_no = l.line_no and c.state = 'open') as "openChangeNo",
  (select c.cap from budget_change c where c.line_no = l.line_no and c.state = 'open') as "askedCap"`;

/** Whose lines may be seen: what people cost is not everybody's. */
export interface Sight {
  planNo: number;
  withPeople: boolean;
}
const seen = `l.plan_no = $1 and ($2 or l.purpose <> 'people')`;

/** All lines of a plan that touch a year (all of them where none is given), closed ones too. */
export async function linesOf(connection: Connection, { planNo, withPeople }: Sight, year: number | null): Promise<LineRow[]> {
  const { rows } = await connection.query<LineRow>(
    `select ${columns} from budget_line l where ${seen} and ($3::int is null or (l.from_month < make_date($3 + 1, 1, 1) and l.until_month >= make_date($3, 1, 1))) order by l.line_no`, [planNo, withPeople, year]);
  return rows;
}

/** One line that may be seen. Throws `planning.budget_line_not_found`. */
export async function demandLine(connection: Connection, { planNo, withPeople }: Sight, lineNo: number, lock: '' | 'for update of l' = ''): Promise<LineRow> {
  const { rows: [row] } = await connection.query<LineRow>(`select ${columns} from budget_line l where ${seen} and l.line_no = $3 ${lock}`, [planNo, withPeople, lineNo]);
  if (!row) throw notFound('planning.budget_line_not_found', { lineNo });
  return row;
}

/** Refuses to say by hand what positions say. */
export function demandByHand({ isFromPositions, name }: LineRow): void {
  if (isFromPositions) throw conflict('planning.budget_by_positions', { name });
}

const sorts = { name: 'l.name', cap: 'l.cap', reserved: 'l.reserved', committed: 'l.committed', spent: 'l.spent', fromMonth: 'l.from_month' } as const;
type Asked = z.output<NonNullable<(typeof listBudgetLines)['query']>>;

export async function listLines(pool: pg.Pool, { planNo, withPeople }: Sight, { page, pageSize, sort, q, year, purpose, stage, lane, state }: Asked): Promise<{ rows: LineRow[]; total: number }> {
  const { field, descending } = parseSort(sort, Object.keys(sorts) as (keyof typeof sorts)[]) ?? { field: 'fromMonth' as const, descending: false };
  const { rows } = await pool.query<LineRow & { total: number }>(
    `select ${columns}, count(*) over ()::int as total from budget_line l
      where ${seen} and ($3::int is null or (l.from_month < make_date($3 + 1, 1, 1) and l.until_month >= make_date($3, 1, 1)))
        and ($4::text is null or position(lower($4) in lower(l.name || ' ' || l.channel || ' ' || l.cost_centre)) > 0) and ($5::text is null or l.purpose = $5) and ($6::text is null or l.stage = $6) and ($7::text is null or l.lane = $7)
        and (l.closed_at is null) = ($8 = 'open')
      order by ${sorts[field]} ${descending ? 'desc' : 'asc'}, l.line_no limit $9 offset $10`,
    [planNo, withPeople, year ?? null, q || null, purpose ?? null, stage ?? null, lane ?? null, state, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** Adds lines that may not spend anything yet. Returns their numbers in the order given. */
export async function insertLines(client: pg.PoolClient, planNo: number, lines: readonly Omit<BudgetLineDefinition, 'cap' | 'overCap'>[], at: Date, by: string): Promise<number[]> {
  const { rows } = await client.query<{ lineNo: number; name: string }>(
    `insert into budget_line (plan_no, name, channel, purpose, stage, lane, cost_centre, from_month, until_month, cap, over_cap, created_at, created_by)
      select $1, n.name, n.channel, n.purpose, n.stage, n.lane, n.cost_centre, to_date(n.from_month, 'YYYY-MM'), to_date(n.until_month, 'YYYY-MM'), 0, 'stop', $2, $3
        from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[]) as n (name, channel, purpose, stage, lane, cost_centre, from_month, until_month)
      returning line_no as "lineNo", name`,
    [planNo, at, by, ...columnsOf(lines)]);
  const numbers = new Map(rows.map(({ lineNo, name }) => [name, lineNo]));
  return lines.map(({ name }) => numbers.get(name)!);
}

const columnsOf = (lines: readonly Omit<BudgetLineDefinition, 'cap' | 'overCap'>[]): string[][] => [
  lines.map(({ name }) => name), lines.map(({ channel }) => channel), lines.map(({ purpose }) => purpose), lines.map(({ stage }) => stage ?? ''), lines.map(({ lane }) => lane ?? ''),
  lines.map(({ costCentre }) => costCentre), lines.map(({ fromMonth }) => fromMonth), lines.map(({ untilMonth }) => untilMonth),
];

/** Says anew what a line is called and what it is for. */
export async function updateLine(client: pg.PoolClient, lineNo: number, said: Omit<BudgetLineDefinition, 'cap' | 'overCap'>): Promise<void> {
  await client.query(
    `update budget_line set name = $2, channel = $3, purpose = $4, stage = $5, lane = $6, cost_centre = $7, from_month = to_date($8, 'YYYY-MM'), until_month = to_date($9, 'YYYY-MM'), version = version + 1 where line_no = $1`,
    [lineNo, ...columnsOf([said]).map(([value]) => value)]);
}
