import { setTimeout as sleep } from 'node:timers/promises';

interface Waiting<T, R> {
  item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Shares one write between all that come while the one before is under way, or within `waitMs` where that many are worth waiting for. `write`
 * answers for each, in their order.
 */
export function createGather<T, R>(write: (items: readonly T[]) => Promise<readonly R[]>, most: number, waitMs = 0): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let isWriting = false;
  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      if (waitMs > 0) await sleep(waitMs);
      const group = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const results = await write(group.map(({ item }) => item));
        group.forEach(({ resolve }, i) => resolve(results[i]));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isWriting = false;
  };
  return (item) => new Promise((resolve, reject) => {
    waiting.push({ item, resolve, reject });
    // Those who come in the same turn of the program go together.
    if (!isWriting) {
      isWriting = true;
      setImmediate(() => void writeAll());
    }
  });
}
