/** How many bytes of requests are being taken in, by key. */
export interface SharedRoom {
  /** Takes room for a request; null when there is none for this key. The function given gives it back. */
  take(key: number, bytes: number): (() => void) | null;
}

/**
 * Room for `most` bytes, shared by keys: each may hold as much as is still free. So one key alone gets a half, two a third each,
 * and there is always room for one that sends little, however much the others send (Choudhury and Hahne, dynamic thresholds).
 */
export function createSharedRoom(most: number): SharedRoom {
  const held = new Map<number, number>();
  let inAll = 0;
  return {
    take(key, bytes) {
      const own = held.get(key) ?? 0;
      // What holds nothing may have all that is free: a single request is not refused for its size alone.
      if (inAll + bytes > most || (own > 0 && own + bytes > most - inAll)) return null;
      held.set(key, own + bytes);
      inAll += bytes;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        inAll -= bytes;
        const left = (held.get(key) ?? 0) - bytes;
        if (left > 0) held.set(key, left);
        else held.delete(key);
      };
    },
  };
}
