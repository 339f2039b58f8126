import type pg from 'pg';
import { type ProgrammeDefinition, programmeDefinition } from '../../contract/programme.ts';

export type Connection = pg.Pool | pg.PoolClient;

/** A version as it is stored. */
export interface VersionRow {
  versionNo: number;
  definition: ProgrammeDefinition;
  state: 'draft' | 'waiting' | 'published' | 'withdrawn';
  startsAt: Date | null;
  note: string;
  revision: number;
  editedBy: string;
  editedById: number | null;
  editedAt: Date;
  publishedBy: string | null;
  publishedById: number | null;
  publishedAt: Date | null;
  approvedBy: string | null;
  withdrawnBy: string | null;
  reason: string;
}

const columns = `version_no as "versionNo", definition, state, starts_at as "startsAt", note, revision, edited_by as "editedBy", edited_by_id as "editedById", edited_at as "editedAt",
  published_by as "publishedBy", published_by_id as "publishedById", published_at as "publishedAt", approved_by as "approvedBy", withdrawn_by as "withdrawnBy", reason`;

async function read(connection: Connection, sql: string, values: unknown[] = []): Promise<VersionRow[]> {
  const { rows } = await connection.query<VersionRow>(sql, values);
  return rows.map((row) => ({ ...row, definition: programmeDefinition.parse(row.definition) }));
}

/** Changes of the programme go one after the other: each is judged by what the others left. */
export async function lockProgramme(client: pg.PoolClient): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext('membership.programme'))");
}

export const findVersion = async (connection: Connection, versionNo: number): Promise<VersionRow | undefined> =>
  (await read(connection, `select ${columns} from programme_version where version_no = $1`, [versionNo])).at(0);

/** Drafts and what waits first, then by their start, the latest first. */
export async function readVersionPage(connection: Connection, limit: number, offset: number): Promise<{ rows: VersionRow[]; total: number }> {
  const rows = await read(connection, `select ${columns} from programme_version order by state in ('draft', 'waiting') desc, starts_at desc nulls first, version_no desc limit $1 offset $2`, [limit, offset]);
  const { rows: [{ total }] } = await connection.query<{ total: number }>('select count(*)::int as total from programme_version');
  return { rows, total };
}

/** Versions that are or would be promised, by their start. */
export const readPromised = (connection: Connection): Promise<VersionRow[]> => read(connection, `select ${columns} from programme_version where state in ('waiting', 'published') order by starts_at`);

/** Whether anybody is, or was, a member, or grew: then there is something that a version of the past would change. */
export async function hasMembers(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ has: boolean }>('select exists (select from member) or exists (select from growth_entry) as has');
  return rows[0].has;
}

export interface Editor {
  name: string;
  /** Null for whoever is no person with an account. */
  staffId: number | null;
}

export async function insertDraft(client: Connection, definition: ProgrammeDefinition, note: string, by: Editor, now: Date): Promise<VersionRow> {
  const [row] = await read(client, `insert into programme_version (definition, state, note, edited_by, edited_by_id, edited_at) values ($1, 'draft', $2, $3, $4, $5) returning ${columns}`,
    [definition, note, by.name, by.staffId, now]);
  return row;
}

const change = async (client: Connection, assignments: string, values: unknown[]): Promise<VersionRow> =>
  (await read(client, `update programme_version set ${assignments} where version_no = $1 returning ${columns}`, values))[0];

/** A change of a draft. What was asked of a second person is not asked any more: it would be of something else. */
export const updateDraft = (client: Connection, versionNo: number, definition: ProgrammeDefinition, note: string, by: Editor, now: Date): Promise<VersionRow> =>
  change(client, `definition = $2, note = $3, edited_by = $4, edited_by_id = $5, edited_at = $6, revision = revision + 1, state = 'draft', starts_at = null, published_by = null, published_by_id = null, reason = ''`,
    [versionNo, definition, note, by.name, by.staffId, now]);

export async function deleteVersion(client: Connection, versionNo: number): Promise<void> {
  await client.query('delete from programme_version where version_no = $1', [versionNo]);
}

/** Publishes, or notes for whose approval it waits. */
export const setPublication = (client: Connection, versionNo: number, startsAt: Date, by: Editor, publishedAt: Date | null): Promise<VersionRow> =>
  change(client, `state = case when $5::timestamptz is null then 'waiting' else 'published' end, starts_at = $2, published_by = $3, published_by_id = $4, published_at = $5, reason = ''`,
    [versionNo, startsAt, by.name, by.staffId, publishedAt]);

export const setApproved = (client: Connection, versionNo: number, by: Editor, now: Date): Promise<VersionRow> =>
  change(client, `state = 'published', published_at = $4, approved_at = $4, approved_by = $2, approved_by_id = $3`, [versionNo, by.name, by.staffId, now]);

/** Back to a draft, with why. */
export const setRefused = (client: Connection, versionNo: number, reason: string): Promise<VersionRow> =>
  change(client, `state = 'draft', starts_at = null, published_by = null, published_by_id = null, reason = $2`, [versionNo, reason]);

export const setWithdrawn = (client: Connection, versionNo: number, by: Editor, reason: string, now: Date): Promise<VersionRow> =>
  change(client, `state = 'withdrawn', withdrawn_by = $2, withdrawn_at = $3, reason = $4`, [versionNo, by.name, now, reason]);
