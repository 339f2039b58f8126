import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { MessagingDoors } from '../../part.ts';
import { tellOfMessages, type Told } from '../facts/tell-of-messages.ts';
import { createGather } from '../handing/gather.ts';

const touchesAtOnce = 1_000;
/** Beyond so many that wait, what is seen is not written down: whoever follows a link comes where they want to. */
const waitingMost = 20_000;
/** What was seen lately is known without asking: a link that is followed a thousand times a second is one. */
const lateMost = 50_000;
/** Nobody waits longer for a store that is slow. */
const patienceMs = 300;

/** Writes down that links were followed and messages opened, many at a time. */
export interface Touches {
  /** Resolves when it is on disk, or shortly. */
  note(told: Told): Promise<void>;
}

export function createTouches({ pg: pool, log }: Platform, tell: MessagingDoors['facts']['tell']): Touches {
  const late = new Set<string>();
  let waiting = 0;
  const write = createGather((told: readonly Told[]) => inTransaction(pool, (client) => tellOfMessages(client, tell, told)), touchesAtOnce);
  const keep = async (told: Told, key: string): Promise<void> => {
    waiting++;
    try {
      // What a program opened so soon, a person may still open.
      if ((await write(told)).kind === told.kind) late.add(key);
      if (late.size > lateMost) late.delete(late.values().next().value as string);
    } catch (error) {
      log.warn({ err: error }, 'what was seen of messages could not be written down');
    } finally {
      waiting--;
    }
  };
  return {
    async note(told) {
      const { kind, position = '', message: { runNo, customerNo, occasion } } = told;
      const key = `${kind} ${position} ${runNo} ${customerNo} ${occasion}`;
      if (late.has(key) || waiting >= waitingMost) return;
      await Promise.race([keep(told, key), sleep(patienceMs, undefined, { ref: false })]);
    },
  };
}
