import { rm } from 'node:fs/promises';
import { removeImported } from '../../../customers/public.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { customersElsewhere } from '../analytics/customers-elsewhere.ts';
import { rejectsPath } from '../run/rejects.ts';
import type { ImportDeps } from '../run/import-deps.ts';
import { changeAttempt, holdAttempt, type ImportRow } from '../store.ts';

/** Ranges of numbers one mutation names. */
const rangesAtOnce = 1_000;

/**
 * Takes a finished import back: its facts leave the log and ClickHouse, the customers it made and
 * nobody else knows of leave both stores with all that other domains hold of them, profiles of others become what they were, and totals are made
 * anew. May be repeated after a crash.
 */
export async function undoImport(deps: ImportDeps, run: ImportRow): Promise<void> {
  const { importId } = run;
  const { platform, facts, commerce } = deps;
  const { pg, clickhouse, folders } = platform;
  let { undo } = run;
  await deps.customers.profiles.undoImport(pg, importId);
  if (!undo) {
    const kept = [...await customersElsewhere(clickhouse, importId), ...await deps.customers.imported.acted(importId)];
    await facts.undoImport(importId, async (client) => {
      await holdAttempt(client, run);
      undo = await removeImported(client, importId, kept);
      await changeAttempt(client, run, { undo });
    });
  }
  await deps.customers.imported.forget(undo?.ranges ?? []);
  await forgetCustomers(clickhouse, undo?.ranges ?? []);
  await commerce.products.forget(importId);
  await commerce.refreshSummaries('all');
  // Once more for what others were still writing of them.
  await deps.customers.imported.forget(undo?.ranges ?? []);
  await rm(rejectsPath(folders.exports, importId), { force: true });
  await changeAttempt(pg, run, { state: 'undone', undoneAt: new Date(), progress: null, rejectsWritten: 0 });
}

async function forgetCustomers(clickhouse: ClickHouse, ranges: readonly [number, number][]): Promise<void> {
  for (let at = 0; at < ranges.length; at += rangesAtOnce) {
    const some = ranges.slice(at, at + rangesAtOnce);
    const params = { lows: some.map(([low]) => low), highs: some.map(([, high]) => high) };
    for (const table of ['customer', 'customer_summary']) {
      await clickhouse.command(
        `alter table ${table} delete where arrayExists((low, high) -> customer_no between low and high, {lows:Array(UInt32)}, {highs:Array(UInt32)})
         settings mutations_sync = 2`, params, { timeoutMs: 600_000 });
    }
  }
}
