import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../test/harness.ts';
import { unlessBroken } from './broken-answer.ts';

/** Fails when most of the answer has been sent. */
const failsLate = 'select throwIf(number = 800000) as fails, number as n from numbers(1000000)';

describe('an answer that breaks off', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it.each(['reader', 'clickhouse'] as const)('is an error, never a short list, by %s', async (door) => {
    const { [door]: clickhouse } = test.platform;
    await expect(clickhouse.rows(failsLate)).rejects.toThrow(/throwIf/);
    for (const format of ['RowBinary', 'Native', 'TabSeparated'] as const) {
      await expect(Array.fromAsync(clickhouse.bytes(failsLate, format)), format).rejects.toMatchObject({ code: '395', message: expect.stringContaining('throwIf') });
    }
    await expect(Array.fromAsync(clickhouse.stream(failsLate))).rejects.toThrow(/throwIf/);
  });

  it('is told from a whole one wherever it was cut on its way', async () => {
    const whole = Buffer.from(`${'x'.repeat(40_000)}__exception__\r\nothertag\r\n`);
    const broken = Buffer.concat([whole, Buffer.from('\r\n__exception__\r\nsometag\r\nCode: 243. DB::Exception: no room\n33 sometag\r\n__exception__\r\n')]);
    for (const size of [1, 7, 4_096, 100_000]) {
      const cut = async function* (all: Buffer) {
        for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
      };
      expect(Buffer.concat(await Array.fromAsync(unlessBroken(cut(whole), 'sometag'))).equals(whole)).toBe(true);
      await expect(Array.fromAsync(unlessBroken(cut(broken), 'sometag'))).rejects.toMatchObject({ code: '243', message: expect.stringContaining('no room') });
    }
  });

  it('is nothing where there is nothing', async () => {
    expect(await Array.fromAsync(test.platform.reader.bytes('select 1 where 0', 'RowBinary'))).toEqual([]);
  });
});
