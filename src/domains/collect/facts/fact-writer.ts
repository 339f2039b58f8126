import { createHash } from 'node:crypto';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { FreshBatch } from './apply.ts';
import type { RowCounts } from './fact-tables.ts';
import { encodeFrame, type Frame } from './frame.ts';
import { registeredEnds, type SealedBatch } from './register.ts';
import { cutTornTails, openSegmentWriter, type SegmentWriter } from './segment-folder.ts';
import { takeWriterLease, type WriterLease } from './writer-lease.ts';

/** The part of the fact log that one process in the deployment has at a time. */
export interface FactWriter {
  /** Waits for the right to write. Once it is had, and each time it is had again after it was lost, `taken` runs first. */
  take(): Promise<void>;
  /** Ends waiting and trying again; what is under way still has the right. */
  halt(): void;
  release(): Promise<void>;
  /** Aborts at `halt`. */
  readonly signal: AbortSignal;
  /** The number of this writer. Throws `collect.not_the_fact_writer` (503) while the right is not had. */
  epoch(): number;
  /** Puts frames of one batch at the end of the log; they are on disk after `sync`. */
  append(frames: Frame[]): Promise<FreshBatch>;
  sync(): Promise<void>;
}

interface Writing {
  lease: WriterLease;
  segments: SegmentWriter;
}

export function createFactWriter(platform: Platform, taken: (epoch: number) => Promise<void>): FactWriter {
  const { pg, log, folders, room } = platform;
  let stopping = new AbortController();
  let writing: Writing | undefined;

  const current = (): Writing => {
    if (!writing) throw new Problem('collect.not_the_fact_writer', { status: 503, retryAfterSeconds: 1 });
    return writing;
  };
  const begin = async (): Promise<void> => {
    const lease = await takeWriterLease(pg, log, stopping.signal);
    if (!lease) return;
    await cutTornTails(folders.facts, await registeredEnds(pg));
    writing = { lease, segments: openSegmentWriter(folders.facts, lease.epoch) };
    void lease.lost.then(beginAgain);
    await taken(lease.epoch);
  };
  const beginAgain = async (): Promise<void> => {
    log.error('the right to write the fact log was lost; asking for it again');
    await writing?.segments.close().catch(() => undefined);
    writing = undefined;
    await begin().catch((error: unknown) => log.error({ err: error }, 'the fact log could not be taken up again'));
  };
  return {
    get signal() {
      return stopping.signal;
    },
    async take() {
      stopping = new AbortController();
      await begin();
    },
    halt: () => stopping.abort(),
    async release() {
      await writing?.segments.close();
      await writing?.lease.release();
      writing = undefined;
    },
    epoch: () => current().lease.epoch,
    async append(frames) {
      room.demand();
      const bytes = Buffer.concat(frames.map(encodeFrame));
      const place = await current().segments.append(bytes);
      return { ...place, ...describe(frames, bytes), frames };
    },
    sync: () => current().segments.sync(),
  };
}

function describe(frames: Frame[], bytes: Buffer): Omit<SealedBatch, 'file' | 'byteOffset' | 'byteLength'> {
  const rowCounts: RowCounts = {};
  for (const { table, rowCount } of frames) rowCounts[table] = (rowCounts[table] ?? 0) + rowCount;
  const [{ batchNo, importId }] = frames;
  return { batchNo, importId, rowCounts, leftOut: {}, checksum: createHash('sha256').update(bytes).digest() };
}
