import type pg from 'pg';
import { notFound } from '../../../kernel/problem.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { ImportKind } from '../mapping/fields.ts';
import type { DryRun } from './check/dry-run-result.ts';
import type { Inspection } from './inspect/inspection.ts';
import type { ImportState } from './run-state.ts';
import type { ImportProgress } from './run/progress.ts';
import { ImportTakenOver } from './run/stop-reasons.ts';
import type { ImportSummary } from './run/summary.ts';

type Connection = pg.Pool | pg.PoolClient;

/** What the taking back of an import removed; the ranges are of customer numbers. */
export interface ImportUndo {
  customers: number;
  identifiers: number;
  ranges: [number, number][];
}

/** An import as PostgreSQL keeps it. */
export interface ImportRow {
  importId: number;
  kind: ImportKind;
  state: ImportState;
  fileName: string;
  /** Name in the folder of uploads; null once the file is removed. */
  uploadName: string | null;
  sizeBytes: number;
  contentHash: Buffer;
  inspection: Inspection;
  mapping: Mapping | null;
  dryRun: DryRun | null;
  progress: ImportProgress | null;
  summary: ImportSummary | null;
  failure: { code: string; params: Record<string, unknown> } | null;
  rejectsWritten: number;
  cancelRequested: boolean;
  /** Which attempt at it is under way. */
  attempt: number;
  createdAt: Date;
  createdBy: string;
  startedAt: Date | null;
  finishedAt: Date | null;
  undoneAt: Date | null;
  undoneBy: string | null;
  undo: ImportUndo | null;
}

const columns = `import_id as "importId", kind, state, file_name as "fileName", upload_name as "uploadName", size_bytes as "sizeBytes",
  content_hash as "contentHash", inspection, mapping, dry_run as "dryRun", progress, summary, failure, rejects_written as "rejectsWritten",
  cancel_requested as "cancelRequested", attempt, created_at as "createdAt", created_by as "createdBy", started_at as "startedAt",
  finished_at as "finishedAt", undone_at as "undoneAt", undone_by as "undoneBy", undo`;

/** The import, or a 404 `collect.import_not_found`. `lock` keeps it for the caller's transaction. */
export async function readImport(connection: Connection, importId: number, lock = false): Promise<ImportRow> {
  const { rows } = await connection.query<ImportRow>(`select ${columns} from import_run where import_id = $1 ${lock ? 'for update' : ''}`, [importId]);
  if (rows.length === 0) throw notFound('collect.import_not_found', { importId });
  return rows[0];
}

export interface NewImport {
  fileName: string;
  uploadName: string;
  sizeBytes: number;
  contentHash: Buffer;
  inspection: Inspection;
  kind: ImportKind;
  createdBy: string;
}

/** Notes an uploaded file and returns its import's number. */
export async function insertImport(connection: Connection, given: NewImport): Promise<number> {
  const { rows } = await connection.query<{ import_id: number }>(
    `insert into import_run (state, kind, file_name, upload_name, size_bytes, content_hash, inspection, created_by)
     values ('uploaded', $1, $2, $3, $4, $5, $6, $7) returning import_id`,
    [given.kind, given.fileName, given.uploadName, given.sizeBytes, given.contentHash, JSON.stringify(given.inspection), given.createdBy]);
  return rows[0].import_id;
}

/** Imports of the same content, newest first. */
export async function importsOfContent(connection: Connection, contentHash: Buffer, exceptId: number): Promise<ImportRow[]> {
  const { rows } = await connection.query<ImportRow>(
    `select ${columns} from import_run where content_hash = $1 and import_id <> $2 and state in ('queued', 'running', 'publishing', 'done')
     order by import_id desc limit 5`, [contentHash, exceptId]);
  return rows;
}

/** What may be changed of an import, by property. */
export type ImportChange = Partial<Pick<ImportRow, 'kind' | 'state' | 'uploadName' | 'mapping' | 'dryRun' | 'progress' | 'summary' | 'failure'
  | 'rejectsWritten' | 'cancelRequested' | 'startedAt' | 'finishedAt' | 'undoneAt' | 'undoneBy' | 'undo'>>;

const columnOf: Record<keyof ImportChange, string> = {
  kind: 'kind', state: 'state', uploadName: 'upload_name', mapping: 'mapping', dryRun: 'dry_run', progress: 'progress', summary: 'summary',
  failure: 'failure', rejectsWritten: 'rejects_written', cancelRequested: 'cancel_requested', startedAt: 'started_at',
  finishedAt: 'finished_at', undoneAt: 'undone_at', undoneBy: 'undone_by', undo: 'undo',
};
const jsonProperties: ReadonlySet<string> = new Set(['mapping', 'dryRun', 'progress', 'summary', 'failure', 'undo']);

