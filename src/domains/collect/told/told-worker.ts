import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { createBackground } from '../../customers/public.ts';
import type { FactLog } from '../facts/fact-log.ts';
import { eventRows } from '../facts/event-rows.ts';
import { makeFrame } from '../facts/frame.ts';
import { eventsOfRow, readTold, type ToldRow } from './told-event.ts';

const eventsAtOnce = 50_000;
const idleMs = 200;
/** Sealed batches that ClickHouse does not have yet; beyond this, sealing waits. */
const applyingAtMost = 2;

/** Makes facts of what was told, in the process that writes facts. */
export interface ToldWorker {
  start(): void;
  stop(): Promise<void>;
  /** Works until nothing waits and everything is in ClickHouse; for tests and benchmarks. */
  drain(): Promise<void>;
}

export function createToldWorker({ pg, log, clock }: Platform, facts: FactLog): ToldWorker {
  const applying = new Set<Promise<void>>();
  /** One batch; false when nothing waited. */
  const work = async (): Promise<boolean> => {
    const rows = await readTold(pg, eventsAtOnce);
    if (rows.length === 0) return false;
    const batch = await sealTold(facts, rows, clock.now().getTime());
    if (batch) {
      // Given up only when the log stops; the next start settles it.
      const applied = facts.apply(batch).catch(() => {}).finally(() => applying.delete(applied));
      applying.add(applied);
    }
    while (applying.size > applyingAtMost) await Promise.race(applying);
    return true;
  };
  const workAll = async (): Promise<void> => {
    while (await work());
  };
  const background = createBackground('told events', workAll, idleMs, log);
  return {
    start: background.start,
    async stop() {
      await background.stop();
      await Promise.allSettled(applying);
    },
    async drain() {
      await workAll();
      await Promise.all(applying);
    },
  };
}

/** Rows leave as their events are in the fact log, or neither happens. Null when all of them were of erased people. */
async function sealTold(log: FactLog, rows: readonly ToldRow[], receivedAtMs: number): Promise<Awaited<ReturnType<FactLog['seal']>>> {
  const [batchNo] = await log.reserve();
  return log.seal(async (client, append) => {
    const { rowCount } = await client.query('delete from told_event where seq = any($1::bigint[])', [rows.map(({ seq }) => seq)]);
    if (rowCount !== rows.length) throw new Error('told events were taken by another worker');
    const events = rows.flatMap(eventsOfRow);
    const erased = await readErased(client, events.map(({ customerNo }) => customerNo));
    const facts = eventRows(batchNo);
    for (const { properties, ...event } of events) {
      if (!erased.has(event.customerNo)) facts.add({ ...event, kind: 'track', properties: JSON.stringify(properties), receivedAtMs });
    }
    if (facts.rowCount > 0) await append([await makeFrame(batchNo, 0, facts)]);
  });
}

/** An erasure runs in the turns of sealing: who is not erased now is erased with this batch, later. */
async function readErased(client: pg.PoolClient, customerNos: readonly number[]): Promise<Set<number>> {
  const { rows } = await client.query<{ no: number }>(
    'select customer_no as no from customer where customer_no = any($1::int[]) and status = 2', [[...new Set(customerNos)]]);
  return new Set(rows.map(({ no }) => no));
}
