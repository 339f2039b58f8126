import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import type { Actor } from '../../../kernel/actor.ts';
import {
  changeDashboard, changeReport, createDashboard, createReport, deleteDashboard, deleteReport, listReports, readDashboard, readReport, readTemplates, type Sharing,
} from '../contract.ts';
import { changeKept, deleteKept, listKept, makeKept, readKept } from './store.ts';

const question = { metrics: ['sales'], dimensions: ['channel'], period: { relative: 'last30' as const } };
const staffOf = (id: number): Actor => ({ kind: 'staff', id, name: `staff ${id}`, permissions: new Set(), locale: 'en' });
const newest = { q: '', sort: { field: 'updatedAt' as const, descending: true }, limit: 100, offset: 0 };

describe('reports and dashboards that are kept', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    for (const id of [1, 2, 3]) await shop.platform.pg.query('insert into staff (email, name) values ($1, $1)', [`s${id}@shop.test`]);
  });
  afterAll(() => shop.close());

  it('are saved, read, changed and deleted, each time with a line in the audit log', async () => {
    const made = await shop.ask(createReport, { body: { name: ' 渠道日报 ', body: { question, view: 'bar' } } });
    expect(made.status, made.text).toBe(201);
    const { id } = made.body;
    const read = async () => (await shop.ask(readReport, { params: { id } })).body;
    expect(await read()).toMatchObject({ id, name: '渠道日报', sharing: 'private', isMine: true, mayChange: true, version: 1, body: { view: 'bar', question: { ...question, compare: 'none', limit: 1_000 } } });
    expect((await shop.ask(changeReport, { params: { id }, body: { version: 1, name: '渠道周报', body: { question: { ...question, compare: 'before' }, view: 'table' } } })).status).toBe(204);
    expect(await read()).toMatchObject({ name: '渠道周报', version: 2, body: { view: 'table', question: { compare: 'before' } } });
    expect((await shop.ask(changeReport, { params: { id }, body: { version: 1, name: '旧的' } }))).toMatchObject({ status: 409, code: 'insights.edited_meanwhile' });
    expect((await shop.ask(deleteReport, { params: { id } })).status).toBe(204);
    expect((await shop.ask(readReport, { params: { id } }))).toMatchObject({ status: 404, code: 'insights.no_kept_view' });
    const { rows } = await shop.platform.pg.query('select action from audit_log where subject = $1 order by seq', [`report:${id}`]);
    expect(rows.map((row: { action: string }) => row.action)).toEqual(['insights.create_report', 'insights.change_report', 'insights.delete_report']);
  });

  const visibility: [Sharing, boolean, boolean][] = [['private', false, false], ['read', true, false], ['edit', true, true]];

  it.each(visibility)('shared as "%s": others see it %s, and change it %s', async (sharing, sees, changes) => {
    const { platform } = shop;
    const id = await makeKept(platform, staffOf(1), 'report', { name: `共享 ${sharing}`, sharing, body: { question, view: 'table' } });
    const others = await listKept(platform, staffOf(2), 'report', newest);
    expect(others.rows.some((row) => row.id === id)).toBe(sees);
    if (sees) expect(await readKept(platform, staffOf(2), 'report', id)).toMatchObject({ isMine: false, mayChange: changes });
    else await expect(readKept(platform, staffOf(2), 'report', id)).rejects.toMatchObject({ status: 404 });
    const change = changeKept(platform, staffOf(2), 'report', id, { version: 1, name: '改过' });
    await (changes ? expect(change).resolves.toBeUndefined() : expect(change).rejects.toMatchObject({ status: sees ? 403 : 404 }));
    // Whoever may change it may neither share it otherwise nor delete it.
    const version = changes ? 2 : 1;
    await expect(changeKept(platform, staffOf(2), 'report', id, { version, sharing: sharing === 'edit' ? 'private' : 'edit' })).rejects.toMatchObject({ status: sees ? 403 : 404 });
    await expect(deleteKept(platform, staffOf(2), 'report', id)).rejects.toMatchObject({ status: sees ? 403 : 404 });
    await deleteKept(platform, staffOf(1), 'report', id);
  });

  it('belong to the person and not to the token they were made with', async () => {
    const { platform } = shop;
    const { rows: [{ id: tokenId }] } = await platform.pg.query<{ id: number }>(
      "insert into api_token (owner_id, name, token_hash, prefix, scopes, created_at, expires_at) values (2, 't', 'x', 'p', '{}', now(), now()) returning api_token_id as id");
    const token: Actor = { ...staffOf(tokenId), kind: 'token' };
    const id = await makeKept(platform, token, 'report', { name: '令牌', sharing: 'private', body: {} });
    expect(await readKept(platform, staffOf(2), 'report', id)).toMatchObject({ isMine: true });
    await expect(readKept(platform, { ...staffOf(2), kind: 'system', id: 0 }, 'report', id)).rejects.toMatchObject({ status: 404 });
    await deleteKept(platform, staffOf(2), 'report', id);
  });

  it('of somebody who is gone stay: what was shared can be changed and deleted by who may save, the rest by nobody', async () => {
    const { platform } = shop;
    const [shared, own] = await Promise.all((['read', 'private'] as const).map((sharing) => makeKept(platform, staffOf(3), 'report', { name: '离职', sharing, body: {} })));
    await platform.pg.query('delete from staff where staff_id = 3');
    expect(await readKept(platform, staffOf(2), 'report', shared)).toMatchObject({ isMine: true, mayChange: true });
    await deleteKept(platform, staffOf(2), 'report', shared);
    await expect(readKept(platform, staffOf(2), 'report', own)).rejects.toMatchObject({ status: 404 });
  });

  it('are listed by page, name and owner, and found by a part of the name', async () => {
    for (const name of ['b 报表', 'a 报表', 'c%_报表']) await shop.ask(createReport, { body: { name, sharing: 'read', body: { question } } });
    const names = async (query: object) => (await shop.ask(listReports, { query })).body.rows.map((row) => row.name);
    expect(await names({ sort: 'name' })).toEqual(['a 报表', 'b 报表', 'c%_报表']);
    expect(await names({})).toEqual(['c%_报表', 'a 报表', 'b 报表']);
    expect(await names({ q: '%' })).toEqual(['c%_报表']);
    expect((await shop.ask(listReports, { query: { pageSize: 1, page: 2, sort: '-name' } })).body).toMatchObject({ total: 3, rows: [{ name: 'b 报表' }] });
  });

  it('stand on dashboards as cards in an order; a card whose report is gone or not shared shows no report', async () => {
    const make = (name: string, sharing: Sharing, actor = staffOf(1)) => makeKept(shop.platform, actor, 'report', { name, sharing, body: { question, view: 'line' } });
    const [mine, theirs, gone] = [await make('我的', 'private'), await make('他的', 'private', staffOf(2)), await make('没了', 'read')];
    const { body: { id } } = await shop.ask(createDashboard, { body: { name: '周会' } });
    const cards = [{ reportId: gone, size: 'full' as const }, { reportId: theirs, size: 'half' as const }, { reportId: mine, size: 'half' as const }];
    expect((await shop.ask(changeDashboard, { params: { id }, body: { version: 1, body: { cards } } })).status).toBe(204);
    await deleteKept(shop.platform, staffOf(1), 'report', gone);
    const board = await shop.ask(readDashboard, { params: { id } });
    expect(board.body.body.cards).toEqual(cards);
    expect(board.body.reports.map((report) => report.name)).toEqual(['我的']);
    expect((await shop.ask(changeDashboard, { params: { id }, body: { version: 2, body: { cards: [{ reportId: mine, size: 'huge' as never }] } } })).status).toBe(400);
    expect((await shop.ask(deleteDashboard, { params: { id } })).status).toBe(204);
    expect((await shop.ask(readReport, { params: { id: mine } })).status).toBe(200);
  });

  it('begin with a template for each subject that has metrics', async () => {
    const { body } = await shop.ask(readTemplates);
    expect(body.templates.map(({ subject }) => subject)).toEqual(['sales', 'users', 'visits']);
    expect((await shop.ask(createReport, { body: { name: 'x', body: { question } } }, { permissions: 'insights.read' })).status).toBe(403);
  });
});