/** Writes the given properties and leaves the others. */
export async function changeImport(connection: Connection, importId: number, change: ImportChange): Promise<void> {
  await update(connection, 'import_id = $1', [importId], change);
}

/** One attempt at an import. */
export type Attempt = Pick<ImportRow, 'importId' | 'attempt'>;

/** Takes an import up: from now on nothing of an earlier attempt is written any more. */
export async function beginAttempt(connection: Connection, importId: number): Promise<ImportRow> {
  const { rows } = await connection.query<ImportRow>(`update import_run set attempt = attempt + 1 where import_id = $1 returning ${columns}`, [importId]);
  if (rows.length === 0) throw notFound('collect.import_not_found', { importId });
  return rows[0];
}

/** The import, kept for the caller's transaction. Throws `ImportTakenOver` when a later attempt has begun. */
export async function holdAttempt(client: pg.PoolClient, { importId, attempt }: Attempt): Promise<ImportRow> {
  const run = await readImport(client, importId, true);
  if (run.attempt !== attempt) throw new ImportTakenOver(importId, attempt);
  return run;
}

/** Writes the given properties. Throws `ImportTakenOver` when a later attempt has begun. */
export async function changeAttempt(connection: Connection, { importId, attempt }: Attempt, change: ImportChange): Promise<void> {
  const written = await update(connection, 'import_id = $1 and attempt = $2', [importId, attempt], change);
  if (written === 0) throw new ImportTakenOver(importId, attempt);
}

async function update(connection: Connection, where: string, which: number[], change: ImportChange): Promise<number> {
  const names = Object.keys(change) as (keyof ImportChange)[];
  const values = names.map((name) => (jsonProperties.has(name) && change[name] !== null ? JSON.stringify(change[name]) : change[name]));
  const set = names.map((name, at) => `${columnOf[name]} = $${at + which.length + 1}`).join(', ');
  const { rowCount } = await connection.query(`update import_run set ${set} where ${where}`, [...which, ...values]);
  return rowCount ?? 0;
}

/** Notes how far the reading is and says whether somebody asked for its end. Throws `ImportTakenOver` when a later attempt has begun. */
export async function noteProgress(connection: Connection, { importId, attempt }: Attempt, progress: ImportProgress): Promise<{ cancelRequested: boolean }> {
  const { rows } = await connection.query<{ cancel_requested: boolean }>(
    'update import_run set progress = $3 where import_id = $1 and attempt = $2 returning cancel_requested', [importId, attempt, JSON.stringify(progress)]);
  if (rows.length === 0) throw new ImportTakenOver(importId, attempt);
  return { cancelRequested: rows[0].cancel_requested };
}

/** A page of imports, newest first, and how many there are. */
export async function pageOfImports(connection: Connection, given: { page: number; pageSize: number; kind?: string; state?: string; q?: string }):
Promise<{ rows: ImportRow[]; total: number }> {
  const where = "($1::text is null or kind = $1) and ($2::text is null or state = $2) and ($3::text is null or strpos(lower(file_name), lower($3)) > 0)";
  const values = [given.kind ?? null, given.state ?? null, given.q || null];
  const { rows } = await connection.query<ImportRow>(`select ${columns} from import_run where ${where} order by import_id desc limit $4 offset $5`,
    [...values, given.pageSize, (given.page - 1) * given.pageSize]);
  const counted = await connection.query<{ n: number }>(`select count(*) as n from import_run where ${where}`, values);
  return { rows, total: counted.rows[0].n };
}

/** Imports in which the worker has something to do. */
export async function importsInStates(connection: Connection, states: readonly ImportState[]): Promise<number[]> {
  const { rows } = await connection.query<{ import_id: number }>('select import_id from import_run where state = any($1) order by import_id', [states]);
  return rows.map((row) => row.import_id);
}

/** Imports whose uploaded file has not been needed since `before`. */
export async function staleUploads(connection: Connection, before: Date): Promise<{ importId: number; uploadName: string }[]> {
  const { rows } = await connection.query<{ importId: number; uploadName: string }>(
    `select import_id as "importId", upload_name as "uploadName" from import_run
     where upload_name is not null and state not in ('queued', 'running', 'publishing') and coalesce(finished_at, created_at) < $1`, [before]);
  return rows;
}
