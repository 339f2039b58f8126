import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { BudgetVersionChange } from '../../contract.ts';

interface VersionLine {
  lineNo: number;
  name: string;
  cap: string;
  overCap: string;
}

/** Keeps the caps of all open lines as they are now, as the plan's next version. The plan is locked. */
export async function writeVersion(client: pg.PoolClient, planNo: number, changeNos: readonly number[], at: Date, by: string): Promise<number> {
  const { rows: [{ versionNo }] } = await client.query<{ versionNo: number }>(
    `insert into budget_version (plan_no, version_no, lines, change_nos, approved_at, approved_by)
      select $1, coalesce((select max(version_no) from budget_version where plan_no = $1), 0) + 1,
        coalesce((select jsonb_agg(jsonb_build_object('lineNo', line_no, 'name', name, 'cap', cap::text, 'overCap', over_cap) order by line_no) from budget_line where plan_no = $1 and closed_at is null), '[]'), $2, $3, $4
      returning version_no as "versionNo"`, [planNo, changeNos, at, by]);
  return versionNo;
}

const mostTold = 50;
const total = (lines: readonly VersionLine[]): bigint => lines.reduce((all, { cap }) => all + (parseDecimal(cap) ?? 0n), 0n);

/** Versions, the newest first, each with what it changed of the one before. People's lines are in none of it for those who may not see them. */
export async function listVersions(pool: pg.Pool, { planNo, withPeople }: { planNo: number; withPeople: boolean }, { page, pageSize }: { page: number; pageSize: number }) {
  const { rows } = await pool.query<{ versionNo: number; lines: VersionLine[]; before: VersionLine[] | null; approvedAt: Date; approvedBy: string; total: number }>(
    `select v.version_no as "versionNo", v.lines, lag(v.lines) over (order by v.version_no) as before, v.approved_at as "approvedAt", v.approved_by as "approvedBy", count(*) over ()::int as total
      from budget_version v where v.plan_no = $1 order by v.version_no desc limit $2 offset $3`, [planNo, pageSize, (page - 1) * pageSize]);
  const hidden = withPeople ? new Set<number>() : new Set((await pool.query<{ lineNo: number }>(`select line_no as "lineNo" from budget_line where plan_no = $1 and purpose = 'people'`, [planNo])).rows.map(({ lineNo }) => lineNo));
  const shown = (lines: readonly VersionLine[] | null): VersionLine[] => (lines ?? []).filter(({ lineNo }) => !hidden.has(lineNo));
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ versionNo, approvedAt, approvedBy, ...both }) => {
      const [lines, before] = [shown(both.lines), shown(both.before)];
      const capBefore = new Map(before.map(({ lineNo, cap }) => [lineNo, cap]));
      const changed = lines.filter(({ lineNo, cap }) => capBefore.get(lineNo) !== cap).slice(0, mostTold).map(({ lineNo, name, cap }) => ({ name, cap: plain(cap), capBefore: plain(capBefore.get(lineNo) ?? null) }));
      return { versionNo, lines: lines.length, total: formatDecimal(total(lines)), totalBefore: formatDecimal(total(before)), changed, approvedAt: approvedAt.toISOString(), approvedBy };
    }),
  };
}

interface Compared {
  page: number;
  pageSize: number;
  since?: number;
}

/** Lines that are otherwise in a version than in an earlier one, each with who asked for it last and why. Version 0 has no lines. Throws `planning.budget_version_not_found`. */
export async function listVersionChanges(pool: pg.Pool, { planNo, withPeople }: { planNo: number; withPeople: boolean }, versionNo: number, { page, pageSize, since = versionNo - 1 }: Compared): Promise<{ rows: BudgetVersionChange[]; total: number }> {
  const { rows: known } = await pool.query('select from budget_version where plan_no = $1 and version_no = any($2::int[])', [planNo, [versionNo, since]]);
  if (since >= versionNo || known.length < (since === 0 ? 1 : 2)) throw notFound('planning.budget_version_not_found', { versionNo, since });
  const { rows } = await pool.query<BudgetVersionChange & { total: number }>(
    `with lines_of as (select version_no, x.* from budget_version, jsonb_to_recordset(lines) as x("lineNo" int, name text, cap numeric, "overCap" text) where plan_no = $1 and version_no in ($2, $3)),
        now as (select * from lines_of where version_no = $2), before as (select * from lines_of where version_no = $3)
      select "lineNo", coalesce(now.name, before.name) as name, trim_scale(now.cap) as cap, trim_scale(before.cap) as "capBefore", now."overCap", before."overCap" as "overCapBefore",
          coalesce(asked.asked_by, '') as "askedBy", coalesce(asked.reason, '') as reason, count(*) over ()::int as total
        from now full join before using ("lineNo") join budget_line l on l.line_no = "lineNo"
        left join lateral (select c.asked_by, c.reason from budget_change c join budget_version v on v.plan_no = $1 and v.version_no > $3 and v.version_no <= $2 and c.change_no = any(v.change_nos)
          where c.line_no = "lineNo" order by v.version_no desc limit 1) asked on now.cap is not null
        where (now.cap, now."overCap") is distinct from (before.cap, before."overCap") and ($4 or l.purpose <> 'people')
        order by abs(coalesce(now.cap, 0) - coalesce(before.cap, 0)) desc, "lineNo" limit $5 offset $6`, [planNo, versionNo, since, withPeople, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
}

function plain(cap: string): string;
function plain(cap: string | null): string | null;
function plain(cap: string | null): string | null {
  return cap === null ? null : formatDecimal(parseDecimal(cap) ?? 0n);
}
