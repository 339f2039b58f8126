import type { Platform } from '../../../platform/platform.ts';
import { readBatch } from './apply.ts';
import { adoptClickHouse } from './clickhouse-identity.ts';
import { leaveOutErased } from './erased-facts.ts';
import { factTables, type FactTable } from './fact-tables.ts';
import { writeFactState } from './fact-state.ts';
import { insertRows } from './insert-rows.ts';
import { batchesAfter, markApplied, registeredEnds } from './register.ts';
import { demandFiles } from './segment-folder.ts';

const batchesAtOnce = 200;
const rowsAtOnce = 400_000;

/** How far a rebuild is, in rows of the fact log. */
export interface RebuildProgress {
  done: number;
  total: number;
}

/**
 * Makes the fact tables of ClickHouse anew from the segment files, without imports that were taken back and
 * without erased customers; then `remakeDerived` makes what is computed from facts or copied from PostgreSQL.
 * Until it ends the state is `rebuilding`, and a start after a crash begins it again.
 */
export async function rebuildFacts(
  platform: Platform,
  remakeDerived: () => Promise<void>,
  onProgress: (progress: RebuildProgress) => void = () => {},
): Promise<void> {
  const { pg, clickhouse } = platform;
  // Before anything is thrown away.
  await demandFiles(platform.folders.facts, await registeredEnds(pg));
  await writeFactState(pg, 'rebuilding');
  for (const table of factTables) await clickhouse.command(`truncate table ${table}`, {}, { timeoutMs: 600_000 });
  const replayed = await replay(platform, onProgress);
  await leaveOutErased(platform, 'all');
  // Only what was replayed: a batch sealed meanwhile waits for its own turn.
  await markApplied(pg, replayed);
  await remakeDerived();
  await adoptClickHouse(platform);
  await writeFactState(pg, 'ready');
}

interface Pending {
  table: FactTable;
  columns: readonly string[];
  bodies: Buffer[];
  rowCount: number;
}

async function replay(platform: Platform, onProgress: (progress: RebuildProgress) => void): Promise<number[]> {
  const total = await rowsInLog(platform);
  let done = 0;
  const waiting = new Map<string, Pending>();
  const replayed: number[] = [];
  const flush = async (key: string): Promise<void> => {
    const pending = waiting.get(key);
    if (!pending) return;
    waiting.delete(key);
    await insertRows(platform.clickhouse, pending.table, pending.columns, Buffer.concat(pending.bodies));
    done += pending.rowCount;
    onProgress({ done, total });
  };
  for (let after = { file: '', byteOffset: 0 }; ;) {
    const batches = await batchesAfter(platform.pg, after, batchesAtOnce);
    if (batches.length === 0) break;
    for (const batch of batches) {
      for (const { table, columns, body, rowCount } of await readBatch(platform.folders.facts, batch)) {
        const key = `${table}(${columns.join()})`;
        const pending = waiting.get(key) ?? { table, columns, bodies: [], rowCount: 0 };
        waiting.set(key, pending);
        pending.bodies.push(body);
        pending.rowCount += rowCount;
        if (pending.rowCount >= rowsAtOnce) await flush(key);
      }
      replayed.push(batch.batchNo);
      after = batch;
    }
  }
  for (const key of [...waiting.keys()]) await flush(key);
  return replayed;
}

async function rowsInLog({ pg }: Platform): Promise<number> {
  const sum = factTables.map((table) => `coalesce((row_counts->>'${table}')::bigint, 0)`).join(' + ');
  const { rows } = await pg.query<{ total: number }>(
    `select coalesce(sum(${sum}), 0)::bigint as total from fact_batch where undone_at is null`);
  return rows[0].total;
}
