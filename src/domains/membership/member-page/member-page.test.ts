import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemberVisits, type MemberVisits } from '../../../../test/member-visits.ts';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../test/membership-server.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import {
  adjustPoints,
  createMemberLink,
  createPageLink,
  readMemberPage,
  revokePageLinks,
} from '../contract.ts';

const everything =
  'membership.read membership.adjust membership.checkout membership.links membership.mall';
const phone = '+8613988887777';

describe('a member’s page', () => {
  let shop: MembershipServer;
  let at: MemberVisits;
  let anna: number;
  let bo: number;
  let made = 0;
  beforeAll(async () => {
    shop = await createMembershipServer(everything);
    const { pg } = shop.platform;
    at = await createMemberVisits(shop);
    const joining = {
      who: 'application',
      consent: { channel: 'sms', purpose: 'marketing' },
    } as const;
    await publishSample(pg, sampleProgramme({ joining }), '2026-01-01T00:00:00+08:00');
    const claim = (value: string) => ({
      identifiers: [
        { kind: 'external_id' as const, namespace: '', value },
        { kind: 'member_no' as const, namespace: '', value: `88${value}` },
      ],
      at: new Date('2026-01-01'),
    });
    [anna, bo] = await inTransaction(pg, async (client) => {
      const numbers = await shop.customers.identities.resolve(client, [
        claim('1001'),
        claim('2002'),
      ]);
      await shop.customers.profiles.applyTraits(client, [
        {
          customerNo: numbers[0],
          traits: { name: '欧阳金丝雀', phone },
          at: new Date('2026-01-01'),
        },
      ]);
      return numbers;
    });
  });
  afterAll(async () => {
    await at.server.close();
    await shop.close();
  });

  it('is opened by a link, shows the person’s own and no one else’s, and no whole name or number', async () => {
    await shop.ask(adjustPoints, {
      params: { customerNo: anna },
      body: { key: `k${++made}`, amount: 120, reason: '补偿' },
    });
    await shop.ask(adjustPoints, {
      params: { customerNo: bo },
      body: { key: `k${++made}`, amount: 7, reason: '补偿' },
    });
    const page = await at.pageOf(await at.visit(anna));
    expect(page).toMatchObject({
      mode: 'own',
      brand: { programme: 'The club' },
      membership: { state: 'none', name: '欧**', number: '1001', canJoin: true },
      points: { available: 120 },
    });
    expect((await at.pageOf(await at.visit(bo))).points.available).toBe(7);
    expect(JSON.stringify(page)).not.toMatch(/金丝雀|13988887777/);
    const history = (await at.send(await at.visit(anna), 'GET', '/points')).json();
    expect(history.entries).toMatchObject([{ amount: 120, sentence: 'Given: 补偿' }]);
    expect(JSON.stringify(history)).not.toContain('test staff');
  });

  it('has a cookie that only its own addresses get, that no script reads and no other site sends', async () => {
    const reply = await at.open(await at.tokenFor(anna), {
      origin: 'https://crm.shop.test',
      host: 'crm.shop.test',
    });
    const [cookie] = reply.cookies;
    expect(cookie).toMatchObject({
      name: 'perennial_member',
      path: '/api/member',
      httpOnly: true,
      sameSite: 'Strict',
      secure: true,
    });
    expect(cookie.value).not.toBe(await at.tokenFor(anna));
    const foreign = await at.send(
      `perennial_member=${cookie.value}`,
      'PUT',
      '/consents',
      { channel: 'sms', purpose: 'marketing', granted: true },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(foreign.json()).toMatchObject({ status: 403, code: 'platform.foreign_origin' });
    const left = await at.send(`perennial_member=${cookie.value}`, 'DELETE', '/session');
    expect(left.cookies[0]).toMatchObject({
      name: 'perennial_member',
      value: '',
      path: '/api/member',
    });
  });

  it('is closed without one, whatever else somebody holds; and the cookie opens nothing else', async () => {
    const closed = [
      ['GET', '/page'],
      ['GET', '/points'],
      ['POST', '/membership', { agrees: true }],
      ['DELETE', '/membership'],
      ['PUT', '/consents', { channel: 'sms', purpose: 'marketing', granted: true }],
    ] as const;
    for (const cookie of [
      '',
      'perennial_session=x',
      'perennial_member=x',
      `perennial_member=${await at.tokenFor(anna)}`,
    ]) {
      for (const [method, path, body] of closed) {
        const reply = await at.send(cookie, method, path, body, {
          'x-test-permissions': everything,
        });
        expect(reply.json(), `${cookie} ${path}`).toMatchObject({
          status: 401,
          code: 'membership.page_closed',
        });
      }
    }
    const cookie = await at.visit(anna);
    for (const url of [`/api/members/${anna}/page`, `/api/members/${anna}/points`]) {
      expect((await at.server.inject({ url, headers: { cookie } })).statusCode).toBe(401);
    }
  });

  it('ends with its link, and at once for every link of the person when that is asked for', async () => {
    const [token, cookie, other] = [
      await at.tokenFor(anna, 30),
      await at.visit(anna, 30),
      await at.visit(bo),
    ];
    shop.setTime('2026-06-18T04:29:59Z');
    expect((await at.send(cookie, 'GET', '/page')).statusCode).toBe(200);
    shop.setTime('2026-06-18T04:30:00Z');
    expect((await at.send(cookie, 'GET', '/page')).statusCode).toBe(401);
    expect((await at.open(token)).json()).toMatchObject({
      status: 410,
      code: 'membership.page_link_ended',
    });
    const [late, lateCookie] = [await at.tokenFor(anna), await at.visit(anna)];
    expect((await shop.ask(revokePageLinks, { params: { customerNo: anna } })).status).toBe(200);
    expect((await at.send(lateCookie, 'GET', '/page')).statusCode).toBe(401);
    expect((await at.open(late)).statusCode).toBe(410);
    expect((await at.send(other, 'GET', '/page')).statusCode).toBe(200);
    expect((await at.send(await at.visit(anna), 'GET', '/page')).statusCode).toBe(200);
  });

  it('keeps a choice with where it was made, and counts it at once', async () => {
    const cookie = await at.visit(anna);
    const choose = (granted: boolean) =>
      at.send(cookie, 'PUT', '/consents', { channel: 'email', purpose: 'marketing', granted });
    expect((await choose(true)).json().consents).toContainEqual(
      expect.objectContaining({ channel: 'email', granted: true }),
    );
    shop.setTime('2026-06-18T04:31:00Z');
    await choose(false);
    expect((await at.pageOf(cookie)).consents).toContainEqual(
      expect.objectContaining({ channel: 'email', purpose: 'marketing', granted: false }),
    );
    const { rows } = await shop.platform.pg.query(
      "select granted, source, evidence, actor from consent where customer_no = $1 and channel = 'email' order by at",
      [anna],
    );
    const where = {
      source: 'member_page',
      evidence: { note: 'chosen on the member’s page' },
      actor: 'member',
    };
    expect(rows).toEqual([
      { granted: true, ...where },
      { granted: false, ...where },
    ]);
  });

  it('lets somebody in who agrees to what that takes, and out again; what they had is still there', async () => {
    const cookie = await at.visit(anna);
    expect((await at.send(cookie, 'POST', '/membership', { agrees: false })).json()).toMatchObject({
      status: 409,
      code: 'membership.page_join_refused',
      errors: [{ code: 'consent' }],
    });
    const joined = await at.send(cookie, 'POST', '/membership', { agrees: true });
    expect(joined.json()).toMatchObject({
      membership: { state: 'member', tier: { key: 'silver' }, canJoin: false },
      points: { available: 120 },
    });
    await at.send(cookie, 'POST', '/membership', { agrees: true });
    expect((await at.send(cookie, 'DELETE', '/membership')).json()).toMatchObject({
      membership: { state: 'left', canJoin: true },
      points: { available: 120 },
    });
    expect((await at.send(cookie, 'DELETE', '/membership')).json()).toMatchObject({
      status: 409,
      code: 'membership.no_member',
    });
    expect(
      (await at.send(cookie, 'POST', '/membership', { agrees: true })).json().membership.state,
    ).toBe('member');
    const { rows } = await shop.platform.pg.query(
      "select action, actor_name from audit_log where subject = $1 and action in ('membership.join', 'membership.leave') order by seq",
      [`customer:${anna}`],
    );
    expect(rows).toEqual(
      ['join', 'leave', 'join'].map((what) => ({
        action: `membership.${what}`,
        actor_name: 'member',
      })),
    );
  });

  it('is seen by staff as the member sees it, and nothing can be changed that way; the audit log knows', async () => {
    const cookie = await at.visit(anna, 10, 'view');
    expect(await at.pageOf(cookie)).toMatchObject({
      mode: 'view',
      membership: { state: 'member' },
    });
    for (const reply of [
      await at.send(cookie, 'PUT', '/consents', {
        channel: 'sms',
        purpose: 'marketing',
        granted: false,
      }),
      await at.send(cookie, 'DELETE', '/membership'),
    ]) {
      expect(reply.json()).toMatchObject({ status: 403, code: 'membership.page_is_viewed' });
    }
    const { rows } = await shop.platform.pg.query(
      "select action, details from audit_log where action like 'membership.%page%' or action like 'membership.view%' order by seq desc limit 1",
    );
    expect(rows).toEqual([
      { action: 'membership.view_as_member', details: { until: expect.any(String) } },
    ]);
  });

  it('is made for the shop by whom it knows, and as plain content', async () => {
    const customer = { kind: 'member_no' as const, value: '881001' };
    const { body, status } = await shop.ask(
      createMemberLink,
      { body: { customer, minutes: 5 } },
      { permissions: 'membership.checkout' },
    );
    expect([status, body.customerNo, body.path.startsWith('/member#')]).toEqual([201, anna, true]);
    expect((await at.open(body.path.split('#')[1])).statusCode).toBe(201);
    const asked = await shop.ask(
      readMemberPage,
      { params: { customerNo: anna } },
      { permissions: 'membership.checkout', locale: 'zh-CN' },
    );
    expect(asked.body).toMatchObject({
      membership: { state: 'member', tier: { name: 'silver会员' } },
      points: { available: 120 },
    });
    expect(
      (
        await shop.ask(createMemberLink, {
          body: { customer: { kind: 'phone', value: '+8613900001111' } },
        })
      ).status,
    ).toBe(404);
    expect(
      (await shop.ask(createPageLink, { params: { customerNo: 999_999 }, body: { mode: 'own' } }))
        .status,
    ).toBe(404);
    expect(
      (
        await shop.ask(
          createPageLink,
          { params: { customerNo: anna }, body: { mode: 'own' } },
          { permissions: 'membership.read membership.checkout' },
        )
      ).status,
    ).toBe(403);
  });

  it('holds back who asks too often, and nobody else', async () => {
    const [cookie, other] = [await at.visit(bo), await at.visit(anna)];
    const statuses = await Promise.all(
      Array.from({ length: 140 }, async () => (await at.send(cookie, 'GET', '/points')).statusCode),
    );
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(120);
    expect(statuses).toContain(429);
    expect((await at.send(other, 'GET', '/page')).statusCode).toBe(200);
    const guesses = await Promise.all(
      Array.from({ length: 40 }, async () => (await at.open('x'.repeat(42))).statusCode),
    );
    expect(guesses.filter((status) => status === 410)).toHaveLength(30);
    expect((await at.open(await at.tokenFor(anna))).statusCode).toBe(201);
  });

  it('is nobody’s after an erasure', async () => {
    shop.setTime('2026-06-18T06:00:00Z');
    const [token, cookie] = [await at.tokenFor(bo), await at.visit(bo)];
    await shop.platform.pg.query('update customer set status = 2 where customer_no = $1', [bo]);
    expect((await at.open(token)).statusCode).toBe(410);
    expect((await at.send(cookie, 'GET', '/page')).statusCode).toBe(401);
  });
});
