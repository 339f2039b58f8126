import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';

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

function plain(cap: string): string;
function plain(cap: string | null): string | null;
function plain(cap: string | null): string | null {
  return cap === null ? null : formatDecimal(parseDecimal(cap) ?? 0n);
}
