import { copyImportedCustomers } from '../../../customers/public.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { totalsOfEventImport, totalsOfOrderImport } from '../analytics/import-totals.ts';
import type { ImportKind } from '../../mapping/fields.ts';
import { workingStates } from '../run-state.ts';
import { type Attempt, beginAttempt, changeAttempt, holdAttempt, type ImportRow, noteProgress, readImport } from '../store.ts';
import { collectSeldom } from './collect-seldom.ts';
import type { ImportCounts } from './counts.ts';
import type { ImportDeps } from './import-deps.ts';
import { type ImportProgress, rateOf } from './progress.ts';
import { readCustomers, writeCustomers } from './read-customers.ts';
import { type Reading, readFacts } from './read-file.ts';
import { readProducts } from './read-products.ts';
import { rejectsPath, RejectsWriter } from './rejects.ts';
import { RunReport } from './run-report.ts';
import { ImportCancelled, ImportTakenOver, isPassing, problemOf } from './stop-reasons.ts';
import type { ImportSummary } from './summary.ts';
import { undoImport } from '../undo/undo-import.ts';

/**
 * Does what is to be done for an import in its present state, to its end: reads and publishes it,
 * finishes a publishing that a crash interrupted, or nothing. Throws only what may pass, or the
 * signal's reason; the import is then begun again. A worker that was frozen and taken for dead may come back while another is at
 * the same import: of its attempt nothing is written any more, and it ends quietly.
 */
export async function runImport(deps: ImportDeps, importId: number, signal: AbortSignal): Promise<void> {
  const { pg, log } = deps.platform;
  const { state } = await readImport(pg, importId);
  if (!(workingStates as readonly string[]).includes(state)) return;
  deps.facts.demandRight();
  try {
    await runAttempt(deps, await beginAttempt(pg, importId), signal);
  } catch (error) {
    if (!(error instanceof ImportTakenOver)) throw error;
    log.warn({ err: error, importId }, 'an import goes on elsewhere');
  }
}

async function runAttempt(deps: ImportDeps, run: ImportRow, signal: AbortSignal): Promise<void> {
  if (run.state === 'publishing') return finishImport(deps, run);
  if (run.state === 'undoing') return undoImport(deps, run);
  if (run.state !== 'queued' && run.state !== 'running') return;
  if (run.cancelRequested) return endCancelled(deps, run);
  await changeAttempt(deps.platform.pg, run, { state: 'running', startedAt: new Date(), summary: null });
  try {
    await readImportFile(deps, run, signal);
  } catch (error) {
    if (error instanceof ImportTakenOver) throw error;
    if (error instanceof ImportCancelled) return endCancelled(deps, run);
    if (signal.aborted) throw signal.reason;
    if (isPassing(error)) throw error;
    return endFailed(deps, run, error);
  }
  await finishImport(deps, run);
}

const readers: Record<ImportKind, (reading: Reading) => Promise<void>> = {
  order_lines: readFacts,
  events: readFacts,
  customers: readCustomers,
  products: readProducts,
};

async function readImportFile(deps: ImportDeps, run: ImportRow, signal: AbortSignal): Promise<void> {
  const { platform } = deps;
  const { importId, mapping, uploadName } = run;
  if (!mapping || !uploadName) throw new Problem('collect.import_file_gone', { status: 409, params: { importId } });
  const rejects = new RejectsWriter(rejectsPath(platform.folders.exports, importId), run.attempt);
  const startedMs = Date.now();
  collectSeldom();
  const tell = async (counts: ImportCounts, bytesRead: number, phase: ImportProgress['phase'] = 'reading'): Promise<void> => {
    signal.throwIfAborted();
    const rate = rateOf(counts.rows, bytesRead, run.sizeBytes, startedMs, Date.now());
    const { cancelRequested } = await noteProgress(platform.pg, run,
      { phase, counts, bytesRead, bytesTotal: run.sizeBytes, ...rate, at: new Date().toISOString() });
    if (cancelRequested) throw new ImportCancelled();
  };
  const report = new RunReport(rejects, tell);
  try {
    await tell(report.counts, 0);
    const read = readers[mapping.kind];
    await read({
      deps, run, mapping, uploadName, report, signal,
      async publishing() {
        await rejects.close();
        await tell(report.counts, run.sizeBytes, 'publishing');
      },
      async decide(client, published) {
        const { cancelRequested } = await holdAttempt(client, run);
        if (cancelRequested) throw new ImportCancelled();
        await rejects.keep();
        const summary: ImportSummary = {
          counts: report.counts, faults: report.faultCounts.slice(0, 200),
          newCustomers: published.customers - published.overtaken.length, newIdentifiers: published.identifiers,
          currency: mapping.currency, seconds: (Date.now() - startedMs) / 1_000, computedAt: new Date().toISOString(),
        };
        await changeAttempt(client, run, { state: 'publishing', summary, rejectsWritten: rejects.written });
      },
    });
  } catch (error) {
    await rejects.discard();
    throw error;
  }
}

/** What follows once an import is decided; all of it may be repeated. */
async function finishImport(deps: ImportDeps, { importId, attempt }: Attempt): Promise<void> {
  const { platform } = deps;
  const { pg, clickhouse } = platform;
  const run = { ...await readImport(pg, importId), attempt };
  const { summary } = run;
  await deps.facts.settleImport(importId);
  if (!summary) throw new Error(`import ${importId} is being published without a summary`);
  const progress: ImportProgress = { phase: 'summing', counts: summary.counts, bytesRead: run.sizeBytes, bytesTotal: run.sizeBytes, rowsPerSecond: 0, secondsLeft: null, at: new Date().toISOString() };
  await changeAttempt(pg, run, { progress });
  await copyImportedCustomers(platform, importId);
  if (run.kind === 'order_lines') {
    summary.orders = await totalsOfOrderImport(clickhouse, importId);
    await deps.commerce.products.learn(importId);
    await deps.commerce.refreshSummaries('all');
  }
  if (run.kind === 'customers' && run.mapping && run.uploadName) summary.changed = await writeCustomers(deps, run, run.mapping, run.uploadName);
  if (run.kind === 'products') summary.changed = summary.counts.accepted;
  if (run.kind === 'events') summary.events = await totalsOfEventImport(clickhouse, importId);
  const finishedAt = new Date();
  summary.computedAt = finishedAt.toISOString();
  if (run.startedAt) summary.seconds = (finishedAt.getTime() - run.startedAt.getTime()) / 1_000;
  await changeAttempt(pg, run, { state: 'done', summary, finishedAt });
}

async function endCancelled({ platform }: ImportDeps, run: Attempt): Promise<void> {
  await changeAttempt(platform.pg, run, { state: 'cancelled', cancelRequested: false, progress: null, finishedAt: new Date() });
}

async function endFailed({ platform }: ImportDeps, run: Attempt, error: unknown): Promise<void> {
  platform.log.warn({ err: error, importId: run.importId }, 'an import failed');
  await changeAttempt(platform.pg, run, { state: 'failed', failure: problemOf(error), finishedAt: new Date() });
}
