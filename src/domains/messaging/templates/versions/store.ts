import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { type ChannelKind, type MessagePurpose, type TemplateContent, templateContent } from '../../contract.ts';

export type Connection = pg.Pool | pg.PoolClient;

export interface TemplateRow {
  templateNo: number;
  name: string;
  channel: ChannelKind;
  purpose: MessagePurpose;
  category: string;
  createdBy: string;
  createdAt: Date;
  archivedAt: Date | null;
}

export const versionStates = ['draft', 'waiting', 'approved', 'withdrawn'] as const;

/** A version as it is stored. */
export interface VersionRow {
  templateNo: number;
  versionNo: number;
  content: TemplateContent;
  note: string;
  state: (typeof versionStates)[number];
  revision: number;
  editedBy: string;
  editedById: number | null;
  editedAt: Date;
  submittedBy: string | null;
  submittedById: number | null;
  submittedAt: Date | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
  reason: string;
}

export interface Editor {
  name: string;
  /** Null for whoever is no person with an account. */
  staffId: number | null;
}
export const editorOf = ({ kind, id, name }: Actor): Editor => ({ name, staffId: kind === 'staff' ? id : null });

const templateColumns = 'template_no as "templateNo", name, channel, purpose, category, created_by as "createdBy", created_at as "createdAt", archived_at as "archivedAt"';
const versionColumns = `template_no as "templateNo", version_no as "versionNo", content, note, state, revision, edited_by as "editedBy", edited_by_id as "editedById", edited_at as "editedAt",
  submitted_by as "submittedBy", submitted_by_id as "submittedById", submitted_at as "submittedAt", approved_by as "approvedBy", approved_at as "approvedAt",
  withdrawn_by as "withdrawnBy", withdrawn_at as "withdrawnAt", reason`;

export async function findTemplate(connection: Connection, templateNo: number, forUpdate = false): Promise<TemplateRow | undefined> {
  const { rows } = await connection.query<TemplateRow>(`select ${templateColumns} from message_template where template_no = $1 ${forUpdate ? 'for update' : ''}`, [templateNo]);
  return rows[0];
}

export async function insertTemplate(client: pg.PoolClient, { name, channel, purpose, category }: Pick<TemplateRow, 'name' | 'channel' | 'purpose' | 'category'>, by: Editor, now: Date): Promise<TemplateRow> {
  const { rows } = await client.query<TemplateRow>(
    `insert into message_template (name, channel, purpose, category, created_by, created_at) values ($1, $2, $3, $4, $5, $6) returning ${templateColumns}`,
    [name, channel, purpose, category, by.name, now]);
  return rows[0];
}

export async function updateTemplate(client: pg.PoolClient, templateNo: number, { name, category }: { name: string; category: string }): Promise<void> {
  await client.query('update message_template set name = $2, category = $3 where template_no = $1', [templateNo, name, category]);
}

export async function setArchived(client: pg.PoolClient, templateNo: number, at: Date | null): Promise<void> {
  await client.query('update message_template set archived_at = $2 where template_no = $1', [templateNo, at]);
}

async function readVersions(connection: Connection, sql: string, values: unknown[]): Promise<VersionRow[]> {
  const { rows } = await connection.query<VersionRow>(sql, values);
  return rows.map((row) => ({ ...row, content: templateContent.parse(row.content) }));
}

/** All versions of a template, the newest first. */
export const versionsOf = (connection: Connection, templateNo: number): Promise<VersionRow[]> =>
  readVersions(connection, `select ${versionColumns} from message_template_version where template_no = $1 order by version_no desc`, [templateNo]);

export const findVersion = async (connection: Connection, templateNo: number, versionNo: number): Promise<VersionRow | undefined> =>
  (await readVersions(connection, `select ${versionColumns} from message_template_version where template_no = $1 and version_no = $2`, [templateNo, versionNo])).at(0);

export async function insertDraft(client: pg.PoolClient, templateNo: number, content: TemplateContent, note: string, by: Editor, now: Date): Promise<VersionRow> {
  const [row] = await readVersions(client,
    `insert into message_template_version (template_no, version_no, content, note, state, edited_by, edited_by_id, edited_at)
      select $1, coalesce(max(version_no), 0) + 1, $2, $3, 'draft', $4, $5, $6 from message_template_version where template_no = $1 returning ${versionColumns}`,
    [templateNo, content, note, by.name, by.staffId, now]);
  return row;
}

const change = async (client: pg.PoolClient, { templateNo, versionNo }: VersionRow, assignments: string, values: unknown[]): Promise<VersionRow> =>
  (await readVersions(client, `update message_template_version set ${assignments} where template_no = $1 and version_no = $2 returning ${versionColumns}`, [templateNo, versionNo, ...values]))[0];

/** A change of a draft. What was asked of a second person is not asked any more: it would be of something else. */
export const updateDraft = (client: pg.PoolClient, row: VersionRow, content: TemplateContent, note: string, by: Editor, now: Date): Promise<VersionRow> =>
  change(client, row, `content = $3, note = $4, edited_by = $5, edited_by_id = $6, edited_at = $7, revision = revision + 1, state = 'draft', submitted_by = null, submitted_by_id = null, submitted_at = null, reason = ''`,
    [content, note, by.name, by.staffId, now]);
export const setSubmitted = (client: pg.PoolClient, row: VersionRow, by: Editor, now: Date): Promise<VersionRow> =>
  change(client, row, `state = 'waiting', submitted_by = $3, submitted_by_id = $4, submitted_at = $5, reason = ''`, [by.name, by.staffId, now]);
export const setApproved = (client: pg.PoolClient, row: VersionRow, by: Editor, now: Date): Promise<VersionRow> =>
  change(client, row, `state = 'approved', approved_by = $3, approved_by_id = $4, approved_at = $5`, [by.name, by.staffId, now]);
/** Back to a draft, with why. */
export const setRefused = (client: pg.PoolClient, row: VersionRow, reason: string): Promise<VersionRow> =>
  change(client, row, `state = 'draft', submitted_by = null, submitted_by_id = null, submitted_at = null, reason = $3`, [reason]);
export const setWithdrawn = (client: pg.PoolClient, row: VersionRow, by: Editor, reason: string, now: Date): Promise<VersionRow> =>
  change(client, row, `state = 'withdrawn', withdrawn_by = $3, withdrawn_at = $5, reason = $4`, [by.name, reason, now]);
export async function deleteVersion(client: pg.PoolClient, { templateNo, versionNo }: VersionRow): Promise<void> {
  await client.query('delete from message_template_version where template_no = $1 and version_no = $2', [templateNo, versionNo]);
}

/** The newest approved version of a template that is in use; null where there is none. */
export async function findCurrent(connection: Connection, templateNo: number): Promise<{ versionNo: number; name: string; channel: ChannelKind; purpose: MessagePurpose; category: string } | null> {
  const { rows } = await connection.query<{ versionNo: number; name: string; channel: ChannelKind; purpose: MessagePurpose; category: string }>(
    `select version_no as "versionNo", name, channel, purpose, category from message_template_version join message_template using (template_no)
      where template_no = $1 and state = 'approved' and archived_at is null order by version_no desc limit 1`, [templateNo]);
  return rows[0] ?? null;
}
