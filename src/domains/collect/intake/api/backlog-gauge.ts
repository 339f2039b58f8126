import type pg from 'pg';
import { readBacklog } from './intake-log.ts';

const freshForMs = 500;

/** Knows, roughly and at once, how many acknowledged events wait to become facts. */
export interface BacklogGauge {
  events(): Promise<number>;
  /** Counts events acknowledged by this process since the table was last asked. */
  add(events: number): void;
}

export function createBacklogGauge(pool: pg.Pool): BacklogGauge {
  let known = 0;
  let since = 0;
  let readAtMs = -Infinity;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    const countedBefore = since;
    known = (await readBacklog(pool)).events;
    // What was acknowledged while the table was read may be counted twice until the next time: never too little.
    since -= countedBefore;
    readAtMs = performance.now();
  };
  return {
    async events() {
      if (performance.now() - readAtMs > freshForMs && !reading) {
        reading = read().finally(() => (reading = undefined));
        // Only the first question has to wait; later ones are answered by what was known half a second ago.
        if (readAtMs === -Infinity) await reading;
        else reading.catch(() => {});
      }
      return known + since;
    },
    add(events) {
      since += events;
    },
  };
}
