import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../src/app.ts';
import { hashPassword } from '../src/domains/access/passwords/hash.ts';
import { insertSession } from '../src/domains/access/sessions/store.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { encodeBitmap } from '../src/kernel/bitmap/portable-write.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { drivePartners } from './audit-partners.ts';
import { driveCampaigns } from './audit-campaigns.ts';
import { driveBenefits } from './drive-benefits.ts';
import { driveGate } from './audit-gate.ts';
import { driveTemplates } from './audit-templates.ts';
import { driveTiers } from './audit-tiers.ts';
import { auditedReads, unaudited } from './audit-exceptions.ts';
import { driveBudget } from './drive-budget.ts';
import { driveChannels } from './drive-channels.ts';
import { driveKpi } from './drive-kpi.ts';
import { drivePlanning, driveReports } from './drive-planning.ts';
import { driveProjects } from './drive-projects.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from './harness.ts';
import { driveActivities, driveMall } from './audit-driven-mall.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';

type Body = Record<string, unknown>;

/** Every writing endpoint of the product, driven once in the order of a day; a new one that is not in here fails. */
describe('the audit log', () => {
  let test: TestPlatform;
  let app: App;
  let server: FastifyInstance;
  let cookie: string;
  const commandLine = randomBytes(16).toString('hex');
  const password = 'three green kettles';
  beforeAll(async () => {
    test = await createTestPlatform();
    await publishSample(test.platform.pg, sampleProgramme({ joining: { who: 'application' } }), '2026-01-01T00:00:00Z');
    test.platform.config.outboundAllow.push('127.0.0.1');
    app = createApp(test.platform, commandLine);
    server = await createServer({ log: test.platform.log, say: createSay(), routes: app.routes, authenticate: app.authenticate, extend: app.extend });
    await test.platform.jobs.start(true);
    await app.startWork();
    cookie = await signedIn('owner@shop.test');
  });
  afterAll(async () => {
    await app.stopWork();
    await server.close();
    await test.close();
  });

  const signedIn = async (email: string): Promise<string> => {
    const { pg } = test.platform;
    await pg.query('insert into staff (email, name, password_hash) values ($1, $1, $2) on conflict do nothing', [email, await hashPassword(password)]);
    const { rows: [{ staff_id: staffId }] } = await pg.query<{ staff_id: number }>('select staff_id from staff where email = $1', [email]);
    await pg.query("insert into staff_role select $1, role_id from role where key = 'administrator' on conflict do nothing", [staffId]);
    return `perennial_session=${await insertSession(pg, staffId, { address: '127.0.0.1', device: 'test' }, new Date())}`;
  };
  const newest = async (): Promise<number> => Number((await test.platform.pg.query<{ n: number }>('select coalesce(max(seq), 0) as n from audit_log')).rows[0].n);
  const one = async <T>(sql: string): Promise<T> => (await test.platform.pg.query(sql)).rows[0] as T;
  const driven: string[] = [];
  const silent: string[] = [];

  /** Drives an endpoint and expects that it worked and wrote this action; answers with its body. */
  const drive = async (name: string, action: string | null, payload?: object, params: Record<string, string | number> = {}, as = cookie, headers: Record<string, string> = {}): Promise<Body> => {
    const [method, path] = name.split(' ');
    const before = await newest();
    const reply = await server.inject({
      method: method as 'GET', url: path.replace(/:(\w+)/g, (_, key: string) => String(params[key])), payload,
      headers: { cookie: as, 'sec-fetch-site': 'same-origin', ...headers },
    });
    expect(reply.statusCode, `${name}: ${reply.body.slice(0, 300)}`).toBeLessThan(300);
    driven.push(name);
    if (action === null) expect(unaudited[name], `${name}: why does it leave no line?`).toBeDefined();
    const { rows } = await test.platform.pg.query<{ action: string; actor_id: number }>('select action, actor_id from audit_log where seq > $1', [before]);
    if (action === null ? rows.length > 0 : !rows.some((row) => row.action === action)) silent.push(`${name}: wrote ${rows.map((row) => row.action).join() || 'nothing'}`);
    return String(reply.headers['content-type']).includes('json') && reply.body !== '' ? reply.json() : {};
  };
  const upload = async (csv: string): Promise<Body> => {
    const form = new FormData();
    form.append('file', new Blob([csv]), 'orders.csv');
    const packed = new Response(form);
    return drive('POST /api/imports', 'collect.upload', Buffer.from(await packed.arrayBuffer()), {}, cookie, { 'content-type': packed.headers.get('content-type') ?? '' });
  };
  const until = async (sql: string): Promise<void> => {
    for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 100) {
      if ((await test.platform.pg.query(sql)).rows.length > 0) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`still nothing: ${sql}`);
  };

  it('has a line of every change to staff, roles, tokens and sessions', async () => {
    await drive('POST /api/session', 'access.sign_in', { email: 'owner@shop.test', password }, {}, '');
    const { staffId } = await drive('POST /api/staff', 'access.invite', { email: 'bo@shop.test', name: 'Bo', roleIds: [] }) as { staffId: number };
    await drive('PATCH /api/staff/:staffId', 'access.change_staff', { name: 'Bo Li' }, { staffId });
    const made = await drive('POST /api/staff/:staffId/password-link', 'access.create_password_link', undefined, { staffId }) as { path: string };
    const token = made.path.split('#')[1];
    await drive('POST /api/session/link', null, { token }, {}, '');
    await drive('POST /api/session/link/follow', 'access.sign_in', { token, password: 'four blue kettles' }, {}, '');
    await drive('POST /api/sign-in-links', 'access.create_sign_in_link', { email: 'owner@shop.test' }, {}, '', { authorization: `Bearer ${commandLine}` });
    await drive('POST /api/staff/:staffId/disable', 'access.disable_staff', undefined, { staffId });
    await drive('POST /api/staff/:staffId/enable', 'access.enable_staff', undefined, { staffId });
    await drive('DELETE /api/staff/:staffId', 'access.delete_staff', undefined, { staffId });
    const role = await drive('POST /api/roles', 'access.create_role', { name: 'own', permissions: ['customers.read'] }) as { roleId: number };
    await drive('PATCH /api/roles/:roleId', 'access.change_role', { name: 'owned', permissions: ['customers.read', 'commerce.read'] }, role);
    await drive('DELETE /api/roles/:roleId', 'access.delete_role', undefined, role);
    await drive('POST /api/roles/:roleId/reset', 'access.reset_role', undefined, { roleId: (await one<{ role_id: number }>("select role_id from role where key = 'viewer'")).role_id });
    const { tokenId } = await drive('POST /api/tokens', 'access.create_token', { name: 't', scopes: ['customers.read'], days: 1 }) as { tokenId: number };
    await drive('DELETE /api/tokens/:tokenId', 'access.revoke_token', undefined, { tokenId });
    await drive('PUT /api/settings/brand', 'access.change_brand', { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' });
    await drive('PUT /api/settings/mail', 'access.change_mail_server', { host: '127.0.0.1', port: 9, security: 'plain', user: 'robot', password, fromAddress: 'report@shop.test', fromName: '常青', siteAddress: 'https://crm.shop.test' });
    await drive('POST /api/settings/mail/test', 'access.test_mail_server');
    await drive('POST /api/audit/verify', 'access.verify_audit');
    await drive('GET /api/audit/export', 'access.export_audit');
    const other = await signedIn('second@shop.test');
    await signedIn('second@shop.test');
    const { session_id: sessionId } = await one<{ session_id: string }>("select session_id from session join staff using (staff_id) where email = 'second@shop.test' order by 1 desc limit 1");
    await drive('DELETE /api/account/sessions/:sessionId', 'access.end_session', undefined, { sessionId }, other);
    await drive('DELETE /api/account/sessions', 'access.end_session', undefined, {}, other);
    await drive('PUT /api/session/language', 'access.keep_language', { language: 'en' }, {}, other);
    await drive('PUT /api/account/password', 'access.set_password', { current: password, password: 'five red kettles' }, {}, other);
    await drive('DELETE /api/session', 'access.sign_out', undefined, {}, await signedIn('third@shop.test'));
  });

  it('has a line of every file, event, key and whatever else brings data in', async () => {
    const { key: { writeKeyId }, secret } = await drive('POST /api/write-keys', 'collect.create_write_key', { name: 'shop' }) as { key: { writeKeyId: number }; secret: string };
    const send = (batch: object[]) => server.inject({ method: 'POST', url: '/v1/batch', payload: { batch }, headers: { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` } });
    for (const userId of ['u1', 'u2', 'u3']) await send([{ type: 'identify', userId, traits: { name: userId } }]);
    await send([1, 2, 3].map((n) => ({ type: 'explode', userId: `w${n}` })));
    await until('select from customer having count(*) = 3');
    const aside = await test.platform.pg.query<{ event_no: number }>('select event_no from set_aside_event order by 1');
    const [first, second] = aside.rows.map((row) => row.event_no);
    await drive('GET /api/set-aside-events/:eventNo', 'collect.read_set_aside_event', undefined, { eventNo: first });
    await drive('POST /api/set-aside-events/:eventNo/replay', 'collect.replay_set_aside_event', { body: JSON.stringify({ type: 'track', event: 'E', userId: 'u1' }) }, { eventNo: first });
    await drive('DELETE /api/set-aside-events/:eventNo', 'collect.discard_set_aside_event', undefined, { eventNo: second });
    await drive('POST /api/set-aside-events/replay', 'collect.replay_set_aside_events', { reason: 'unknown_type' });
    await drive('PUT /api/personal-properties', 'collect.declare_personal_properties', { names: ['pet'] });
    await drive('DELETE /api/write-keys/:writeKeyId', 'collect.revoke_write_key', undefined, { writeKeyId });

    const csv = (mark: string): string => `order_id,customer_id,paid_at,product_id,product_name,quantity,unit_price,amount\n${mark},u1,2026-03-01 10:00:00,P1,茶,1,9.5,9.5\n${mark}2,u1,2026-02-30,P1,茶,1,9.5,9.5\n`;
    const { importId } = await upload(csv('A')) as { importId: number };
    const inspected = await server.inject({ url: `/api/imports/${importId}/inspection`, headers: { cookie } });
    const { guess: { draft: mapping } } = inspected.json<{ guess: { draft: Body } }>();
    await drive('POST /api/imports/:importId/check', null, { mapping }, { importId });
    await drive('POST /api/imports/:importId/start', 'collect.import', { mapping }, { importId });
    await until(`select from import_run where import_id = ${importId} and state = 'done'`);
    await drive('GET /api/imports/:importId/rejects', 'collect.download_rejects', undefined, { importId });
    await drive('POST /api/imports/:importId/undo', 'collect.undo', undefined, { importId });
    const cancelled = await upload(csv('B')) as { importId: number };
    await drive('POST /api/imports/:importId/cancel', 'collect.cancel', undefined, cancelled);
    const { mappingId } = await drive('POST /api/import-mappings', 'collect.save_mapping', { name: 'm', mapping, columns: ['order_id'] }) as { mappingId: number };
    await drive('DELETE /api/import-mappings/:mappingId', 'collect.delete_mapping', undefined, { mappingId });
    await drive('POST /api/facts/rebuild', 'collect.rebuild');
  });

  it('has a line of every change to a person, and of what is taken out', async () => {
    const [a, b, c] = (await test.platform.pg.query<{ n: number }>('select customer_no as n from customer order by 1')).rows.map((row) => row.n);
    const person = { customerNo: a };
    const { version } = (await server.inject({ url: `/api/customers/${a}`, headers: { cookie } })).json<{ version: string }>();
    await drive('PATCH /api/customers/:customerNo', 'customers.edit', { version, city: '杭州' }, person);
    await drive('POST /api/customers/:customerNo/revelation', 'customers.reveal', undefined, person);
    await drive('POST /api/customers/:customerNo/tags', 'customers.add_tag', { name: 'VIP' }, person);
    await drive('DELETE /api/customers/:customerNo/tags/:tagId', 'customers.remove_tag', undefined, { ...person, tagId: (await one<{ tag_id: number }>('select tag_id from tag')).tag_id });
    const { id: identifierId } = await drive('POST /api/customers/:customerNo/identifiers', 'customers.add_identifier', { kind: 'phone', value: '13800138000' }, person) as { id: string };
    await drive('DELETE /api/customers/:customerNo/identifiers/:identifierId', 'customers.remove_identifier', undefined, { ...person, identifierId });
    await drive('POST /api/customers/:customerNo/consents', 'customers.record_consent', { channel: 'sms', purpose: 'marketing', granted: true, source: 'store' }, person);
    const merge = await drive('POST /api/customer-merges', 'customers.merge', { survivorNo: a, absorbedNo: b }) as { mergeId: number };
    await drive('DELETE /api/customer-merges/:mergeId', 'customers.undo_merge', undefined, merge);
    await test.platform.pg.query('insert into possible_duplicate (low_no, high_no, kind) values ($1, $2, 4)', [a, c]);
    await drive('PUT /api/customers/:customerNo/possible-duplicates/:otherNo/dismissal', 'customers.dismiss_duplicate', undefined, { ...person, otherNo: c });
    await drive('GET /api/customers/export', 'customers.export');
    await drive('GET /api/customers/:customerNo/export', 'customers.export_person', undefined, person);
    await drive('GET /api/orders/export', 'commerce.export');
    await drive('GET /api/products/export', 'commerce.export');
    await driveChannels(drive, a);
    await drivePlanning(drive);
    await driveProjects(drive, test.platform);
    await driveReports(drive, test.platform);
    await driveKpi(drive, await one<{ id: number }>("select staff_id as id from staff where email = 'owner@shop.test'"), await signedIn('third@shop.test'), one);
    await driveGate(drive, test.platform, a);
    await drive('POST /api/members', 'membership.join', { customerNo: a });
    await driveBenefits(drive, a);
    await driveCampaigns(drive, test.platform.pg, await signedIn('approver@shop.test'));
    await driveTiers(drive, test.platform.pg, a, await signedIn('second@shop.test'));
    await driveBudget(drive, await signedIn('treasurer@shop.test'));
    await drive('POST /api/members/:customerNo/leave', 'membership.leave', { reason: 'moved away' }, person);
    await drive('GET /api/members/export', 'membership.export');
    await drive('POST /api/members/:customerNo/points/adjustments', 'membership.adjust', { key: 'a', amount: 100, reason: 'sorry' }, person);
    await drive('POST /api/points/spending', null, { key: 'b', customerNo: a, amount: 10 });
    await drive('POST /api/points/holds', null, { key: 'c', customerNo: a, amount: 20 });
    await drive('POST /api/points/holds/commit', null, { key: 'd', customerNo: a, holdKey: 'c', amount: 15 });
    await drive('POST /api/points/holds', null, { key: 'e', customerNo: a, amount: 20 });
    await drive('POST /api/points/holds/release', null, { key: 'f', customerNo: a, holdKey: 'e' });
    await drive('POST /api/points/returns', null, { key: 'g', customerNo: a, of: 'd', amount: 5 });
    const quote = async () => (await drive('POST /api/membership/quote', null, { lines: [{ line: 'a', productId: 'P', quantity: '1', listPrice: '10' }] }) as { quoteId: string }).quoteId;
    await drive('POST /api/membership/orders', null, { orderKey: 'O-1', quoteId: await quote() });
    await drive('POST /api/membership/orders/commit', null, { orderKey: 'O-1' });
    await drive('POST /api/membership/orders/returns', null, { orderKey: 'O-1', key: 'R-1' });
    await drive('POST /api/membership/orders', null, { orderKey: 'O-2', quoteId: await quote() });
    await drive('POST /api/membership/orders/cancel', null, { orderKey: 'O-2' });
    for (const what of ['balance', 'history']) await drive(`POST /api/membership/${what}`, null, { customer: { customerNo: a } });
    await drivePartners(drive, a);
    // In src/domains/membership/partners/statements/statements.test.ts, in a month after the one that is settled.
    driven.push('POST /api/partners/:partnerId/settlements');
    await drive('POST /api/members/:customerNo/page-links', 'membership.view_as_member', { mode: 'view' }, person);
    const { path } = await drive('POST /api/member-links', 'membership.create_page_link', { customer: { customerNo: a } }) as { path: string };
    const opened = await server.inject({ method: 'POST', url: '/api/member/session', payload: { token: path.split('#')[1] } });
    const member = `perennial_member=${opened.cookies[0].value}`;
    // Those after the first in src/domains/membership/member-page/parts/parts.test.ts, with an item to exchange for and an activity.
    driven.push('POST /api/member/session', 'POST /api/member/exchanges', 'PUT /api/member/exchanges/:orderNo/recipient', 'POST /api/member/activities/:activityNo');
    await drive('PUT /api/member/consents', 'customers.record_consent', { channel: 'email', purpose: 'marketing', granted: true }, {}, member);
    await publishSample(test.platform.pg, sampleProgramme({ joining: { who: 'application' } }), '2026-01-01T00:00:00+08:00');
    await new Promise((done) => setTimeout(done, 1_100));
    const trial = { trialNo: String((await drive('POST /api/membership/trials', 'membership.start_trial', { versionNo: 1 }) as { trialNo: number }).trialNo) };
    await drive('POST /api/membership/trials/:trialNo/cancel', 'membership.cancel_trial', {}, trial);
    await drive('POST /api/membership/trials/:trialNo/people', null, { of: 'up' }, trial);
    // In src/domains/membership/simulation/trials.test.ts, with people to keep.
    driven.push('POST /api/membership/trials/:trialNo/audience');
    await drive('POST /api/member/membership', 'membership.join', { agrees: true }, {}, member);
    await drive('DELETE /api/member/membership', 'membership.leave', undefined, {}, member);
    await drive('DELETE /api/member/session', null, undefined, {}, member);
    await drive('DELETE /api/members/:customerNo/page-links', 'membership.revoke_page_links', undefined, person);
    const everybody = { kind: 'group', match: 'all', parts: [] };
    await drive('POST /api/insights/people', null, { of: { kind: 'rule', rule: everybody } });
    await drive('POST /api/insights/people/audience', 'audiences.create', { of: { kind: 'rule', rule: everybody }, name: 'everybody there was' });
    await drive('PUT /api/insights/lifecycle/limits', 'insights.change_limits', { atRisk: 0.7, sleeping: 0.8, lost: 0.9 });
    await drive('PUT /api/insights/rfm/limits', 'insights.change_limits', { recency: [30, 60, 90, 180] });
    const funnel = { steps: [{ facts: { fact: 'event', name: 'Product Viewed' } }, { facts: { fact: 'order' } }], window: { of: 'whole', amount: 1, unit: 'day' } };
    const period = { from: '2026-03-01', to: '2026-03-31' };
    await drive('POST /api/insights/funnel', null, { ...funnel, ...period });
    await drive('POST /api/insights/funnel/next', null, { ...funnel, ...period, step: 0 });
    await drive('POST /api/insights/flow', null, period);
    const { funnelId } = await drive('POST /api/insights/funnels', 'insights.save_funnel', { name: 'seen and bought', definition: funnel }) as { funnelId: number };
    await drive('PATCH /api/insights/funnels/:funnelId', 'insights.change_funnel', { version: 1, name: 'seen, then bought' }, { funnelId });
    await drive('DELETE /api/insights/funnels/:funnelId', 'insights.delete_funnel', undefined, { funnelId });
    await drive('GET /api/insights/association/rules/export', 'insights.export');
    await drive('GET /api/insights/cohorts/export?from=2026-03-01&to=2026-03-31', 'insights.export');
    // In src/domains/insights/models/models.test.ts, with a model of its own.
    driven.push('POST /api/insights/models/:kind', 'POST /api/insights/models/:kind/cancel');
    // In src/domains/insights/association/serving/recommendations.test.ts, with a model that is computed.
    driven.push('POST /api/recommendations');
    await drive('GET /api/insights/breakdowns/:dimension/export?from=2026-03-01&to=2026-03-31', 'insights.export', undefined, { dimension: 'channel' });
    const { counts } = await drive('POST /api/customers/:customerNo/erasure', 'customers.erase', { confirm: String(c), reason: 'asked' }, { customerNo: c }) as { counts: Record<string, number> };
    const say = createSay();
    const unnamed = Object.keys(counts).filter((name) => say('en', 'customers', `erase.count.${name}`) === `erase.count.${name}`);
    expect(unnamed, 'what an erasure counts has a name on its receipt').toEqual([]);
  });

  it('has a line of who loaded the demonstration brand into an empty folder', async () => {
    // Nobody works here, so that the brand is asked for and not loaded.
    const empty = await createTestPlatform();
    const { routes } = createApp(empty.platform, undefined);
    const other = await createTestServer(empty.platform, routes);
    await empty.platform.jobs.start(false);
    const reply = await other.inject({ method: 'POST', url: '/api/demo', headers: { 'x-test-permissions': 'collect.sources' } });
    expect(reply.statusCode).toBeLessThan(300);
    const { rows } = await empty.platform.pg.query('select action from audit_log');
    expect(rows).toEqual([{ action: 'collect.load_demo' }]);
    driven.push('POST /api/demo');
    await other.close();
    await empty.close();
  });

  it('has a line of every change to tags, and to whom has them', async () => {
    const rule = { kind: 'group', match: 'all', parts: [] };
    const { customer_no: customerNo } = await one<{ customer_no: number }>('select customer_no from customer where status = 0 limit 1');
    const asked = { metrics: ['sales'], period: { relative: 'last30' } };
    for (const [kind, name] of [['reports', 'report'], ['dashboards', 'dashboard']]) {
      const kept = await drive(`POST /api/insights/${kind}`, `insights.create_${name}`, { name, ...(kind === 'reports' ? { body: { question: asked } } : {}) }) as { id: number };
      await drive(`PATCH /api/insights/${kind}/:id`, `insights.change_${name}`, { version: 1, name: 'other' }, kept);
      await drive(`DELETE /api/insights/${kind}/:id`, `insights.delete_${name}`, undefined, kept);
    }
    await drive('PUT /api/insights/targets', 'insights.set_targets', { metric: 'sales', months: [{ month: '2026-03-01', target: '1' }] });
    await drive(`GET /api/insights/question-export?question=${encodeURIComponent(JSON.stringify(asked))}`, 'insights.export');
    await drive('POST /api/insights/questions', null, { question: { metrics: ['sales'], period: { relative: 'last30' } } });
    for (const path of ['preview', 'preview/people', 'make-up', 'rfm']) await drive(`POST /api/audiences/${path}`, null, { rule });
    await drive('POST /api/audiences/explain', null, { rule, customerNo });
    const { categoryId } = await drive('POST /api/tag-library/categories', 'audiences.make_tag_category', { name: '价值' }) as { categoryId: number };
    await drive('PATCH /api/tag-library/categories/:categoryId', 'audiences.rename_tag_category', { name: '贡献' }, { categoryId });
    await drive('PUT /api/tag-library/category-order', 'audiences.order_tag_categories', { categoryIds: [categoryId] });
    await drive('DELETE /api/tag-library/categories/:categoryId', 'audiences.delete_tag_category', undefined, { categoryId });
    const make = async (name: string, definition: object) => (await drive('POST /api/tag-library/tags', 'audiences.make_tag', { name, definition }) as { tagId: number }).tagId;
    const [byHand, byFile, byRule] = [await make('茶客', { kind: 'hand' }), await make('老客', { kind: 'file' }), await make('全部', { kind: 'rule', rule })];
    await drive('POST /api/tag-library/tags/:tagId/evaluation', null, undefined, { tagId: byRule });
    await drive('PATCH /api/tag-library/tags/:tagId', 'audiences.change_tag', { version: 1, meaning: '常喝茶的人' }, { tagId: byHand });
    await drive('POST /api/tag-library/tags/:tagId/people', 'audiences.give_tag', { change: 'give', customerNos: [customerNo] }, { tagId: byHand });
    await drive('POST /api/tag-library/tags/:tagId/people', 'audiences.take_tag', { change: 'take', customerNos: [customerNo] }, { tagId: byHand });
    await drive('POST /api/tag-library/tags/:tagId/replacement', 'audiences.replace_tag', { by: byRule }, { tagId: byHand });
    await drive('DELETE /api/tag-library/tags/:tagId', 'audiences.delete_tag', undefined, { tagId: byHand });
    await test.platform.pg.query("insert into audience_list (name, members, size, lines, unknown, duplicates, created_at, created_by) values ('名单', $1, 1, 1, 0, 0, now(), 'test')", [Buffer.from(encodeBitmap(Bitmap.of([customerNo])))]);
    const { list_id: listId } = await one<{ list_id: number }>('select list_id from audience_list');
    await drive('POST /api/tag-library/tags/:tagId/files', 'audiences.tag_by_file', { name: '到场', kind: 'customer_no', text: String(customerNo) }, { tagId: byFile });
    const { uploads } = await drive('POST /api/tag-library/tags/:tagId/uploads', 'audiences.tag_by_file', { listId }, { tagId: byFile }) as { uploads: { uploadId: number }[] };
    await drive('DELETE /api/tag-library/tags/:tagId/uploads/:uploadId', 'audiences.untag_by_file', undefined, { tagId: byFile, uploadId: uploads[0].uploadId });
  });

  it('has a line of every change to the mall, and of whom staff exchanged for', async () => {
    await publishSample(test.platform.pg, sampleProgramme(), '2025-01-01T00:00:00Z');
    await driveMall(drive, test.platform.pg);
  });

  it('has a line of every change to the programme, and of both people where it takes two', async () => {
    const path = 'POST /api/membership/programme/versions';
    const change = `${path.replace('POST', 'PUT')}/:versionNo`;
    const draft = (definition: object) => drive(path, 'membership.draft_programme', { definition }) as Promise<{ versionNo: number }>;
    const version = await draft(sampleProgramme());
    await drive('POST /api/membership/programme/preview', null, { definition: sampleProgramme() });
    await drive(change, 'membership.edit_programme', { definition: sampleProgramme(), revision: 1 }, version);
    await drive(`${path}/:versionNo/publication`, 'membership.publish_programme', { startsOn: '2099-01-01', revision: 2 }, version);
    await drive(`${path}/:versionNo/withdrawal`, 'membership.withdraw_programme', { reason: 'x' }, version);
    const large = await draft(sampleProgramme({ points: { rate: { amount: 50, per: '1' } } }));
    await drive(`${path}/:versionNo/publication`, 'membership.ask_programme_approval', { startsOn: '2099-02-01', revision: 1 }, large);
    await drive(`${path}/:versionNo/approval`, 'membership.approve_programme', { isApproved: true }, large, await signedIn('approver@shop.test'));
    await drive(`${path.replace('POST', 'DELETE')}/:versionNo`, 'membership.delete_programme_draft', undefined, await draft(sampleProgramme()));
    const pause = await drive('POST /api/membership/programme/pauses', 'membership.pause_programme', { reason: 'x', fromDay: '2099-03-01' }) as { pauseNo: number };
    await drive('POST /api/membership/programme/pauses/:pauseNo/end', 'membership.resume_programme', undefined, pause);
  });

  it('has a line of every change to what messages say, and of both people', async () => driveTemplates(drive, await signedIn('approver@shop.test')));

  it('has a line of every change to activities, and of whom staff took part for', () => driveActivities(drive));

  it('has a line of every report that sends itself, and of whom it leaves the team for', async () => {
    const wanted = { name: '日报', contents: [{ kind: 'overview', dimensions: [] }], period: 'yesterday', compare: 'before', rhythm: { every: 'day', at: '08:30' }, recipients: [{ kind: 'address', address: 'out@agency.test', locale: 'en' }] };
    const { groupId } = await drive('POST /api/insights/reporting/groups', 'insights.add_report_group', { name: '组', members: wanted.recipients }) as { groupId: number };
    await drive('PUT /api/insights/reporting/groups/:groupId', 'insights.change_report_group', { name: '管理组', members: wanted.recipients }, { groupId });
    const { scheduleId, version } = await drive('POST /api/insights/reporting/schedules', 'insights.add_schedule', wanted) as { scheduleId: number; version: number };
    await drive('PUT /api/insights/reporting/schedules/:scheduleId', 'insights.change_schedule', { ...wanted, version }, { scheduleId });
    await drive('POST /api/insights/reporting/schedules/:scheduleId/pause', 'insights.pause_schedule', { paused: true }, { scheduleId });
    await drive('POST /api/insights/reporting/schedules/:scheduleId/test', 'insights.test_schedule', undefined, { scheduleId });
    await drive('POST /api/insights/reporting/preview', null, { name: wanted.name, contents: wanted.contents, period: wanted.period, compare: wanted.compare, locale: 'en' });
    await until("select from report_occasion where state <> 'under_way'");
    const { occasion_id: occasionId } = await one<{ occasion_id: string }>("select occasion_id from report_occasion where state = 'failed' limit 1");
    await drive('POST /api/insights/reporting/occasions/:occasionId/again', 'insights.send_report_again', undefined, { occasionId });
    await drive('DELETE /api/insights/reporting/schedules/:scheduleId', 'insights.delete_schedule', undefined, { scheduleId });
    await drive('DELETE /api/insights/reporting/groups/:groupId', 'insights.delete_report_group', undefined, { groupId });
  });

  it('has a line of every change to audiences, and of whose members were taken out', async () => {
    const { audienceId } = await drive('POST /api/audiences', 'audiences.create', { name: '全部', kind: 'live', rule: { kind: 'group', match: 'all', parts: [] } }) as { audienceId: number };
    await drive('PATCH /api/audiences/:audienceId', 'audiences.change', { version: 1, name: '所有人' }, { audienceId });
    await drive('GET /api/audiences/:audienceId/export', 'audiences.export', undefined, { audienceId });
    await drive('GET /api/audiences/:audienceId/bitmap', 'audiences.export', undefined, { audienceId });
    await drive('GET /api/audiences/:audienceId/make-up/export', 'audiences.export_make_up', undefined, { audienceId });
    const { destination: { destinationId } } = await drive('POST /api/audience-destinations', 'audiences.add_destination', { name: '广告平台', address: { kind: 'webhook', url: 'http://127.0.0.1:9/' } }) as { destination: { destinationId: number } };
    await drive('POST /api/audience-destinations/:destinationId/test', 'audiences.test_destination', undefined, { destinationId });
    const { deliveryId } = await drive('POST /api/audiences/:audienceId/deliveries', 'audiences.deliver', { destinationId, mode: 'changes', withPresent: false }, { audienceId }) as { deliveryId: number };
    await drive('POST /api/audience-deliveries/:deliveryId/resume', 'audiences.resume_delivery', undefined, { deliveryId });
    await drive('DELETE /api/audience-deliveries/:deliveryId', 'audiences.end_delivery', undefined, { deliveryId });
    await drive('DELETE /api/audience-destinations/:destinationId', 'audiences.revoke_destination', undefined, { destinationId });
    await drive('DELETE /api/audiences/:audienceId', 'audiences.delete', undefined, { audienceId });
    // People enough to learn from.
    await test.platform.clickhouse.command(`insert into customer (customer_no, version, status, created_at, channel, gender) select number + 1000, 1, 'active', '2026-01-01 00:00:00', '官网', if(number < 150, 'female', 'male') from numbers(300)`);
    await test.platform.pg.query('update fact_state set data_version = data_version + 1');
    const women = await drive('POST /api/audiences', 'audiences.create', { name: '女', kind: 'fixed', rule: { kind: 'field', field: 'gender', test: { test: 'any_of', values: ['female'] } } }) as { audienceId: number };
    const expand = async (leaveOut: string[]) => (await drive('POST /api/audiences/:audienceId/expansions', 'audiences.expand', { leaveOut }, women) as { expansionId: number }).expansionId;
    const expansionId = await expand([]);
    await until(`select from audience_expansion where expansion_id = ${expansionId} and state = 'done'`);
    await drive('POST /api/audiences/expansions/:expansionId/audience', 'audiences.create', { name: '像女', take: { reach: 10 } }, { expansionId });
    await app.stopWork();
    await drive('POST /api/audiences/expansions/:expansionId/cancel', 'audiences.cancel_expansion', undefined, { expansionId: await expand(['gender']) });
    const { listId } = await drive('POST /api/audiences/lists', 'audiences.upload_list', { name: '到场名单', kind: 'customer_no', text: '1' }) as { listId: number };
    await drive('PATCH /api/audiences/lists/:listId', 'audiences.rename_list', { name: '到场' }, { listId });
    await drive('DELETE /api/audiences/lists/:listId', 'audiences.delete_list', undefined, { listId });
  });

  it('was asked about every address that changes something, and holds together', async () => {
    const all = app.routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`).filter((name) => !name.startsWith('GET ') || auditedReads.includes(name));
    expect(all.filter((name) => !driven.some((each) => each.split('?')[0] === name)), 'drive it here, or say in `unaudited` why it leaves no line').toEqual([]);
    expect(silent).toEqual([]);
    expect(Object.keys(unaudited).filter((name) => !all.includes(name))).toEqual([]);
    const reply = await server.inject({ method: 'POST', url: '/api/audit/verify', headers: { cookie, 'sec-fetch-site': 'same-origin' } });
    expect(reply.json()).toMatchObject({ firstBadSeq: null });
    const { rows } = await test.platform.pg.query("select action from audit_log where (details::text || subject || actor_name) ~ '13800138000|kettles'");
    expect(rows).toEqual([]);
  });
});
