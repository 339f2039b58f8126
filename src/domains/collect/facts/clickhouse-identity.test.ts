import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { migrate } from '../../../platform/connect.ts';
import { eventRows } from './event-rows.ts';
import { createFactLog } from './fact-log.ts';
import { makeFrame } from './frame.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

/** Runs one writer from its start to its stop; answers whether it made ClickHouse anew. */
async function run(work: (facts: ReturnType<typeof createFactLog>) => Promise<void> = async () => {}): Promise<boolean> {
  const facts = createFactLog(test.platform);
  let remade = false;
  facts.onRebuilt(async () => void (remade = true));
  await facts.start();
  await work(facts);
  await facts.stop();
  return remade;
}

it('makes a ClickHouse anew that was lost, and leaves one alone that it knows', async () => {
  const { clickhouse } = test.platform;
  await run(async (facts) => {
    const [batchNo] = await facts.reserve();
    const rows = eventRows(batchNo);
    rows.add({ eventId: Buffer.alloc(16, 7), customerNo: 1, occurredAtMs: Date.UTC(2026, 2, 1), receivedAtMs: 0, kind: 'track', name: '浏览', properties: '{}', channel: '', source: '' });
    const batch = await facts.seal(async (_client, append) => append([await makeFrame(batchNo, 0, rows)]));
    if (batch) await facts.apply(batch);
  });
  expect(await run()).toBe(false);

  await clickhouse.command('drop database {name:Identifier} sync', { name: clickhouse.address.database });
  await migrate(test.connections, test.platform.log);
  expect(await clickhouse.rows('select count() as n from event')).toEqual([{ n: '0' }]);
  // What is derived is made anew too: it was lost with the facts, and counting facts would not show it.
  expect(await run()).toBe(true);
  expect(await clickhouse.rows('select count() as n from event')).toEqual([{ n: '1' }]);
  expect(await run()).toBe(false);
});
