import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../kernel/problem.ts';
import type { Log } from './log.ts';

const mebibyte = 2 ** 20;
/** Below this much free room nothing new is taken in: the database needs some for itself. */
const floorBytes = 64 * mebibyte;
/** Kept aside for the day someone else fills the disk: signing in, reading and deleting go on with it. */
const ballastBytes = 48 * mebibyte;
const lookMs = 500;

const markOf = (dataDir: string): string => join(dataDir, 'disk-full');
const ballastOf = (dataDir: string): string => join(dataDir, 'ballast');

/** Whether new data may come in. */
export interface DiskRoom {
  /** Throws `platform.disk_full` (507) while the disk of the data folder is full. */
  demand(): void;
}

/** Knows what the process that owns the data folder found out; works in every process that has its files. */
export function readDiskRoom(dataDir: string): DiskRoom {
  const mark = markOf(dataDir);
  let full = false;
  let readAtMs = -Infinity;
  return {
    demand() {
      if (performance.now() - readAtMs > lookMs) {
        full = existsSync(mark);
        readAtMs = performance.now();
      }
      if (full) throw new Problem('platform.disk_full', { status: 507 });
    },
  };
}

/**
 * Watches the disk of a data folder until the returned function is called. When it is full the
 * ballast is given up, so that the database can go on, and a mark is set that keeps new data out;
 * when there is room again, all by itself, the ballast is laid again and the mark removed.
 */
export function watchDisk(dataDir: string, log: Log): () => void {
  const look = (): void => {
    try {
      turn(dataDir, log);
    } catch (error) {
      log.warn({ err: error }, 'the disk of the data folder could not be looked at');
    }
  };
  look();
  const timer = setInterval(look, lookMs);
  return () => clearInterval(timer);
}

/** Makes the room of the ballast free; false when there was none. */
export function giveUpBallast(dataDir: string): boolean {
  if (!existsSync(ballastOf(dataDir))) return false;
  rmSync(ballastOf(dataDir));
  return true;
}

function turn(dataDir: string, log: Log): void {
  const { bavail, bsize } = statfsSync(dataDir);
  const freeBytes = bavail * bsize;
  const isMarked = existsSync(markOf(dataDir));
  if (freeBytes < floorBytes && !isMarked) {
    giveUpBallast(dataDir);
    writeFileSync(markOf(dataDir), '', { mode: 0o600 });
    log.error({ freeBytes }, 'the disk of the data folder is full; new data is refused until there is room');
  }
  if (freeBytes > floorBytes + 2 * ballastBytes) {
    if ((statSync(ballastOf(dataDir), { throwIfNoEntry: false })?.size ?? 0) < ballastBytes) layBallast(ballastOf(dataDir));
    if (isMarked) {
      rmSync(markOf(dataDir), { force: true });
      log.warn({ freeBytes }, 'there is room on the disk again; new data is taken in');
    }
  }
}

/** Written out, because a file with holes holds no room. */
function layBallast(path: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    const block = Buffer.alloc(4 * mebibyte);
    for (let written = 0; written < ballastBytes; written += block.length) writeSync(file, block);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
