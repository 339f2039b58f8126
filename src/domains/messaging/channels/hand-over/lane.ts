import type { Adapter } from '../adapters/adapter.ts';
import type { OpenAccount } from '../accounts/store.ts';
import type { Health } from './breaker.ts';
import type { Pace } from './pace.ts';

/** An account in use by this process. */
export interface Lane {
  account: OpenAccount;
  adapter: Adapter;
  /** Within what its addresses are valid; null where it reaches any address of its channel. */
  addressSpace: string | null;
  health: Health;
  pace: Pace;
  atOnce: number;
  /** Until when its day is known to be full. */
  fullUntil: Date | null;
  /** Of messages that are noted and have not left yet. */
  ahead: Places;
  /** Of messages that are with the provider. */
  places: Places;
}

/** So many at once, and the others in their turn. */
export interface Places {
  enter(): Promise<void>;
  leave(): void;
}

export function createPlaces(most: number): Places {
  let free = most;
  const waiting: (() => void)[] = [];
  return {
    enter: () => new Promise((entered) => {
      if (free > 0) {
        free--;
        entered();
      } else waiting.push(entered);
    }),
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free++;
    },
  };
}
