import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { applyFresh, type FreshBatch, settleBatch } from './apply.ts';
import { type BulkAttempt, type BulkLoad, openBulkLoad } from './bulk-load.ts';
import { type FactStatus, readFactStatus } from './fact-state.ts';
import { createFactWriter } from './fact-writer.ts';
import type { Frame } from './frame.ts';
import { rebuildFacts, type RebuildProgress } from './rebuild.ts';
import { registerBatches, reserveBatchNos } from './register.ts';
import { tryUntilDone } from './try-until-done.ts';
import { createTurns } from './turns.ts';
import { eraseFacts, keepChecking, settleAll, settleUnapplied, takeImportBack } from './upkeep.ts';
import { checkFacts, type FactCheck } from './verify.ts';

/** The log of all facts and its door to ClickHouse. Reading its state works in every process; writing needs `start`. */
export interface FactLog {
  status(): Promise<FactStatus>;
  /**
   * Waits for the right to write, settles what an earlier writer left, compares the counts and repairs. When the
   * right is lost (the connection broke), it is asked for again and everything in between fails with 503.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Throws 503 while this process has not the right to write. */
  demandRight(): void;
  /** Makes ClickHouse have all that an import brought, after a crash between the deciding and the moving. */
  settleImport(importId: number): Promise<void>;
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
  bulk(of: BulkAttempt): BulkLoad;
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

/** Makes the log of a deployment; nothing is touched before `start`. */
export function createFactLog(platform: Platform): FactLog {
  const { pg: pool, log } = platform;
  const sealing = createTurns();
  const applying = createTurns();
  const remakers: (() => Promise<void>)[] = [];
  const remakeDerived = async (): Promise<void> => {
    for (const remake of remakers) await remake();
  };
  const rebuild = (onProgress?: (progress: RebuildProgress) => void): Promise<void> => rebuildFacts(platform, remakeDerived, onProgress);
  const check = (): Promise<FactCheck> => applying(() => checkFacts(platform, rebuild));
  const writer = createFactWriter(platform, async (epoch) => {
    const { signal } = writer;
    await applying(() => tryUntilDone(() => settleAll(platform, rebuild), signal, log, 'the fact log could not be settled'));
    void keepChecking(platform, check, () => writer.epoch() === epoch, signal);
  });

  return {
    status: () => readFactStatus(pool),
    start: () => writer.take(),
    async stop() {
      writer.halt();
      await Promise.allSettled([sealing(async () => undefined), applying(async () => undefined)]);
      await writer.release();
    },
    demandRight: () => void writer.epoch(),
    settleImport: (importId) => applying(() => settleUnapplied(platform, importId)),
    reserve: (count = 1) => reserveBatchNos(pool, count),
    seal: (work) => sealing(async () => {
      const epoch = writer.epoch();
      let sealed: FreshBatch | null = null;
      try {
        await inTransaction(pool, (client) => work(client, async (frames) => {
          if (frames.length === 0) return;
          sealed = await writer.append(frames);
          await writer.sync();
          await registerBatches(client, epoch, [sealed]);
        }));
      } catch (error) {
        // The connection may have broken after the commit: then the batch belongs to the log.
        if (sealed) await applying(() => settleUnapplied(platform));
        throw error;
      }
      return sealed;
    }),
    apply: (batch) => applying(async () => {
      let isFresh = true;
      await tryUntilDone(async () => {
        if (!isFresh) return settleBatch(platform, batch);
        isFresh = false;
        await applyFresh(platform, batch);
      }, writer.signal, log, 'a batch could not be given to ClickHouse');
    }),
    bulk: (of) => openBulkLoad(platform, {
      append: writer.append,
      sync: writer.sync,
      register: (client, batches) => registerBatches(client, writer.epoch(), batches),
      applying,
    }, of),
    undoImport: (importId, work) => applying(() => takeImportBack(platform, writer.epoch(), importId, work)),
    erase: (customerNos) => sealing(() => applying(async () => {
      writer.epoch();
      await eraseFacts(platform, customerNos);
    })),
    check,
    rebuild: (onProgress) => applying(() => rebuild(onProgress)),
    onRebuilt: (remake) => void remakers.push(remake),
  };
}
