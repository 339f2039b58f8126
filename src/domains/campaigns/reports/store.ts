import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import type { CampaignReport, ReportSection } from '../contract/reports.ts';

export interface EditedReport {
  version: number;
  sections: ReportSection[];
  editedBy: string;
  editedAt: Date;
}

export async function readEdited(connection: pg.Pool | pg.PoolClient, campaignNo: number, lock: '' | 'for update' = ''): Promise<EditedReport | null> {
  const { rows } = await connection.query<EditedReport>(`select version, sections, edited_by as "editedBy", edited_at as "editedAt" from campaign_report where campaign_no = $1 ${lock}`, [campaignNo]);
  return rows[0] ?? null;
}

/** Writes over the version before; false where somebody has written another meanwhile. */
export async function writeEdited(client: pg.PoolClient, campaignNo: number, { version, sections, editedBy, editedAt }: EditedReport): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into campaign_report (campaign_no, version, sections, edited_by, edited_at) values ($1, $2, $3, $4, $5)
      on conflict (campaign_no) do update set version = $2, sections = $3, edited_by = $4, edited_at = $5 where campaign_report.version = $2 - 1`, [campaignNo, version, JSON.stringify(sections), editedBy, editedAt]);
  return rowCount === 1;
}

type Copy = CampaignReport['copies'][number];

export async function readCopies(pool: pg.Pool, campaignNo: number): Promise<Copy[]> {
  const { rows } = await pool.query<Omit<Copy, 'askedAt'> & { askedAt: Date }>(
    `select copy_no as "copyNo", coalesce(name, '–') as name, state, problem, asked_by as "askedBy", asked_at as "askedAt" from campaign_report_copy left join staff using (staff_id) where campaign_no = $1 order by copy_no desc limit 50`, [campaignNo]);
  return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() }));
}

export interface NewCopies {
  campaignNo: number;
  staffIds: readonly number[];
  locale: Locale;
  subject: string;
  sections: readonly ReportSection[];
  by: string;
  at: Date;
}

export async function askCopies(client: pg.PoolClient, { campaignNo, staffIds, locale, subject, sections, by, at }: NewCopies): Promise<void> {
  await client.query(
    `insert into campaign_report_copy (campaign_no, staff_id, locale, subject, sections, state, asked_by, asked_at) select $1, staff_id, $3, $4, $5, 'waiting', $6, $7 from unnest($2::int[]) as staff_id`,
    [campaignNo, staffIds, locale, subject, JSON.stringify(sections), by, at]);
}

export interface WaitingCopy {
  copyNo: number;
  campaignNo: number;
  email: string;
  locale: Locale;
  subject: string;
  sections: ReportSection[];
}

/** The next copy to be sent, held by whoever took it until the transaction ends; who was shut out gets none. */
export async function nextCopy(client: pg.PoolClient): Promise<WaitingCopy | null> {
  const { rows } = await client.query<WaitingCopy>(
    `select copy_no as "copyNo", campaign_no as "campaignNo", email, locale, subject, sections from campaign_report_copy join staff using (staff_id)
      where state = 'waiting' and disabled_at is null order by copy_no limit 1 for update of campaign_report_copy skip locked`);
  return rows[0] ?? null;
}

export async function noteCopy(connection: pg.Pool | pg.PoolClient, copyNo: number, state: Copy['state'], problem: string | null = null): Promise<void> {
  await connection.query('update campaign_report_copy set state = $2, problem = $3 where copy_no = $1', [copyNo, state, problem]);
}
