import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, permissions, type App } from '../src/app.ts';
import { builtInRoles } from '../src/domains/access/roles/contract.ts';
import { insertSession } from '../src/domains/access/sessions/store.ts';
import type { Endpoint } from '../src/kernel/endpoint.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createTestPlatform, type TestPlatform } from './harness.ts';

/** The only addresses that answer somebody who is not signed in; those of a member's own page ask for a cookie of their own. */
const publicOnes = [
  'GET /api/session', 'POST /api/session', 'POST /api/session/link', 'POST /api/session/link/follow',
  'POST /api/member/session', 'DELETE /api/member/session', 'GET /api/member/page', 'GET /api/member/points', 'PUT /api/member/consents', 'POST /api/member/membership', 'POST /api/member/exchanges', 'PUT /api/member/exchanges/:orderNo/recipient', 'POST /api/member/activities/:activityNo', 'DELETE /api/member/membership',
  'GET /m/i/:file', 'POST /api/preferences/visit', 'PUT /api/preferences', 'POST /api/opt-ins/visit', 'POST /api/opt-ins/confirmation', 'POST /m/u/:token',
  'GET /m/c/:token', 'GET /m/o/:token',
  'GET /calendar/:token',
];
const nameOf = (e: Endpoint): string => `${e.method} ${e.path}`;
/** Nothing is reached: who may not come in is sent away before the input is looked at. */
const addressOf = (e: Endpoint): string => e.path.replace(/:\w+/g, '999999');

/** With real sessions and roles; what each endpoint itself refuses is in endpoints.test.ts. */
describe('every address of the product, for every role', () => {
  let test: TestPlatform;
  let app: App;
  let server: FastifyInstance;
  let endpoints: Endpoint[];
  beforeAll(async () => {
    test = await createTestPlatform();
    app = createApp(test.platform, randomBytes(16).toString('hex'));
    endpoints = app.routes.map((r) => r.endpoint);
    server = await createServer({ log: test.platform.log, say: createSay(), routes: app.routes, authenticate: app.authenticate });
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  let made = 0;
  const sessionWith = async (role: string): Promise<string> => {
    const { pg } = test.platform;
    const { rows } = await pg.query<{ staff_id: number }>('insert into staff (email, name) values ($1, $2) returning staff_id', [`${role}.${++made}@shop.test`, role]);
    await pg.query('insert into staff_role select $1, role_id from role where key = $2', [rows[0].staff_id, role]);
    return `perennial_session=${await insertSession(pg, rows[0].staff_id, { address: '127.0.0.1', device: 'test' }, new Date())}`;
  };
  const ask = (e: Endpoint, cookie?: string) =>
    server.inject({ method: e.method, url: addressOf(e), headers: { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) } });

  it('is closed to strangers unless it was decided otherwise', async () => {
    expect(endpoints.filter((e) => e.access === 'public').map(nameOf)).toEqual(publicOnes);
    for (const e of endpoints.filter((x) => x.access !== 'public')) expect((await ask(e)).statusCode, nameOf(e)).toBe(401);
  });

  it.each(builtInRoles)('is closed to %s where the role lacks the permission', async (role) => {
    const cookie = await sessionWith(role);
    const session = await server.inject({ url: '/api/session', headers: { cookie } });
    const held = new Set<string>(session.json().permissions);
    if (role === 'administrator') expect(held.size).toBe(permissions.length);
    const closed = endpoints.filter((e) => e.access !== 'public' && e.access !== 'signed-in' && !held.has(e.access));
    for (const e of closed) {
      const reply = await ask(e, cookie);
      expect(reply.json(), nameOf(e)).toMatchObject({ status: 403, code: 'platform.not_permitted' });
    }
  });

  it('is closed at once when the role is taken away', async () => {
    const cookie = await sessionWith('manager');
    await test.platform.pg.query("delete from staff_role using role where role.role_id = staff_role.role_id and key = 'manager'");
    for (const e of endpoints.filter((x) => x.access !== 'public' && x.access !== 'signed-in')) expect((await ask(e, cookie)).statusCode, nameOf(e)).toBe(403);
  });

  it('refuses other sites wherever it changes something', async () => {
    const cookie = await sessionWith('viewer');
    for (const e of endpoints.filter((x) => x.method !== 'GET')) {
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'null' }, {}] as Record<string, string>[]) {
        const reply = await server.inject({ method: e.method, url: addressOf(e), headers: { cookie, ...headers } });
        expect(reply.json(), nameOf(e)).toMatchObject({ status: 403, code: 'platform.foreign_origin' });
      }
    }
  });
});
