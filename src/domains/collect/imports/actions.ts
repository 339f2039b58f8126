import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { planOrderLines } from '../mapping/order-lines.ts';
import { planRecords } from '../mapping/records.ts';
import { dryRunImport } from './check/dry-run.ts';
import type { DryRun } from './check/dry-run-result.ts';
import { queueImport } from './queue.ts';
import { startableStates } from './run-state.ts';
import type { ImportDeps } from './run/import-deps.ts';
import { changeImport, type ImportRow, readImport } from './store.ts';

/** A mapping that does not fit the file's columns is refused before anything is read. */
function refuseMisfit(run: ImportRow, mapping: Mapping): void {
  const { columns } = run.inspection;
  if (mapping.kind === 'order_lines') planOrderLines(mapping, columns, { now: 0 });
  else planRecords({ ...mapping, kind: mapping.kind }, columns);
}

function refuseUnlessStartable(run: ImportRow): void {
  if (!(startableStates as readonly string[]).includes(run.state)) throw conflict('collect.import_state', { state: run.state });
  if (!run.uploadName) throw conflict('collect.import_file_gone', { importId: run.importId });
}

/** Tries a mapping on the file and keeps both the mapping and what came of it. */
export async function checkWith({ platform }: ImportDeps, importId: number, mapping: Mapping): Promise<DryRun> {
  const run = await readImport(platform.pg, importId);
  refuseUnlessStartable(run);
  refuseMisfit(run, mapping);
  const dryRun = await dryRunImport(platform, run, mapping);
  await inTransaction(platform.pg, async (client) => {
    refuseUnlessStartable(await readImport(client, importId, true));
    await changeImport(client, importId, { state: 'checked', kind: mapping.kind, mapping, dryRun, failure: null });
  });
  return dryRun;
}

/** Hands an import to the worker. */
export async function start({ platform }: ImportDeps, actor: Actor, importId: number, given: Mapping | undefined): Promise<ImportRow> {
  await inTransaction(platform.pg, async (client) => {
    const run = await readImport(client, importId, true);
    refuseUnlessStartable(run);
    const mapping = given ?? run.mapping;
    if (!mapping) throw new Problem('collect.import_without_mapping', { status: 409 });
    refuseMisfit(run, mapping);
    await changeImport(client, importId, {
      state: 'queued', kind: mapping.kind, mapping, cancelRequested: false, failure: null, summary: null, progress: null, finishedAt: null,
    });
    await recordAudit(client, { actor, action: 'collect.import', subject: `import:${importId}`, details: { kind: mapping.kind, source: mapping.source } });
  });
  await queueImport(platform.jobs, importId);
  return readImport(platform.pg, importId);
}

/** Cancels an import: at once when it has not begun, otherwise as soon as the worker sees it. What is being published can only be undone. */
export async function cancel({ platform }: ImportDeps, actor: Actor, importId: number): Promise<ImportRow> {
  await inTransaction(platform.pg, async (client) => {
    const run = await readImport(client, importId, true);
    if (run.state === 'publishing') throw conflict('collect.import_is_publishing', { importId });
    const waiting = run.state === 'queued' || run.state === 'uploaded' || run.state === 'checked';
    if (!waiting && run.state !== 'running') throw conflict('collect.import_state', { state: run.state });
    await changeImport(client, importId, waiting ? { state: 'cancelled', finishedAt: new Date() } : { cancelRequested: true });
    await recordAudit(client, { actor, action: 'collect.cancel', subject: `import:${importId}` });
  });
  return readImport(platform.pg, importId);
}

/** Has the worker take a finished import back. */
export async function undo({ platform }: ImportDeps, actor: Actor, importId: number): Promise<ImportRow> {
  await inTransaction(platform.pg, async (client) => {
    const run = await readImport(client, importId, true);
    if (run.state !== 'done') throw conflict('collect.import_state', { state: run.state });
    if (run.kind === 'products') throw conflict('collect.import_not_undoable', { importId });
    await changeImport(client, importId, { state: 'undoing', undoneBy: actor.name, undo: null });
    await recordAudit(client, { actor, action: 'collect.undo', subject: `import:${importId}` });
  });
  await queueImport(platform.jobs, importId);
  return readImport(platform.pg, importId);
}

/** Removes an import's uploaded file: it holds personal data, and is not needed any more. */
export async function removeUpload({ platform }: ImportDeps, run: Pick<ImportRow, 'importId' | 'uploadName'>): Promise<void> {
  if (!run.uploadName) return;
  await rm(join(platform.folders.uploads, run.uploadName), { force: true });
  await changeImport(platform.pg, run.importId, { uploadName: null });
}
