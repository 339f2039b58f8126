import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { createRebuildGate, doubtClickHouse } from './doubt.ts';
import { eventRows } from './event-rows.ts';
import { createFactLog, type FactLog } from './fact-log.ts';
import { makeFrame } from './frame.ts';

describe('a fact log that lost something', () => {
  let test: TestPlatform;
  let facts: FactLog;
  beforeEach(async () => {
    test = await createTestPlatform();
    facts = createFactLog(test.platform);
    await facts.start();
  });
  afterEach(async () => {
    await facts.stop();
    await test.close();
  });

  async function addEvents(count: number): Promise<void> {
    const [batchNo] = await facts.reserve();
    const events = eventRows(batchNo);
    for (let i = 0; i < count; i++) {
      events.add({ eventId: Buffer.alloc(16, i + 1), customerNo: i + 1, occurredAtMs: 1_772_352_000_000, receivedAtMs: 1_772_352_000_001, kind: 'track', name: 'n', properties: '{}', channel: '', source: '' });
    }
    const batch = await facts.seal(async (_client, append) => append([await makeFrame(batchNo, 0, events)]));
    if (batch) await facts.apply(batch);
  }
  const events = async (): Promise<unknown> => test.platform.clickhouse.rows('select count() as n from event');
  const files = (): string[] => readdirSync(test.platform.folders.facts).filter((name) => name.includes('.facts')).sort();

  it('throws nothing of ClickHouse away when a file of it is missing', async () => {
    await addEvents(3);
    const [file] = files();
    const path = join(test.platform.folders.facts, file);
    renameSync(path, `${path}.elsewhere`);
    await expect(facts.rebuild()).rejects.toMatchObject({ code: 'collect.fact_log_damaged', params: { file } });
    expect(await events()).toEqual([{ n: '3' }]);
    expect((await facts.status()).state).toBe('ready');
    renameSync(`${path}.elsewhere`, path);
    await facts.rebuild();
    expect(await events()).toEqual([{ n: '3' }]);
  });

  it('removes no file for a database that knows of none: it may be the wrong one', async () => {
    await facts.stop();
    writeFileSync(join(test.platform.folders.facts, '00000001-000001.facts'), 'of another database');
    await facts.start();
    expect(files()).toEqual(['00000001-000001.facts.unregistered']);
    rmSync(join(test.platform.folders.facts, files()[0]));
    await addEvents(1);
    expect(await events()).toEqual([{ n: '1' }]);
  });

  it('is doubted before a number is shown when ClickHouse has fewer facts, and nothing is answered until it has all', async () => {
    await addEvents(4);
    await doubtClickHouse(test.platform);
    await expect(createRebuildGate(test.platform)()).resolves.toBeUndefined();
    await test.platform.clickhouse.command('truncate table event');
    await doubtClickHouse(test.platform);
    await expect(createRebuildGate(test.platform)()).rejects.toMatchObject({ code: 'platform.analytics_rebuilding', status: 503 });
    await facts.stop();
    await facts.start();
    await expect(createRebuildGate(test.platform)()).resolves.toBeUndefined();
    expect(await events()).toEqual([{ n: '4' }]);
  });
});
