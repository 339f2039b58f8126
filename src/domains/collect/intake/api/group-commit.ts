import type pg from 'pg';
import { commitEntries, type IntakeEntry } from './intake-log.ts';

const entriesAtOnce = 128;
const bytesAtOnce = 8 * 2 ** 20;
const commitsAtOnce = 2;

/** Shares commits between requests that come at the same time: one write to disk serves all of them. */
export interface GroupCommit {
  /** Resolves when the entry is on disk. */
  add(entry: IntakeEntry): Promise<void>;
}

interface Waiting {
  entry: IntakeEntry;
  resolve(): void;
  reject(error: unknown): void;
}

export function createGroupCommit(pool: pg.Pool): GroupCommit {
  let waiting: Waiting[] = [];
  let committing = 0;

  const takeGroup = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && count < entriesAtOnce && bytes < bytesAtOnce) bytes += waiting[count++].entry.body.length;
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  };
  const commit = async (): Promise<void> => {
    committing++;
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        await commitEntries(pool, group.map((each) => each.entry));
        for (const each of group) each.resolve();
      } catch (error) {
        for (const each of group) each.reject(error);
      }
    }
    committing--;
  };
  return {
    add: (entry) => new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (committing < commitsAtOnce) void commit();
    }),
  };
}
