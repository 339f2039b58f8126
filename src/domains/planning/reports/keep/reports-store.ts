import type pg from 'pg';
import type { z } from 'zod';
import type { Locale } from '../../../../kernel/locale.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { Days } from '../../contract.ts';
import type { occasion } from '../../contract/mailings.ts';
import type { WrittenReport } from '../write/in-language.ts';
import type { listPlanReports, PlanReportHead, PlanReportSection, ReportUnit } from '../../contract/reports.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface ReportRow extends Omit<PlanReportHead, 'writtenAt' | 'editedAt' | 'last' | 'sent'> {
  planNo: number;
  sections: PlanReportSection[];
  written: WrittenReport['written'];
  writtenAt: Date;
  editedAt: Date | null;
  last: z.output<typeof occasion> | null;
  sent: number;
}

/** An occasion as it is shown, as JSON of its row `o`. */
export const occasionJson = `jsonb_build_object('occasionNo', o.occasion_no, 'state', o.state, 'dueAt', to_char(o.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'isLate', o.is_late, 'problem', o.problem, 'askedBy', o.asked_by)`;

/** What letters and messages about a version of a report are kept under. */
export const aboutReport = (reportNo: number, version: number): string => `report:${reportNo}:${version}`;
/** The same of every version there was. */
export const aboutReportEver = (reportNo: number, version: number): string[] => Array.from({ length: version }, (_, n) => aboutReport(reportNo, n + 1));

const ever = `(select 'report:' || r.report_no || ':' || n from generate_series(1, r.version) n)`;
const columns = `r.report_no as "reportNo", r.plan_no as "planNo", r.project_no as "projectNo", p.body ->> 'name' as "projectName", r.unit, r.from_day::text as "from", r.to_day::text as "to", r.locale, r.version,
  r.written_at as "writtenAt", r.written_by as "writtenBy", r.edited_at as "editedAt", r.edited_by as "editedBy",
  (select ${occasionJson} from plan_occasion o where o.report_no = r.report_no order by occasion_no desc limit 1) as last,
  ((select count(*) from plan_mail m where m.subject_key in ${ever} and m.state <> 'failed') + (select count(*) from plan_robot_message m where m.subject_key in ${ever} and m.state <> 'failed'))::int as sent`;
const from = 'plan_report r left join plan_item p on p.item_no = r.project_no';

type Asked = z.output<typeof listPlanReports.query & object>;

export async function readReports(pool: pg.Pool, planNo: number, { unit, projectNo, from: first, to: last, page, pageSize }: Asked): Promise<{ rows: ReportRow[]; total: number }> {
  const where = `r.plan_no = $1 and ($2::text is null or r.unit = $2) and ($3::int is null or coalesce(r.project_no, 0) = $3) and ($4::date is null or r.to_day >= $4) and ($5::date is null or r.from_day <= $5)`;
  const asked = [planNo, unit ?? null, projectNo ?? null, first ?? null, last ?? null];
  const { rows } = await pool.query<ReportRow>(`select ${columns}, '[]'::jsonb as sections, '{}'::jsonb as written from ${from} where ${where} order by r.from_day desc, r.report_no desc limit $6 offset $7`, [...asked, pageSize, (page - 1) * pageSize]);
  const { rows: [{ total }] } = await pool.query<{ total: number }>(`select count(*)::int as total from plan_report r where ${where}`, asked);
  return { rows, total };
}

/** Throws `planning.report_not_found`. */
export async function requireReport(connection: Connection, planNo: number, reportNo: number): Promise<ReportRow> {
  const { rows: [report] } = await connection.query<ReportRow>(`select ${columns}, r.sections, r.written from ${from} where r.plan_no = $1 and r.report_no = $2`, [planNo, reportNo]);
  if (!report) throw notFound('planning.report_not_found', { reportNo });
  return report;
}

/** Whoever changes or sends a report waits here for the others. */
export const lockReport = async (client: pg.PoolClient, reportNo: number): Promise<void> => void (await client.query('select from plan_report where report_no = $1 for update', [reportNo]));

export interface NewReport {
  planNo: number;
  projectNo: number | null;
  unit: ReportUnit;
  days: Days;
  locale: Locale;
  by: string;
  at: Date;
}

/** The report of a plan or a project of such days; there is one of a kind, whoever begins it. */
export async function beginReport(client: pg.PoolClient, { planNo, projectNo, unit, days, locale, by, at }: NewReport): Promise<{ reportNo: number; isNew: boolean }> {
  const { rows: [made] } = await client.query<{ reportNo: number }>(
    `insert into plan_report (plan_no, project_no, unit, from_day, to_day, locale, sections, version, written_at, written_by) values ($1, $2, $3, $4, $5, $6, '[]', 0, $7, $8)
      on conflict (plan_no, project_no, unit, from_day) do nothing returning report_no as "reportNo"`, [planNo, projectNo, unit, days.from, days.to, locale, at, by]);
  if (made) return { ...made, isNew: true };
  const { rows: [there] } = await client.query<{ reportNo: number }>('select report_no as "reportNo" from plan_report where plan_no = $1 and project_no is not distinct from $2 and unit = $3 and from_day = $4', [planNo, projectNo, unit, days.from]);
  return { ...there, isNew: false };
}

/** Writes over the version that is meant, in every language; false where somebody has written another meanwhile. */
export async function writeOver(client: pg.PoolClient, reportNo: number, version: number, written: ReadonlyMap<Locale, PlanReportSection[]>, { at, by }: { at: Date; by: string }): Promise<boolean> {
  const { rowCount } = await client.query(
    'update plan_report set sections = coalesce($3::jsonb -> locale, \'[]\'), written = $3, version = version + 1, written_at = $4, written_by = $5, edited_at = null, edited_by = null where report_no = $1 and version = $2',
    [reportNo, version, JSON.stringify(Object.fromEntries(written)), at, by]);
  return rowCount === 1;
}

export async function editOver(client: pg.PoolClient, reportNo: number, version: number, sections: readonly PlanReportSection[], edited: { at: Date; by: string }): Promise<boolean> {
  const { rowCount } = await client.query('update plan_report set sections = $3, version = version + 1, edited_at = $4, edited_by = $5 where report_no = $1 and version = $2', [reportNo, version, JSON.stringify(sections), edited.at, edited.by]);
  return rowCount === 1;
}
