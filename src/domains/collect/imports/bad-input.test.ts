import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';

describe('bad input', () => {
  let test: TestImports;
  beforeAll(async () => {
    test = await createTestImports();
  });
  afterAll(() => test.close());

  const head = '订单编号,用户ID,手机号,付款时间,商品名称,数量,金额';
  const good = 'N1,K1,13800138000,2025-03-01 10:00:00,乌龙茶,1,10.50';

  it.each([['gb18030'], ['utf16-le'], ['utf16-be'], ['utf-8']])('reads a file in %s', async (encoding) => {
    const text = `${head}\n${good.replace('N1', encoding)}\n`;
    const mark = encoding.startsWith('utf16') ? '\ufeff' : '';
    const done = await test.bringIn(`${encoding}.csv`, iconv.encode(mark + text, encoding));
    expect(done).toMatchObject({ state: 'done', summary: { counts: { rows: 1, accepted: 1 }, orders: { net: '10.5' } } });
    const rows = await test.platform.clickhouse.rows('select product_name from order_line where import_id = {id:UInt32}', { id: done.importId });
    expect(rows).toEqual([{ product_name: '乌龙茶' }]);
  });

  it('names the row and the column of everything that is wrong, and takes the rest', async () => {
    const file = [head,
      good,
      'N2,K2,13900139000,2025-02-30,茶,1,5',
      'N3,K2,13900139000,2025-03-01,茶,1,"5',
      'N4,K2,13900139000,2025-03-01',
      'N5,K2,13900139000,2025-03-01,茶,１,￥１２．５０',
      'N6,K2,13900139000,2125-03-01,茶,1,5',
      'N7,K2,13900139000,2025-03-01,茶,one,5',
      'N8,,138-0013-8000,2025-03-01,茶,1,5', 'N9,,+86 138 0013 8000,2025-03-01,茶,1,5', 'N10,,8613800138000,2025-03-01,茶,1,5', 'N11,,１３８００１３８０００,2025-03-01,茶,1,5',
      'N12,K4,12345,2025-03-01,茶,1,5',
      good,
    ].join('\n');
    const done = await test.bringIn('mixed.csv', `${file}\n`, (draft) => void (draft.duplicates = 'skip'));
    expect(done.summary?.counts).toMatchObject({ rows: 13, accepted: 7, rejected: 5, repeated: 1, valuesLeftOut: 1 });
    const customers = await test.platform.clickhouse.rows(
      'select count(distinct customer_no) as n from order_line where import_id = {id:UInt32} and order_id in (\'N1\', \'N8\', \'N9\', \'N10\', \'N11\')', { id: done.importId });
    expect(customers).toEqual([{ n: '1' }]);
    const lines = (await test.ask('GET', `/api/imports/${done.importId}/rejects`)).text.split('\r\n').slice(1, -1);
    const said = lines.map((line) => /^(\d+),([^,]*),/.exec(line)?.slice(1, 3));
    expect(said).toEqual(expect.arrayContaining([['3', '付款时间'], ['4', ''], ['5', ''], ['7', '付款时间'], ['8', '数量']]));
    expect(lines.join()).not.toMatch(/row\.[a-z_]+/);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'collect.file_empty'],
    ['a workbook', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('[Content_Types].xml xl/workbook.xml')]), /collect\.file_is_(spreadsheet|archive)/],
    ['a web page', Buffer.from('<!DOCTYPE html><html><table></table></html>'), 'collect.file_is_html'],
    ['a million columns', Buffer.from(`${'c,'.repeat(1_000_000)}\n1\n`), /collect\.file_(header_too_long|too_many_columns)/],
    ['a bomb', gzipSync(Buffer.alloc(300 * 2 ** 20, 97)), /collect\.file_/],
  ])('refuses %s at the upload, with its reason, quickly, and keeps nothing of it', async (_name, content, code) => {
    const before = readdirSync(test.platform.folders.uploads).length;
    const startedMs = Date.now();
    const { status, body } = await test.upload('file.csv', content);
    expect(status).toBe(422);
    expect(body.code).toMatch(code);
    expect(String(body.detail)).not.toMatch(/problem\./);
    expect(Date.now() - startedMs).toBeLessThan(30_000);
    expect(readdirSync(test.platform.folders.uploads)).toHaveLength(before);
  });

  it('stops at a bomb behind an innocent beginning and leaves nothing behind', async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => good.replace('N1', `Z${n}`)).join('\n');
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${head}\n${rows}\n`), Buffer.alloc(150 * 2 ** 20, 97)]));
    const done = await test.bringIn('innocent.csv.gz', bomb);
    expect(done).toMatchObject({ state: 'failed', failure: { code: 'collect.file_expands_too_much' } });
    const { rows: [left] } = await test.platform.pg.query('select count(*) as n from customer where import_id = $1', [done.importId]);
    expect(left.n).toBe(0);
  });

  it('treats a name that is a path as a name', async () => {
    const { body } = await test.upload('../../../../tmp/evil.csv', `${head}\n${good}\n`);
    const { body: view } = await test.ask('GET', `/api/imports/${String(body.importId)}`);
    expect(view.fileName).toBe('evil.csv');
    expect(() => readFileSync('/tmp/evil.csv')).toThrow();
  });

  it('refuses a request without a file', async () => {
    const reply = await test.server.inject({ method: 'POST', url: '/api/imports', headers: { 'x-test-permissions': 'collect.import' }, payload: {} });
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    expect(reply.statusCode).toBeLessThan(500);
  });
});
