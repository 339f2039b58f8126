import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestPlatform, type TestPlatform } from '../../test/harness.ts';
import { ask, question } from './clickhouse/query.ts';
import { canonicalNo, reloadMerges } from './clickhouse/merge-dictionary.ts';
import { migrate } from './connect.ts';
import { createLog } from './log.ts';

describe('the two stores', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('answers with parsed rows: times as ISO text, decimals and 64-bit integers exactly', async () => {
    const exact = question({
      name: 'exact',
      sql: "select toUInt64(18446744073709551615) as n, toDecimal64('12345678901234.5678', 4) as d, {at:DateTime64(3)} as at",
      params: z.object({ at: z.string() }),
      row: z.object({ n: z.string(), d: z.string(), at: z.string() }),
    });
    const rows = await ask(test.platform.clickhouse, exact, { at: '2026-03-01 00:00:00.125' });
    expect(rows).toEqual([{ n: '18446744073709551615', d: '12345678901234.5678', at: '2026-03-01T00:00:00.125Z' }]);
  });

  it('stops a question at its bound with a problem of the asker, not an error of ours', async () => {
    const slow = test.platform.clickhouse.rows('select count() from numbers(100000000000) where cityHash64(number) = 1', {}, { timeoutMs: 1_000 });
    await expect(slow).rejects.toMatchObject({ code: 'platform.query_too_slow', status: 422 });
  });

  it('hangs up on a question of a reader that does not look at its clock', async () => {
    const { reader } = test.platform;
    const ended: string[] = [];
    await Promise.all([
      reader.rows('select sleep(3)', {}, { timeoutMs: 500 }).catch((error: { code: string }) => ended.push(error.code)),
      reader.rows('select sleep(2.5)', {}, { timeoutMs: 20_000 }).then(() => ended.push('answered')),
      Array.fromAsync(reader.bytes('select sleep(3)', 'Native', {}, { timeoutMs: 500 })).catch((error: { code: string }) => ended.push(error.code)),
    ]);
    expect(ended).toEqual(['platform.query_too_slow', 'platform.query_too_slow', 'answered']);
  });

  it('lets the reader read and nothing else', async () => {
    const { reader } = test.platform;
    await expect(reader.rows('select count() as n from order_line')).resolves.toEqual([{ n: '0' }]);
    for (const sql of [
      "select * from file('/etc/passwd', 'LineAsString')",
      "select * from url('http://127.0.0.1:9/', 'CSV', 'a String')",
      "select * from remote('127.0.0.1', 'system', 'one')",
      'drop table order_line',
      "insert into merge_pair values (1, 2, 3)",
      "select 1 into outfile '/tmp/perennial-outfile'",
      'select 1; select 2',
    ]) {
      await expect(reader.rows(sql), sql).rejects.toThrow();
    }
  });

  it('counts a merged customer under the survivor, and on their own again after the merge is undone', async () => {
    const { clickhouse } = test.platform;
    const who = async () => clickhouse.rows(`select ${canonicalNo('n')} as no from (select toUInt32(7) as n)`);
    expect(await who()).toEqual([{ no: 7 }]);
    await clickhouse.insertRows('merge_pair', [{ absorbed_no: 7, survivor_no: 5, version: 1 }]);
    await reloadMerges(clickhouse);
    expect(await who()).toEqual([{ no: 5 }]);
    await clickhouse.insertRows('merge_pair', [{ absorbed_no: 7, survivor_no: 7, version: 2 }]);
    await reloadMerges(clickhouse);
    expect(await who()).toEqual([{ no: 7 }]);
  });

  it('applies migrations once although two programs start together', async () => {
    const log = createLog('fatal');
    await Promise.all([migrate(test.connections, log), migrate(test.connections, log)]);
    const { rows } = await test.platform.pg.query('select count(*) as n, count(distinct number) as d from schema_migration');
    expect(rows[0].n).toBe(rows[0].d);
  });

  it('refuses another secret than the one the database was made with', async () => {
    await expect(migrate({ ...test.connections, secret: 'f'.repeat(64) }, createLog('fatal'))).rejects.toMatchObject({ code: 'platform.secret_changed' });
  });

  it('refuses a database that a newer version has migrated', async () => {
    await test.platform.pg.query("insert into schema_migration values (9999, 'future', 'x')");
    await expect(migrate(test.connections, createLog('fatal'))).rejects.toMatchObject({ code: 'platform.schema_newer' });
  });
});
