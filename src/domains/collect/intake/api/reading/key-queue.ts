/** What waits, shared between trackers: keys take turns, so that one which sends much waits for itself and not the others for it. */
export interface KeyQueue<T> {
  add(key: number, item: T): void;
  /** Whose turn it is; undefined when nothing waits. */
  next(): T | undefined;
}

export function createKeyQueue<T>(): KeyQueue<T> {
  const waiting = new Map<number, T[]>();
  return {
    add(key, item) {
      const queue = waiting.get(key);
      if (queue) queue.push(item);
      else waiting.set(key, [item]);
    },
    next() {
      for (const [key, queue] of waiting) {
        const item = queue.shift();
        // To the end of the row: a map keeps the order in which keys were put in.
        waiting.delete(key);
        if (queue.length > 0) waiting.set(key, queue);
        return item;
      }
      return undefined;
    },
  };
}
