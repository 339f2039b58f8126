import type { Locale } from '../../../kernel/locale.ts';
import type { Actor } from '../../../kernel/actor.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { ImportListRow, ImportView } from './contract.ts';
import { cellsFor, maskedDryRun } from './inspect/masking.ts';
import type { ImportRow } from './store.ts';

const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

/** An import as a line of the list. */
export function listRow(run: ImportRow): ImportListRow {
  const counts = run.summary?.counts ?? run.progress?.counts ?? null;
  return {
    importId: run.importId,
    kind: run.kind,
    state: run.state,
    fileName: run.fileName,
    sizeBytes: run.sizeBytes,
    rows: counts?.rows ?? null,
    rejected: counts?.rejected ?? null,
    createdAt: run.createdAt.toISOString(),
    createdBy: run.createdBy,
    finishedAt: moment(run.finishedAt),
  };
}

/** An import with all that is known of it, as this person may see it, in their language. */
export function importView(run: ImportRow, say: Say, actor: Actor): ImportView {
  return {
    ...listRow(run),
    startedAt: moment(run.startedAt),
    undoneAt: moment(run.undoneAt),
    undoneBy: run.undoneBy,
    cancelRequested: run.cancelRequested,
    inspection: run.inspection,
    mapping: run.mapping,
    dryRun: run.dryRun && maskedDryRun(run.dryRun, run.inspection.columns, cellsFor(actor, run.mapping)),
    progress: run.progress,
    summary: run.summary,
    failure: run.failure && { code: run.failure.code, sentence: failureSentence(run.failure, say, actor.locale) },
    rejectsWritten: run.rejectsWritten,
    hasFile: run.uploadName !== null,
  };
}

function failureSentence({ code, params }: NonNullable<ImportRow['failure']>, say: Say, locale: Locale): string {
  const [namespace, ...rest] = code.split('.');
  return say(locale, namespace, `problem.${rest.join('.')}`, params);
}
