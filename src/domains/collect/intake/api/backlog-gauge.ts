import type pg from 'pg';
import { readBacklogByKey } from './intake-log.ts';

const freshForMs = 500;

/** Knows, roughly and at once, how many acknowledged events wait to become facts, and whose they are. */
export interface BacklogGauge {
  /** Resolves when what is known is half a second old at most, or is being read anew. */
  fresh(): Promise<void>;
  /**
   * Whether a key has to wait. One may have four times as many events waiting as there is room left, so that one which
   * sends much stops at four fifths of `most`, and whoever sends little is let in while others are not.
   */
  isFullFor(key: number, most: number): boolean;
  /** Counts events acknowledged by this process since the table was last asked. */
  add(key: number, events: number): void;
}

export function createBacklogGauge(pool: pg.Pool): BacklogGauge {
  let known = new Map<number, number>();
  let since = new Map<number, number>();
  let readAtMs = -Infinity;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    const before = since;
    const counted = await readBacklogByKey(pool);
    // What was acknowledged while the table was read may be counted twice until the next time: never too little.
    known = counted;
    since = new Map([...since].map(([key, events]) => [key, events - (before.get(key) ?? 0)]));
    readAtMs = performance.now();
  };
  const of = (key: number): number => (known.get(key) ?? 0) + (since.get(key) ?? 0);
  return {
    async fresh() {
      if (performance.now() - readAtMs <= freshForMs || reading) return;
      reading = read().finally(() => (reading = undefined));
      // Only the first question has to wait; later ones are answered by what was known half a second ago.
      if (readAtMs === -Infinity) await reading;
      else reading.catch(() => {});
    },
    isFullFor(key, most) {
      const all = [...new Set([...known.keys(), ...since.keys()])].reduce((sum, each) => sum + of(each), 0);
      return all >= most || of(key) > 4 * (most - all);
    },
    add(key, events) {
      since = new Map(since).set(key, (since.get(key) ?? 0) + events);
    },
  };
}
