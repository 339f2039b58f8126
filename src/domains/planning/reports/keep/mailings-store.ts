import type pg from 'pg';
import type { z } from 'zod';
import type { Locale } from '../../../../kernel/locale.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { Rhythm } from '../../../insights/contract.ts';
import type { GoesTo, MailingWanted, occasion } from '../../contract/mailings.ts';
import { occasionJson } from './reports-store.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface MailingRow extends GoesTo {
  mailingNo: number;
  planNo: number;
  kind: 'report' | 'director';
  projectNo: number | null;
  projectName: string | null;
  /** When its project was taken out of the plan, or changed last where it is done or dropped. */
  projectEndedAt: Date | null;
  rhythm: Rhythm;
  covers: 'current' | 'last' | null;
  isSent: boolean;
  locale: Locale;
  keeperId: number | null;
  keeper: string | null;
  version: number;
  createdBy: string;
  nextAt: Date | null;
  last: z.output<typeof occasion> | null;
}

const columns = `m.mailing_no as "mailingNo", m.plan_no as "planNo", m.kind, m.project_no as "projectNo", p.body ->> 'name' as "projectName",
  coalesce(p.removed_at, case when p.body ->> 'state' in ('done', 'dropped') then p.changed_at end) as "projectEndedAt", rhythm, covers, is_sent as "isSent", m.locale, readers, robot_nos as "robotNos",
  keeper_id as "keeperId", (select name from staff where staff_id = keeper_id) as keeper, m.version, m.created_by as "createdBy", next_at as "nextAt",
  (select ${occasionJson} from plan_occasion o where o.mailing_no = m.mailing_no order by due_at desc limit 1) as last`;

export async function readMailings(connection: Connection, planNo: number, mailingNo: number | null = null): Promise<MailingRow[]> {
  const { rows } = await connection.query<MailingRow>(`select ${columns} from plan_mailing m left join plan_item p on p.item_no = m.project_no where m.plan_no = $1 and ($2::int is null or mailing_no = $2) order by m.kind desc, m.project_no nulls first, mailing_no`, [planNo, mailingNo]);
  return rows;
}

/** Throws `planning.mailing_not_found`. */
export async function requireMailing(connection: Connection, planNo: number, mailingNo: number): Promise<MailingRow> {
  const [mailing] = await readMailings(connection, planNo, mailingNo);
  if (!mailing) throw notFound('planning.mailing_not_found', { mailingNo });
  return mailing;
}

export interface NewMailing extends MailingWanted {
  planNo: number;
  keeperId: number | null;
  by: string;
  at: Date;
  nextAt: Date | null;
}

export async function insertMailing(client: pg.PoolClient, { planNo, what, rhythm, locale, readers, robotNos, keeperId, by, at, nextAt }: NewMailing): Promise<number> {
  const { projectNo, covers, isSent } = what.kind === 'report' ? what : { projectNo: null, covers: null, isSent: true };
  const { rows: [{ mailingNo }] } = await client.query<{ mailingNo: number }>(
    `insert into plan_mailing (plan_no, kind, project_no, rhythm, covers, is_sent, locale, readers, robot_nos, keeper_id, created_at, created_by, next_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning mailing_no as "mailingNo"`,
    [planNo, what.kind, projectNo, JSON.stringify(rhythm), covers, isSent, locale, JSON.stringify(readers), robotNos, keeperId, at, by, nextAt]);
  return mailingNo;
}

/** False where somebody changed it meanwhile. */
export async function updateMailing(client: pg.PoolClient, mailingNo: number, version: number, { rhythm, locale, readers, robotNos, isSent, covers, nextAt }: Omit<MailingWanted, 'what' | 'isPaused'> & { isSent: boolean; covers: string; nextAt: Date | null }): Promise<boolean> {
  const { rowCount } = await client.query(
    `update plan_mailing set rhythm = $3, locale = $4, readers = $5, robot_nos = $6, is_sent = case kind when 'report' then $7 else true end, covers = case kind when 'report' then $8 end, next_at = $9, version = version + 1 where mailing_no = $1 and version = $2`,
    [mailingNo, version, JSON.stringify(rhythm), locale, JSON.stringify(readers), robotNos, isSent, covers, nextAt]);
  return rowCount === 1;
}

/** Takes mailings whose time has come, past those that others hold. */
export async function holdDue(client: pg.PoolClient, now: Date): Promise<(MailingRow & { nextAt: Date })[]> {
  const { rows: held } = await client.query<{ mailingNo: number; planNo: number }>('select mailing_no as "mailingNo", plan_no as "planNo" from plan_mailing where next_at <= $1 order by next_at limit 20 for update skip locked', [now]);
  const rows: MailingRow[] = [];
  for (const { planNo, mailingNo } of held) rows.push(...await readMailings(client, planNo, mailingNo));
  return rows as (MailingRow & { nextAt: Date })[];
}

export const moveOn = async (client: pg.PoolClient, mailingNo: number, nextAt: Date): Promise<void> => void (await client.query('update plan_mailing set next_at = $2 where mailing_no = $1', [mailingNo, nextAt]));
