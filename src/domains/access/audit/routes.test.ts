import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessServer, type AccessServer, type Person } from '../../../../test/access-server.ts';
import { staff } from '../../../../test/harness.ts';
import { recordAudit } from './record.ts';

describe('reading the audit log', () => {
  let at: AccessServer;
  let owner: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    owner = await at.person('Owner', 'administrator');
    const named = (name: string) => ({ ...staff(), name });
    await recordAudit(at.platform.pg, { actor: named('Ann Li'), action: 'customers.merge', subject: 'customer:12', details: { absorbed: 13 } });
    await recordAudit(at.platform.pg, { actor: named('=HYPERLINK("http://evil.example")'), action: 'customers.erase', subject: 'customer:13' });
    await recordAudit(at.platform.pg, { actor: named('Bob\nChen'), action: 'customers.merge', subject: '@SUM(A1)', details: { note: 'a "quoted", word' } });
  });
  afterAll(() => at.close());
  const list = async (query: string) => (await at.ask(owner, 'GET', `/api/audit?${query}`)).json();
  const subjects = async (query: string) => (await list(query)).rows.map((r: { subject: string }) => r.subject);

  it('shows the newest first, a page at a time, filtered by action, by words and by time', async () => {
    expect(await subjects('')).toEqual(['@SUM(A1)', 'customer:13', 'customer:12']);
    expect(await subjects('pageSize=1&page=3')).toEqual(['customer:12']);
    expect(await subjects('sort=seq')).toEqual(['customer:12', 'customer:13', '@SUM(A1)']);
    expect(await subjects('action=customers.erase')).toEqual(['customer:13']);
    expect(await subjects('action=customers.erase&action=customers.merge')).toHaveLength(3);
    expect(await subjects('q=ann')).toEqual(['customer:12']);
    expect(await subjects('q=CUSTOMER:1')).toEqual(['customer:13', 'customer:12']);
    expect(await subjects('q=%25')).toEqual([]);
    const middle = (await list('')).rows[1].at as string;
    expect(await subjects(`from=${middle}`)).toContain('@SUM(A1)');
    expect(await subjects('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect((await list('')).rows[0]).toMatchObject({ seq: 3, actorName: 'Bob\uFFFDChen', actorKind: 'staff', details: { note: 'a "quoted", word' } });
    expect((await at.ask(owner, 'GET', '/api/audit?from=yesterday')).statusCode).toBe(400);
  });

  it('names every action there is', async () => {
    expect((await at.ask(owner, 'GET', '/api/audit/actions')).json()).toEqual({ actions: ['customers.erase', 'customers.merge'] });
  });

  it('says whether the chain holds', async () => {
    expect((await at.ask(owner, 'POST', '/api/audit/verify')).json()).toMatchObject({ rows: 3, firstBadSeq: null, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await at.access.verifyAudit()).toMatchObject({ rows: 4, firstBadSeq: null });
  });

  it('exports CSV that no spreadsheet computes, and writes that down', async () => {
    const reply = await at.ask(owner, 'GET', '/api/audit/export?action=customers.erase&action=customers.merge');
    expect(reply.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    const lines = reply.body.split('\r\n');
    expect(lines[0]).toBe('\uFEFFseq,at,actor_kind,actor_id,actor_name,action,subject,details');
    expect(lines).toHaveLength(5);
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(lines[3]).toContain(`customers.merge,'@SUM(A1),"{""note"":""a \\""quoted\\"", word""}"`);
    expect((await list('action=access.export_audit')).rows).toMatchObject([{ actorName: 'Owner', details: { action: ['customers.erase', 'customers.merge'], isSearch: false } }]);
  });

  it('keeps nothing of what was searched for', async () => {
    await at.ask(owner, 'GET', '/api/audit/export?q=13988887777');
    expect((await at.ask(owner, 'GET', '/api/audit/export?action=13988887777')).statusCode).toBe(400);
    const { rows } = await at.platform.pg.query("select details from audit_log where action = 'access.export_audit' order by seq desc limit 1");
    expect(rows).toEqual([{ details: { isSearch: true } }]);
  });

  it('exports more rows than are read at once, each once', async () => {
    await at.platform.pg.query("insert into audit_entry (actor_kind, actor_id, actor_name, action, subject, details) select 'staff', 1, 'x', 'bulk.step', 'n:' || n, '{}' from generate_series(1, 4500) n");
    const lines = (await at.ask(owner, 'GET', '/api/audit/export?action=bulk.step')).body.trim().split('\r\n').slice(1);
    expect(lines).toHaveLength(4_500);
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(4_500);
  });
});
