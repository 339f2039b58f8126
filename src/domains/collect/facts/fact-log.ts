import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { applyFresh, deleteImport, type FreshBatch, settleBatch } from './apply.ts';
import { type BulkLoad, dropStagingTables, openBulkLoad } from './bulk-load.ts';
import { isAnotherClickHouse } from './clickhouse-identity.ts';
import { deleteFactsOf, noteErased, unfinishedErasures } from './erased-facts.ts';
import { type FactStatus, raiseDataVersion, readFactStatus } from './fact-state.ts';
import type { RowCounts } from './fact-tables.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { rebuildFacts, type RebuildProgress } from './rebuild.ts';
import { markUndone, registerBatches, registeredEnds, reserveBatchNos, type SealedBatch, unappliedBatches } from './register.ts';
import { cutTornTails, openSegmentWriter, type SegmentWriter } from './segment-folder.ts';
import { createTurns } from './turns.ts';
import { checkFacts, type FactCheck } from './verify.ts';
import { takeWriterLease, type WriterLease } from './writer-lease.ts';

/** The log of all facts and its door to ClickHouse. Reading its state works in every process; writing needs `start`. */
export interface FactLog {
  status(): Promise<FactStatus>;
  /**
   * Waits for the right to write, settles what an earlier writer left, compares the counts and repairs. When the
   * right is lost (the connection broke), it is asked for again and everything in between fails with 503.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Numbers for new batches; rows carry theirs. */
  reserve(count?: number): Promise<number[]>;
  /**
   * Seals one batch: `work` runs in a transaction and hands the batch's frames (at most one a table) to `append`;
   * they are on disk before the transaction commits, and belong to the log exactly when it does.
   * Returns what was sealed, for `apply`; null when `work` appended nothing.
   */
  seal(work: (client: pg.PoolClient, append: (frames: Frame[]) => Promise<void>) => Promise<void>): Promise<FreshBatch | null>;
  /** Gives ClickHouse a sealed batch exactly once; tries again until it succeeds or the log is stopped. */
  apply(batch: FreshBatch): Promise<void>;
  /** A load of millions of rows that counts all at once. */
  bulk(importId: number): BulkLoad;
  /** Takes an import back: its facts leave ClickHouse now and every rebuild. `work` runs in the deciding transaction. */
  undoImport(importId: number, work: (client: pg.PoolClient) => Promise<void>): Promise<void>;
  /** Deletes the facts of erased customers, now and in every rebuild. Repeating it does nothing. */
  erase(customerNos: number[]): Promise<void>;
  /** Compares counts of log and ClickHouse, repairs what differs, records the comparison. */
  check(): Promise<FactCheck>;
  rebuild(onProgress?: (progress: RebuildProgress) => void): Promise<void>;
  /** What has to be made anew after a rebuild: summaries, the copy of the customers, merge pairs. */
  onRebuilt(remake: () => Promise<void>): void;
}

interface Writing {
  lease: WriterLease;
  segments: SegmentWriter;
}

const longestPauseMs = 5_000;
const checkEveryMs = 600_000;

