import { createHash } from 'node:crypto';
import { Problem } from '../../../kernel/problem.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import type { Platform } from '../../../platform/platform.ts';
import { countOfBatches } from './analytics/row-counts.ts';
import { untilNoInsertRuns } from './analytics/running-inserts.ts';
import { leaveOutErased } from './erased-facts.ts';
import { decodeFrames, type Frame } from './frame.ts';
import { insertRows } from './insert-rows.ts';
import { insertReluctantly, isRefusal } from './reluctant-insert.ts';
import { isUnapplied, markApplied, type SealedBatch } from './register.ts';
import { readPlace } from './segment-folder.ts';
import { factTables, type FactTable } from './fact-tables.ts';

/** A batch that has just been sealed, with what was sealed. */
export interface FreshBatch extends SealedBatch {
  frames: Frame[];
}

/** Takes the rows of these batches out of a table, at once for every question asked from now on. */
export const deleteBatches = (clickhouse: ClickHouse, table: FactTable, batchNos: number[]): Promise<void> =>
  clickhouse.command(`delete from ${table} where batch_no in {batchNos:Array(UInt64)}`, { batchNos });

/** Deletes the rows of an import from the disk of ClickHouse. */
export async function deleteImport(clickhouse: ClickHouse, importId: number): Promise<void> {
  for (const table of factTables) {
    await clickhouse.command(`alter table ${table} delete where import_id = {importId:UInt32} settings mutations_sync = 2`,
      { importId }, { timeoutMs: 3_600_000 });
  }
}

/** The frames of a registered batch, read from its file and checked against the register. */
export async function readBatch(folder: string, batch: SealedBatch): Promise<Frame[]> {
  const bytes = await readPlace(folder, batch);
  if (!createHash('sha256').update(bytes).digest().equals(batch.checksum)) {
    throw new Problem('collect.fact_log_damaged', { status: 500, params: { file: batch.file } });
  }
  return decodeFrames(bytes);
}

/**
 * Gives ClickHouse a batch it cannot have yet, unless someone settled it meanwhile. When this fails, what
 * ClickHouse has is in doubt: see `settleBatch`.
 */
export async function applyFresh({ clickhouse, pg }: Platform, batch: FreshBatch): Promise<void> {
  if (!(await isUnapplied(pg, batch.batchNo))) return;
  for (const frame of batch.frames) await insertRows(clickhouse, frame.table, frame.columns, frame.body);
  await markApplied(pg, [batch.batchNo]);
}

/**
 * Makes ClickHouse have a batch exactly once, whatever it has of it: complete rows stay, part of them is
 * taken out and everything put in again, without erased customers.
 */
export async function settleBatch(platform: Platform, batch: SealedBatch): Promise<void> {
  const { clickhouse } = platform;
  await untilNoInsertRuns(clickhouse);
  let frames: Frame[] | undefined;
  for (const table of factTables) {
    const expected = (batch.rowCounts[table] ?? 0) - (batch.leftOut[table] ?? 0);
    const found = (await countOfBatches(clickhouse, table, [batch.batchNo])).get(batch.batchNo) ?? 0;
    if (found === expected) continue;
    if (found > 0) await deleteBatches(clickhouse, table, [batch.batchNo]);
    frames ??= await readBatch(platform.folders.facts, batch);
    for (const frame of frames) if (frame.table === table) await insertAgain(platform, frame);
  }
  if (frames) await leaveOutErased(platform, [batch.batchNo]);
  await markApplied(platform.pg, [batch.batchNo]);
}

/** As `settleBatch` for many batches, of which nearly all are whole: one count a table tells those. */
export async function settleBatches(platform: Platform, batches: readonly SealedBatch[]): Promise<void> {
  await untilNoInsertRuns(platform.clickhouse);
  const batchNos = batches.map((batch) => batch.batchNo);
  const found = new Map<FactTable, Map<number, number>>();
  for (const table of factTables) found.set(table, await countOfBatches(platform.clickhouse, table, batchNos));
  const isWhole = ({ batchNo, rowCounts, leftOut }: SealedBatch): boolean => factTables.every((table) =>
    (found.get(table)?.get(batchNo) ?? 0) === (rowCounts[table] ?? 0) - (leftOut[table] ?? 0));
  await markApplied(platform.pg, batches.filter(isWhole).map((batch) => batch.batchNo));
  for (const batch of batches) if (!isWhole(batch)) await settleBatch(platform, batch);
}

async function insertAgain({ clickhouse, log }: Platform, frame: Frame): Promise<void> {
  try {
    await insertRows(clickhouse, frame.table, frame.columns, frame.body);
  } catch (error) {
    if (frame.table !== 'event' || !isRefusal(error)) throw error;
    const bare = await insertReluctantly(clickhouse, frame);
    log.error({ batch: frame.batchNo, events: bare }, 'ClickHouse refused properties of events; they are in it without them, and whole in the fact log');
  }
}
