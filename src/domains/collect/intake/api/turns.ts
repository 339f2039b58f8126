/** Shares the program's one thread between trackers, and leaves most of it to whoever else asks for something. */
export interface Turns {
  /** Does work when it is this key's turn. Rejects with what `work` throws. */
  run<T>(key: number, work: () => T): Promise<T>;
}

/** After so long at a stretch others are heard: a page needs a handful of rounds, each as long as this. */
const sliceMs = 2;

/**
 * Keys take turns, one piece of work each, so that one which sends much waits for itself and not the others for it.
 * Between slices of work the event loop comes round: requests for pages are answered however much is waiting here.
 */
export function createTurns(nowMs: () => number = () => performance.now()): Turns {
  const waiting = new Map<number, (() => void)[]>();
  let isScheduled = false;

  const next = (): (() => void) | undefined => {
    for (const [key, queue] of waiting) {
      const work = queue.shift();
      // To the end of the row: a map keeps the order in which keys were put in.
      waiting.delete(key);
      if (queue.length > 0) waiting.set(key, queue);
      return work;
    }
    return undefined;
  };
  const slice = (): void => {
    const untilMs = nowMs() + sliceMs;
    do next()?.(); while (waiting.size > 0 && nowMs() < untilMs);
    isScheduled = waiting.size > 0;
    if (isScheduled) setImmediate(slice);
  };
  return {
    run: (key, work) => new Promise((resolve, reject) => {
      const queue = waiting.get(key) ?? [];
      if (queue.length === 0) waiting.set(key, queue);
      queue.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error as Error);
        }
      });
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(slice);
    }),
  };
}