/** Makes the log of a deployment; nothing is touched before `start`. */
export function createFactLog(platform: Platform): FactLog {
  const { pg: pool, clickhouse, log, folders } = platform;
  const sealing = createTurns();
  const applying = createTurns();
  const remakers: (() => Promise<void>)[] = [];
  let stopping = new AbortController();
  let writing: Writing | undefined;

  const writer = (): Writing => {
    if (!writing) throw new Problem('collect.not_the_fact_writer', { status: 503, retryAfterSeconds: 1 });
    return writing;
  };
  const append = async (frames: Frame[]): Promise<FreshBatch> => {
    platform.room.demand();
    const bytes = Buffer.concat(frames.map(encodeFrame));
    const place = await writer().segments.append(bytes);
    return { ...place, ...describe(frames, bytes), frames };
  };
  const remakeDerived = async (): Promise<void> => {
    for (const remake of remakers) await remake();
  };
  const rebuild = (onProgress?: (progress: RebuildProgress) => void): Promise<void> => rebuildFacts(platform, remakeDerived, onProgress);

  const settleUnapplied = async (): Promise<void> => {
    for (const batch of await unappliedBatches(pool)) await settleBatch(platform, batch);
  };

  /** What an earlier writer left undone. */
  const settle = async (): Promise<void> => {
    await dropStagingTables(clickhouse);
    if ((await readFactStatus(pool)).state === 'rebuilding' || (await isAnotherClickHouse(platform))) await rebuild();
    await settleUnapplied();
    await deleteFactsOf(platform, await unfinishedErasures(pool));
    await checkFacts(platform, rebuild);
  };

  const begin = async (): Promise<boolean> => {
    const { signal } = stopping;
    const lease = await takeWriterLease(pool, log, signal);
    if (!lease) return false;
    await cutTornTails(folders.facts, await registeredEnds(pool));
    writing = { lease, segments: openSegmentWriter(folders.facts, lease.epoch) };
    void lease.lost.then(async () => {
      log.error('the right to write the fact log was lost; asking for it again');
      await writing?.segments.close().catch(() => {});
      writing = undefined;
      await begin().catch((error: unknown) => log.error({ err: error }, 'the fact log could not be taken up again'));
    });
    await applying(() => untilDone(settle, signal, log, 'the fact log could not be settled'));
    void keepChecking(lease, signal);
    return true;
  };

  /** Compares again from time to time, for as long as this process is the writer. */
  const keepChecking = async (lease: WriterLease, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await sleep(checkEveryMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted || writing?.lease !== lease) return;
      await applying(() => checkFacts(platform, rebuild)).catch((error: unknown) => log.error({ err: error }, 'log and ClickHouse could not be compared'));
    }
  };

  return {
    status: () => readFactStatus(pool),
    async start() {
      stopping = new AbortController();
      await begin();
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled([sealing(async () => {}), applying(async () => {})]);
      await writing?.segments.close();
      await writing?.lease.release();
      writing = undefined;
    },
    reserve: (count = 1) => reserveBatchNos(pool, count),
    seal: (work) => sealing(async () => {
      const { segments, lease } = writer();
      let sealed: FreshBatch | null = null;
      try {
        await inTransaction(pool, (client) => work(client, async (frames) => {
          if (frames.length === 0) return;
          sealed = await append(frames);
          await segments.sync();
          await registerBatches(client, lease.epoch, [sealed]);
        }));
      } catch (error) {
        // The connection may have broken after the commit: then the batch belongs to the log.
        if (sealed) await applying(() => settleUnapplied());
        throw error;
      }
      return sealed;
    }),
    apply: (batch) => applying(async () => {
      let fresh = true;
      await untilDone(async () => {
        if (!fresh) return settleBatch(platform, batch);
        fresh = false;
        await applyFresh(platform, batch);
      }, stopping.signal, log, 'a batch could not be given to ClickHouse');
    }),
    bulk: (importId) => openBulkLoad(platform, {
      append,
      sync: () => writer().segments.sync(),
      register: (client, batches) => registerBatches(client, writer().lease.epoch, batches),
      applying,
    }, importId),
    undoImport: (importId, work) => applying(async () => {
      const { lease } = writer();
      await inTransaction(pool, async (client) => {
        await registerBatches(client, lease.epoch, []);
        await markUndone(client, importId);
        await work(client);
      });
      await deleteImport(clickhouse, importId);
      await raiseDataVersion(pool);
    }),
    erase: (customerNos) => sealing(() => applying(async () => {
      writer();
      const fresh = await noteErased(pool, customerNos);
      await settleUnapplied();
      await deleteFactsOf(platform, fresh);
      await raiseDataVersion(pool);
    })),
    check: () => applying(() => checkFacts(platform, rebuild)),
    rebuild: (onProgress) => applying(() => rebuild(onProgress)),
    onRebuilt: (remake) => void remakers.push(remake),
  };
}

function describe(frames: Frame[], bytes: Buffer): Omit<SealedBatch, 'file' | 'byteOffset' | 'byteLength'> {
  const rowCounts: RowCounts = {};
  for (const { table, rowCount } of frames) rowCounts[table] = (rowCounts[table] ?? 0) + rowCount;
  const [{ batchNo, importId }] = frames;
  return { batchNo, importId, rowCounts, leftOut: {}, checksum: createHash('sha256').update(bytes).digest() };
}

/** Tries until it works, with growing pauses; gives up when `signal` says so, leaving the rest to the next start. */
async function untilDone(work: () => Promise<void>, signal: AbortSignal, log: Platform['log'], complaint: string): Promise<void> {
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      log.error({ err: error }, complaint);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}
