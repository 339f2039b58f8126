import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../test/harness.ts';
import { migrate } from '../connect.ts';
import { createLog } from '../log.ts';
import { readMigrations } from '../migrations.ts';
import { beginAnewIfDamaged, saysDamaged } from './damage.ts';
import { gated } from './gate.ts';

describe('a ClickHouse that has lost something', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const log = createLog('fatal');
  const identity = async (): Promise<unknown> => test.platform.clickhouse.rows('select uuid from system.databases where name = currentDatabase()');

  it('is left alone while every table is there', async () => {
    const before = await identity();
    await beginAnewIfDamaged(test.platform.clickhouse, readMigrations(join(import.meta.dirname, '../../../migrations/clickhouse')), log);
    expect(await identity()).toEqual(before);
  });

  it('is emptied and another one when a table is gone, and whole again after migrating', async () => {
    const { clickhouse } = test.platform;
    const before = await identity();
    await clickhouse.insertRows('merge_pair', [{ absorbed_no: 1, survivor_no: 2, version: 1 }]);
    await clickhouse.command('drop table event sync');
    await migrate(test.connections, log);
    expect(await identity()).not.toEqual(before);
    expect(await clickhouse.rows('select (select count() from event) as events, (select count() from merge_pair) as pairs')).toEqual([{ events: '0', pairs: '0' }]);
  });

  it.each([
    ['Code: 62. DB::Exception: Empty query: while loading database `perennial` from file metadata/perennial.sql. (SYNTAX_ERROR)', true],
    ['Code: 241. DB::Exception: (total) memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)', false],
    ['Code: 243. DB::Exception: No space left on device. (NOT_ENOUGH_SPACE)', false],
    ['', false],
  ])('is told from one that lacks room or memory: %s', (words, damaged) => {
    expect(saysDamaged(words)).toBe(damaged);
  });

  it('answers nothing behind a closed gate', async () => {
    let open = false;
    const behind = gated(test.platform.clickhouse, async () => {
      if (!open) throw new Error('closed');
    });
    await expect(behind.rows('select 1 as n')).rejects.toThrow('closed');
    await expect(behind.command('select 1')).rejects.toThrow('closed');
    await expect(behind.stream('select 1 as n')[Symbol.asyncIterator]().next()).rejects.toThrow('closed');
    open = true;
    await expect(behind.rows('select 1 as n')).resolves.toEqual([{ n: 1 }]);
  });
});
