import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { decodeBitmap } from '../../../kernel/bitmap/portable-read.ts';
import { createCustomers, createCustomerWriter } from '../../customers/public.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { createAudiences } from '../audiences.ts';

describe('members of an audience as a file', () => {
  let test: TestPlatform;
  let server: Awaited<ReturnType<typeof createTestServer>>;
  let audienceId: number;
  beforeAll(async () => {
    test = await createTestPlatform();
    const customers = createCustomers(test.platform);
    const writer = createCustomerWriter(customers.vault, customers.nameKeys);
    const person = (customerNo: number, name: string, phone: string) => ({
      customerNo, firstSeenMs: 0, channel: '官网', name, gender: null, birthDate: null, country: null, province: null, city: null, language: null, attributes: {}, traitsAtMs: 0, tags: [],
      identifiers: [{ kind: 'phone' as const, namespace: '', value: phone }], consents: [],
    });
    await inTransaction(test.platform.pg, (client) => writer.write(client, [person(1, '=1+1', '+8613800138001'), person(2, '李雷', '+8613800138002')], 'test'));
    await customers.copier.drain();
    server = await createTestServer(test.platform, createAudiences(test.platform, customers).routes);
    const reply = await server.inject({
      method: 'POST', url: '/api/audiences', payload: { name: '全部', kind: 'fixed', rule: { kind: 'group', match: 'all', parts: [] } }, headers: { 'x-test-permissions': 'audiences.read audiences.edit' },
    });
    ({ audienceId } = reply.json());
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  const take = (what: string, permissions = 'audiences.export') => server.inject({ url: `/api/audiences/${audienceId}/${what}`, headers: { 'x-test-permissions': permissions, 'accept-language': 'en' } });

  it('is masked, and harmless to a spreadsheet', async () => {
    const { body, statusCode } = await take('export');
    expect(statusCode).toBe(200);
    expect(body.split('\r\n').filter(Boolean)).toHaveLength(3);
    expect(body).not.toContain('13800138001');
    expect(body).not.toContain('李雷');
    expect(body).not.toMatch(/(^|,)=/m);
  });

  it('is in full only for who may see personal data and asks for it', async () => {
    expect((await take('export?reveal=1')).statusCode).toBe(403);
    expect((await take('export', 'audiences.export customers.reveal')).body).not.toContain('13800138001');
    const { body } = await take('export?reveal=1', 'audiences.export customers.reveal');
    expect(body).toContain('+8613800138001');
    expect(body).toContain('李雷');
    expect(body).toContain("'=1+1");
  });

  it('is a bitmap that others’ libraries read', async () => {
    const { rawPayload, headers } = await take('bitmap');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect([...decodeBitmap(rawPayload)]).toEqual([1, 2]);
  });

  it('leaves a line each time: who, which, how many, and whether in full', async () => {
    const { rows } = await test.platform.pg.query("select subject, details from audit_log where action = 'audiences.export' order by seq");
    expect(rows.map((row) => row.subject)).toEqual(Array.from({ length: 4 }, () => `audience:${audienceId}`));
    expect(rows.map((row) => row.details)).toEqual([
      { on: null, isFull: false, rows: 2 }, { on: null, isFull: false, rows: 2 }, { on: null, isFull: true, rows: 2 }, { on: null, isBitmap: true, rows: 2 },
    ]);
  });

  it('says of an audience that is not there that it is not', async () => {
    for (const what of ['export', 'bitmap']) {
      expect((await server.inject({ url: `/api/audiences/999/${what}`, headers: { 'x-test-permissions': 'audiences.export' } })).json()).toMatchObject({ status: 404, code: 'audiences.not_found' });
    }
  });
});
