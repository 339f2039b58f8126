import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer } from '../../../../test/harness.ts';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import { fileFolder, readFile } from '../../../../test/import-files.ts';

/** What people call themselves, and what a spreadsheet would make of it. */
const names = [
  '=HYPERLINK("http://127.0.0.1/?"&A1,"开奖")', '+cmd|\'/C calc\'!A0', '-2+3', '@SUM(1)', '＝1+1', '|x', '%0A=1', '=1,2', '="李', '张三', '王 "小" 五', '李,四',
];
const phoneOf = (i: number): string => `+86138000100${String(i).padStart(2, '0')}`;
/** How a cell begins that a spreadsheet computes. A number with its sign is none. */
const formula = /^[\s\0]*[=+\-@＝＋－＠|%]/;

describe('a file of customers', () => {
  let test: TestImports;
  let customers: FastifyInstance;
  const write = fileFolder();
  beforeAll(async () => {
    test = await createTestImports();
    customers = await createTestServer(test.platform, test.customers.routes);
    await test.platform.pg.query("insert into staff (email, name) values ('someone@example.com', 'someone')");
  });
  afterAll(async () => {
    await customers.close();
    await test.close();
  });

  const exported = async (): Promise<string> => {
    const reply = await customers.inject({ url: '/api/customers/export?reveal=1', headers: { 'x-test-permissions': 'customers.export customers.reveal', 'accept-language': 'zh-CN' } });
    expect(reply.statusCode).toBe(200);
    return reply.body;
  };
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('goes out without a formula and with its phones, and what went out comes in as the same people', async () => {
    const rows = names.map((name, i) => `${phoneOf(i)},${quoted(name)},M${i}`);
    const first = await test.bringIn('people.csv', `手机号,姓名,会员号\n${rows.join('\n')}\n`);
    expect(first).toMatchObject({ state: 'done', kind: 'customers', summary: { counts: { accepted: names.length, rejected: 0 } } });
    await test.customers.copier.drain();

    const out = await exported();
    const file = await readFile(write(out));
    const [name, phone] = [file.columns.indexOf('姓名'), file.columns.indexOf('手机号')];
    expect(file.rows.map((row) => row[phone]).sort()).toEqual(names.map((_, i) => phoneOf(i)));
    expect(file.rows.flat().filter((cell) => formula.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell))).toEqual([]);
    expect(file.rows.map((row) => row[name].replace(/^'/, '')).sort()).toEqual([...names].sort());

    const again = await test.bringIn('again.csv', out);
    expect(again.summary?.counts).toMatchObject({ accepted: names.length, rejected: 0 });
    expect(await exported()).toBe(out);
  });
});
