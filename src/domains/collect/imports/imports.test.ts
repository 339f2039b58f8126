import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import type { ImportView } from './contract.ts';
import { runImport } from './run/run-import.ts';

const orders = `order_id,customer_id,paid_at,product_id,quantity,amount
A1,U1,2025-03-01 10:00:00,P1,1,10.50
A1,U1,2025-03-01 10:00:00,P2,2,20
A2,U2,2025-03-02 11:00:00,P1,1,10.50
A3,,2025-03-03 12:00:00,P1,1,10.50
A4,U2,2025-02-30 12:00:00,P1,1,10.50
A5,U3,2025-03-05 12:00:00,P1,one,10.50
`;

describe('imports', () => {
  let test: TestImports;
  beforeAll(async () => {
    test = await createTestImports();
  });
  afterAll(() => test.close());

  const linesOf = async (importId: number) => {
    const [row] = (await test.platform.clickhouse.rows('select count() as n from order_line where import_id = {importId:UInt32}', { importId })) as { n: string }[];
    return Number(row.n);
  };
  const customersOf = async (importId: number) =>
    Number((await test.platform.pg.query('select count(*) as n from customer where import_id = $1', [importId])).rows[0].n);
  /** An uploaded file with its mapping, ready to be worked on. */
  const queued = async (content: string, fileName = 'orders.csv'): Promise<number> => {
    const { importId } = (await test.upload(fileName, content)).body as { importId: number };
    const { guess } = (await test.ask('GET', `/api/imports/${importId}/inspection`)).body as { guess: { draft: Record<string, unknown> } };
    expect((await test.ask('POST', `/api/imports/${importId}/start`, { mapping: guess.draft })).status).toBe(202);
    return importId;
  };
  const view = async (importId: number) => (await test.ask('GET', `/api/imports/${importId}`)).body as unknown as ImportView;

  it('takes the good rows, counts the others, and offers them with their reasons and without formulas', async () => {
    const done = await test.bringIn('orders.csv', orders.replace('U2,2025-02-30', '=U2,2025-02-30'));
    expect(done.state).toBe('done');
    expect(done.summary?.counts).toMatchObject({ rows: 6, accepted: 4, rejected: 2, withoutCustomer: 1, facts: 4 });
    expect(done.summary?.orders).toMatchObject({ lines: 4, customers: 2, orders: 3, refundOrders: 0, net: '51.5', linesWithoutCustomer: 1 });
    const { text } = await test.ask('GET', `/api/imports/${done.importId}/rejects`);
    const [, first, second] = text.split('\r\n');
    expect(first).toContain('6,paid_at');
    expect(first).toContain('does not exist');
    expect(first).toContain("'=U2");
    expect(second).toMatch(/^7,quantity,.*“one” is not a number/);
  });

  it('tells of refunds that do not say which sale they take back, also where that was brought in before', async () => {
    expect((await test.bringIn('sales.csv', 'order_id,user_id,paid_at,amount,order_kind\nR1,U1,2025-03-01,50,sale\n')).summary?.orders).toMatchObject({ refundOrders: 0, refundsAlone: 0 });
    const refunds = 'order_id,user_id,paid_at,amount,order_kind\nR1,U1,2025-03-02,-50,refund\nR9,U1,2025-03-02,-5,refund\nR8,U1,2025-03-02,-5,refund\nR8,U1,2025-03-01,5,sale\n';
    expect((await test.bringIn('refunds.csv', refunds)).summary?.orders).toMatchObject({ orders: 3, refundOrders: 3, refundsAlone: 1 });
    const numbered = 'order_id,原订单号,user_id,paid_at,amount,order_kind\nR20,R1,U1,2025-03-03,-1,refund\nR21,,U1,2025-03-03,-1,refund\n';
    expect((await test.bringIn('numbered.csv', numbered)).summary?.orders).toMatchObject({ orders: 2, refundOrders: 2, refundsAlone: 1 });
  });

  it('masks personal values in samples and rejected rows for those who may not see them', async () => {
    const file = 'order_id,手机号,paid_at,amount\nB1,13800138000,2025-13-01,5\nB2,13800138001,2025-03-01,5\nB3,13800138002,2025-03-02,5\n';
    const { importId } = (await test.upload('phones.csv', file)).body as { importId: number };
    const seen = async (permissions: string) => (await test.ask('GET', `/api/imports/${importId}/inspection`, undefined, permissions)).text;
    expect(await seen('collect.import customers.reveal')).toContain('13800138000');
    expect(await seen('collect.import')).not.toContain('13800138000');
    const { guess } = (await test.ask('GET', `/api/imports/${importId}/inspection`)).body as { guess: { draft: object } };
    const checked = await test.ask('POST', `/api/imports/${importId}/check`, { mapping: guess.draft }, 'collect.import');
    expect(checked.body).toMatchObject({ wholeFile: true, counts: { rows: 3, rejected: 1 } });
    expect(checked.text).not.toContain('13800138000');
    expect((await test.ask('GET', `/api/imports/${importId}`, undefined, 'collect.import')).text).not.toContain('13800138000');
  });

  it('says when a file holds the same as an earlier one', async () => {
    const first = await test.bringIn('twice.csv', orders.replaceAll('A', 'T'));
    const again = await test.upload('other name.csv', orders.replaceAll('A', 'T'));
    expect(again.body.sameAs).toEqual([expect.objectContaining({ importId: first.importId, state: 'done' })]);
  });

  it('brings numbered lines in once, however often the file comes', async () => {
    const file = 'order_id,line_id,customer_id,paid_at,amount\nL1,1,U9,2025-03-01,5\nL1,2,U9,2025-03-01,6\nL1,2,U9,2025-03-01,6\n';
    const skip = (draft: Record<string, unknown>) => void (draft.duplicates = 'skip');
    const first = await test.bringIn('lines.csv', file, skip);
    expect(first.summary?.counts).toMatchObject({ rows: 3, accepted: 2, repeated: 1, facts: 2 });
    const second = await test.bringIn('lines.csv', file, skip);
    expect(second.summary?.counts).toMatchObject({ rows: 3, accepted: 0, repeated: 3, facts: 0 });
    expect(await linesOf(second.importId)).toBe(0);
  });

  it('leaves nothing of an import that was cancelled while it ran', async () => {
    const importId = await queued(orders.replaceAll('U', 'V'));
    await test.platform.pg.query("update import_run set state = 'running' where import_id = $1", [importId]);
    expect((await test.ask('POST', `/api/imports/${importId}/cancel`)).status).toBe(202);
    await test.work(importId);
    expect(await view(importId)).toMatchObject({ state: 'cancelled', hasFile: true });
    expect([await linesOf(importId), await customersOf(importId)]).toEqual([0, 0]);
    expect((await test.platform.clickhouse.rows(`select name from system.tables where database = currentDatabase() and name like '%import%'`))).toEqual([]);
  });

  it('leaves nothing of an import that was cancelled at the last moment', async () => {
    const importId = await queued(orders.replaceAll('U', 'L'));
    const { facts } = test;
    const bulk: typeof facts.bulk = (of) => {
      const load = facts.bulk(of);
      return { ...load, async finish(work) {
        expect((await test.ask('POST', `/api/imports/${importId}/cancel`)).status).toBe(202);
        await load.finish(work);
      } };
    };
    await runImport({ ...test.deps, facts: { ...facts, bulk } }, importId, new AbortController().signal);
    expect(await view(importId)).toMatchObject({ state: 'cancelled', failure: null });
    expect([await linesOf(importId), await customersOf(importId)]).toEqual([0, 0]);
    expect((await test.platform.clickhouse.rows(`select name from system.tables where database = currentDatabase() and name like '%import%'`))).toEqual([]);
    expect(readdirSync(test.platform.folders.exports).filter((name) => name.startsWith(`import-${importId}-`))).toEqual([]);
  });

  it('begins again after a crash in the middle, and doubles nothing', async () => {
    const importId = await queued(orders.replaceAll('U', 'W'));
    const stop = new AbortController();
    stop.abort(new Error('the process is stopping'));
    await expect(test.work(importId, stop.signal)).rejects.toThrow('stopping');
    expect((await view(importId)).state).toBe('running');
    await test.work(importId);
    await test.work(importId);
    expect((await view(importId)).state).toBe('done');
    expect([await linesOf(importId), await customersOf(importId)]).toEqual([4, 2]);
  });

  it('finishes a publishing that a crash interrupted', async () => {
    const done = await test.bringIn('late.csv', orders.replaceAll('U', 'X'));
    await test.platform.pg.query("update import_run set state = 'publishing', summary = summary - 'orders' where import_id = $1", [done.importId]);
    await test.work(done.importId);
    expect(await view(done.importId)).toMatchObject({ state: 'done', summary: { orders: { lines: 4, net: '51.5' } } });
  });

  it('undoes a whole import: its facts and the customers only it knew, and nobody else', async () => {
    const first = await test.bringIn('first.csv', orders.replaceAll('U', 'Y'));
    const second = await test.bringIn('second.csv', orders.replaceAll('U2', 'Y2').replaceAll('U', 'Z'));
    expect(second.summary?.newCustomers).toBe(1);
    expect((await test.ask('POST', `/api/imports/${first.importId}/undo`)).status).toBe(202);
    await test.work(first.importId);
    expect((await view(first.importId)).state).toBe('undone');
    expect(await linesOf(first.importId)).toBe(0);
    expect(await linesOf(second.importId)).toBe(4);
    // Y2 has orders in the second file too and stays; Y1 is gone, with the copy and the totals.
    expect(await customersOf(first.importId)).toBe(1);
    const orphans = await test.platform.clickhouse.rows('select count() as n from customer_summary final where customer_no not in (select customer_no from order_line)');
    expect(orphans).toEqual([{ n: '0' }]);
    expect((await test.ask('POST', `/api/imports/${first.importId}/undo`)).status).toBe(409);
    await test.facts.rebuild();
    expect([await linesOf(first.importId), await linesOf(second.importId)]).toEqual([0, 4]);
  });

  it('keeps mappings and offers them for the same columns in any order', async () => {
    const { importId } = (await test.upload('a.csv', orders)).body as { importId: number };
    const { guess, inspection } = (await test.ask('GET', `/api/imports/${importId}/inspection`)).body as
      { guess: { draft: object }; inspection: { columns: string[] } };
    const saved = await test.ask('POST', '/api/import-mappings', { name: 'Shop', mapping: guess.draft, columns: inspection.columns.toReversed() });
    expect(saved.status).toBe(201);
    const again = (await test.ask('GET', `/api/imports/${importId}/inspection`)).body as { saved: { name: string }[] };
    expect(again.saved.map((one) => one.name)).toEqual(['Shop']);
    expect((await test.ask('GET', '/api/import-mappings')).body.mappings).toHaveLength(1);
    expect((await test.ask('DELETE', `/api/import-mappings/${saved.body.mappingId}`)).status).toBe(204);
    expect((await test.ask('DELETE', `/api/import-mappings/${saved.body.mappingId}`)).status).toBe(404);
  });

  it('keeps nothing of files it refuses', async () => {
    const before = readdirSync(test.platform.folders.uploads).length;
    expect(await test.upload('empty.csv', '')).toMatchObject({ status: 422, body: { code: 'collect.file_empty' } });
    expect(readdirSync(test.platform.folders.uploads)).toHaveLength(before);
  });

  it('removes uploaded files when they are old', async () => {
    const done = await test.bringIn('old.csv', orders);
    await test.platform.pg.query("update import_run set finished_at = now() - interval '8 days' where import_id = $1", [done.importId]);
    await test.imports.tidy();
    expect((await view(done.importId)).hasFile).toBe(false);
    expect((await test.ask('GET', `/api/imports/${done.importId}/inspection`)).status).toBe(409);
  });
});
