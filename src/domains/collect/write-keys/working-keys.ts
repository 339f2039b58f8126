import type pg from 'pg';
import { hashOfSecret } from './secret.ts';
import { markUsed, readWorkingKeys } from './store.ts';

const freshForMs = 500;
const noteUseEveryMs = 60_000;

/** Which write key a secret is, without asking the database for every request. */
export interface WorkingKeys {
  /** Resolves when a key that was revoked more than half a second ago is no longer known. */
  fresh(): Promise<void>;
  /** The number of the key; null for one that does not exist, or did not when the keys were last read. */
  find(secret: string): number | null;
}

export function createWorkingKeys(pool: pg.Pool): WorkingKeys {
  let keys = new Map<string, number>();
  /** What was found since the keys were last read: a secret is hashed twice a second, not for every request. */
  const found = new Map<string, number>();
  let readAtMs = 0;
  let reading: Promise<void> | undefined;
  const notedAtMs = new Map<number, number>();

  const read = async (): Promise<void> => {
    const startedAtMs = performance.now();
    keys = await readWorkingKeys(pool);
    found.clear();
    readAtMs = startedAtMs;
  };
  const noteUse = (writeKeyId: number): void => {
    const nowMs = performance.now();
    if (nowMs - (notedAtMs.get(writeKeyId) ?? -noteUseEveryMs) < noteUseEveryMs) return;
    notedAtMs.set(writeKeyId, nowMs);
    // Only shown to people: when it cannot be written, the event counts all the same.
    void markUsed(pool, [writeKeyId]).catch(() => {});
  };
  return {
    async fresh() {
      if (readAtMs !== 0 && performance.now() - readAtMs <= freshForMs) return;
      reading ??= read().finally(() => (reading = undefined));
      await reading;
    },
    find(secret) {
      const key = found.get(secret) ?? keys.get(hashOfSecret(secret).toString('hex'));
      if (key === undefined) return null;
      found.set(secret, key);
      noteUse(key);
      return key;
    },
  };
}
