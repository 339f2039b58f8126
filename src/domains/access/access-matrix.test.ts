import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessServer, type AccessServer, type Person } from '../../../test/access-server.ts';
import type { Endpoint } from '../../kernel/endpoint.ts';
import { builtInRoles } from './roles/contract.ts';

/** The addresses anyone may call; everything else asks who it is. */
const publicOnes = ['GET /api/session', 'POST /api/session', 'POST /api/session/link', 'POST /api/session/link/follow'];
const nameOf = (e: Endpoint): string => `${e.method} ${e.path}`;
/** Numbers that nothing has, and bodies that nothing accepts: what is asked is who may come in. */
const addressOf = (e: Endpoint): string => e.path.replace(/:\w+/g, '999999');

describe('every address of this domain, for every role', () => {
  let at: AccessServer;
  let endpoints: Endpoint[];
  beforeAll(async () => {
    at = await createAccessServer();
    endpoints = at.access.routes.map((r) => r.endpoint);
    await at.person('Standing', 'administrator');
  });
  afterAll(() => at.close());
  const ask = (who: Person | null, e: Endpoint) => at.ask(who, e.method, addressOf(e), e.body ? { nothing: 'of use' } : undefined);

  it('is public only where that was decided', () => {
    expect(endpoints.filter((e) => e.access === 'public').map(nameOf)).toEqual(publicOnes);
    for (const e of endpoints.filter((x) => x.access !== 'public' && x.access !== 'signed-in')) expect(e.access, nameOf(e)).toMatch(/^access\./);
  });

  it('is closed to nobody in particular: 401', async () => {
    for (const e of endpoints.filter((x) => x.access !== 'public')) expect((await ask(null, e)).statusCode, nameOf(e)).toBe(401);
  });

  it.each(builtInRoles)('is open to %s exactly as far as the role says', async (role) => {
    const person = await at.person(`Some ${role}`, role);
    const { permissions } = (await at.ask(person, 'GET', '/api/session')).json() as { permissions: string[] };
    for (const e of endpoints.filter((x) => x.path !== '/api/session' && x.path !== '/api/sign-in-links')) {
      const { statusCode } = await ask(person, e);
      const open = e.access === 'public' || e.access === 'signed-in' || permissions.includes(e.access);
      expect(statusCode === 403, `${nameOf(e)}: ${statusCode}`).toBe(!open);
      expect(statusCode, nameOf(e)).toBeLessThan(500);
    }
  });

  it('is closed to a person without any role, and with the next request to one whose role was taken', async () => {
    const bare = await at.person('Bare', 'administrator');
    await at.platform.pg.query('delete from staff_role where staff_id = $1', [bare.staffId]);
    for (const e of endpoints.filter((x) => x.access.startsWith('access.'))) expect((await ask(bare, e)).statusCode, nameOf(e)).toBe(403);
  });

  it('changes nothing on a GET', () => {
    expect(endpoints.filter((e) => e.method === 'GET' && e.body)).toEqual([]);
  });

  it('refuses what cannot be used with 400 and what is not there with 404', async () => {
    const owner = await at.person('Strict', 'administrator');
    for (const e of endpoints.filter((x) => x.body && x.path !== '/api/sign-in-links')) {
      const known = e.path.replace(':staffId', String(owner.staffId)).replace(':roleId', String(await at.roleId('viewer')));
      for (const body of ['[]', '"text"', '{"name":5,"email":"no","roleIds":"x","permissions":{},"days":"x","token":1,"password":1,"current":{},"timeZone":1}']) {
        const reply = await at.server.inject({ method: e.method, url: known, payload: body, headers: { cookie: owner.cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' } });
        expect(reply.statusCode, `${nameOf(e)} ${body}`).toBe(400);
      }
    }
    for (const e of endpoints.filter((x) => x.params)) {
      expect((await at.ask(owner, e.method, e.path.replace(/:\w+/, 'x'), e.body ? {} : undefined)).statusCode, nameOf(e)).toBe(400);
      expect((await at.ask(owner, e.method, addressOf(e), e.body ? {} : undefined)).statusCode, nameOf(e)).toBe(404);
    }
  });

  it('writes an audit row for every change, in the name of who made it', async () => {
    const owner = await at.person('Diligent', 'administrator');
    const rowsOf = async () => (await at.platform.pg.query<{ n: number }>('select count(*) as n from audit_log where actor_id = $1', [owner.staffId])).rows[0].n;
    const guest = (await at.ask(owner, 'POST', '/api/staff', { email: 'guest@shop.test', name: 'Guest', roleIds: [] })).json();
    const role = (await at.ask(owner, 'POST', '/api/roles', { name: 'Passing', permissions: [] })).json();
    const token = (await at.ask(owner, 'POST', '/api/tokens', { name: 'x', scopes: ['access.audit'], days: 1 })).json();
    expect(await rowsOf()).toBe(3);
    const changes: [Parameters<AccessServer['ask']>[1], string, object?][] = [
      ['PATCH', `/api/staff/${guest.staffId}`, { name: 'Guest 2' }], ['POST', `/api/staff/${guest.staffId}/password-link`], ['POST', `/api/staff/${guest.staffId}/disable`],
      ['POST', `/api/staff/${guest.staffId}/enable`], ['DELETE', `/api/staff/${guest.staffId}`],
      ['PATCH', `/api/roles/${role.roleId}`, { permissions: ['access.audit'] }], ['DELETE', `/api/roles/${role.roleId}`], ['POST', `/api/roles/${await at.roleId('viewer')}/reset`],
      ['DELETE', `/api/tokens/${token.tokenId}`], ['PUT', '/api/settings/brand', { name: 'Shop', timeZone: 'UTC', currency: 'EUR' }],
      ['GET', '/api/audit/export'], ['POST', '/api/audit/verify'], ['DELETE', '/api/account/sessions'], ['DELETE', '/api/session'],
    ];
    for (const [i, [method, url, body]] of changes.entries()) {
      expect((await at.ask(owner, method, url, body)).statusCode, `${method} ${url}`).toBeLessThan(300);
      expect(await rowsOf(), `${method} ${url}`).toBe(4 + i);
    }
  });
});

describe('requests from other sites that ride on a session', () => {
  let at: AccessServer;
  let owner: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    owner = await at.person('Owner', 'administrator');
  });
  afterAll(() => at.close());

  it.each([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }], ['same-site', { 'sec-fetch-site': 'same-site' }],
    ['a foreign origin', { origin: 'https://evil.example' }], ['the origin null', { origin: 'null' }], ['no origin and no word of the browser', {}],
  ])('are refused for every unsafe address: %s', async (_what, headers) => {
    for (const { endpoint: e } of at.access.routes.filter((r) => r.endpoint.method !== 'GET')) {
      const reply = await at.server.inject({ method: e.method, url: addressOf(e), payload: e.body ? {} : undefined, headers: { cookie: owner.cookie, ...headers } as Record<string, string> });
      expect(reply.json(), nameOf(e)).toMatchObject({ status: 403, code: 'platform.foreign_origin' });
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await at.ask(owner, 'GET', '/api/account')).statusCode).toBe(200);
  });
});
