import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { createFactLog, type FactLog } from '../facts/fact-log.ts';
import { tellEvents, type ToldEvent } from './told-event.ts';
import { createToldWorker, type ToldWorker } from './told-worker.ts';

let test: TestPlatform;
let facts: FactLog;
let worker: ToldWorker;
beforeAll(async () => {
  test = await createTestPlatform();
  await test.platform.pg.query("insert into customer (customer_no, status, created_at) select n, case when n = 7 then 2 else 0 end, '2026-01-01' from generate_series(1, 30) n");
  facts = createFactLog(test.platform);
  await facts.start();
  worker = createToldWorker(test.platform, facts);
});
afterAll(async () => {
  await worker.stop();
  await facts.stop();
  await test.close();
});

const event = (name: string, n: number, customerNo = 1): ToldEvent => ({
  eventId: n.toString(16).padStart(32, '0'), customerNo, name, occurredAtMs: Date.parse('2026-06-01T00:00:00Z') + n, properties: { n }, channel: 'email', source: 'test',
});
const tell = (events: ToldEvent[]): Promise<void> => inTransaction(test.platform.pg, (client) => tellEvents(client, events));
const known = (name: string): Promise<unknown[]> => test.platform.clickhouse.rows(
  'select count() as events, uniqExact(event_id) as ids from event where name = {name:String}', { name });

describe('what the program tells itself', () => {
  it('becomes facts with the transaction that told it, and not without', async () => {
    await tell([event('Told', 1), event('Told', 2)]);
    await expect(inTransaction(test.platform.pg, async (client) => {
      await tellEvents(client, [event('Told', 3)]);
      throw new Error('changed its mind');
    })).rejects.toThrow('changed');
    await worker.drain();
    expect(await known('Told')).toEqual([{ events: '2', ids: '2' }]);
    await facts.rebuild();
    expect(await known('Told')).toEqual([{ events: '2', ids: '2' }]);
  });

  it('is nothing where it is about somebody who was erased', async () => {
    await tell([event('Erased', 10, 7)]);
    await worker.drain();
    expect(await known('Erased')).toEqual([{ events: '0', ids: '0' }]);
    expect((await test.platform.pg.query('select 1 from told_event')).rowCount).toBe(0);
  });

  it('check 36: 20 writers whose commits come up to half a second late: no event is missed, none comes twice', async () => {
    const random = seededRandom(36);
    const delays = Array.from({ length: 20 }, () => Array.from({ length: 10 }, () => random() * 500));
    worker.start();
    await Promise.all(delays.map(async (each, writer) => {
      for (const [turn, delayMs] of each.entries()) {
        await inTransaction(test.platform.pg, async (client) => {
          await tellEvents(client, Array.from({ length: 50 }, (_, i) => event('Late', 1_000 + writer * 500 + turn * 50 + i, 1 + (writer % 5))));
          await sleep(delayMs);
        });
      }
    }));
    await worker.stop();
    await worker.drain();
    expect(await known('Late')).toEqual([{ events: '10000', ids: '10000' }]);
    // Of one writer batches keep the order in which they were told.
    const turned = await test.platform.clickhouse.rows(`select count() as n from (
      select customer_no, intDiv(properties.n.:Int64 - 1000, 500) as writer, intDiv((properties.n.:Int64 - 1000) % 500, 50) as turn, max(batch_no) as b
      from event where name = 'Late' group by all) a join (
      select intDiv(properties.n.:Int64 - 1000, 500) as writer, intDiv((properties.n.:Int64 - 1000) % 500, 50) as turn, min(batch_no) as b
      from event where name = 'Late' group by all) z on a.writer = z.writer where a.turn < z.turn and a.b > z.b`, {});
    expect(turned).toEqual([{ n: '0' }]);
  });
});
