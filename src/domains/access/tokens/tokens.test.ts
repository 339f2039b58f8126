import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessServer, localToken, type AccessServer, type Person } from '../../../../test/access-server.ts';

const dayMs = 24 * 3600_000;

describe('an API token', () => {
  let at: AccessServer;
  let owner: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    owner = await at.person('Owner', 'administrator');
  });
  afterAll(() => at.close());
  const make = (who: Person | string, scopes: string[], days: number | null = 30, name = 'nightly export') => at.ask(who, 'POST', '/api/tokens', { name, scopes, days });
  const secretOf = async (who: Person | string, scopes: string[], days: number | null = 30) => (await make(who, scopes, days)).json() as { tokenId: number; secret: string };

  it('is shown once, stored as a hash, and may do just what its scopes say', async () => {
    const { secret, tokenId } = await secretOf(owner, ['access.staff']);
    expect(secret).toMatch(/^perennial_[\w-]{43}$/);
    expect((await at.ask(secret, 'GET', '/api/staff')).statusCode).toBe(200);
    expect((await at.ask(secret, 'GET', '/api/audit')).statusCode).toBe(403);
    expect((await at.ask(secret, 'GET', '/api/session')).json()).toMatchObject({ actor: { id: tokenId, kind: 'token', name: 'nightly export (Owner)' }, permissions: ['access.staff'] });
    const list = await at.ask(owner, 'GET', '/api/tokens');
    expect(list.json().rows[0]).toMatchObject({ tokenId, prefix: secret.slice(0, 16), status: 'active', owner: 'Owner', scopes: ['access.staff'] });
    expect(list.json().rows[0].lastUsedAt).not.toBeNull();
    const { rows } = await at.platform.pg.query('select api_token::text as row from api_token union all select audit_log::text from audit_log');
    expect(rows.map((r) => r.row).join() + list.body).not.toContain(secret.slice(20));
  });

  it('never exceeds its owner: a permission lost, a disabled account, a deleted account', async () => {
    const amy = await at.person('Amy', 'data_analyst');
    const { secret } = await secretOf(amy, ['customers.read', 'access.tokens']);
    const scopesNow = async () => (await at.ask(secret, 'GET', '/api/session')).json().permissions;
    expect(await scopesNow()).toEqual(['customers.read', 'access.tokens']);
    await at.ask(owner, 'PATCH', `/api/staff/${amy.staffId}`, { roleIds: [await at.roleId('viewer')] });
    expect(await scopesNow()).toEqual(['customers.read']);
    await at.ask(owner, 'POST', `/api/staff/${amy.staffId}/disable`);
    expect((await at.ask(secret, 'DELETE', '/api/session')).statusCode).toBe(401);
    await at.ask(owner, 'POST', `/api/staff/${amy.staffId}/enable`);
    expect(await scopesNow()).toEqual(['customers.read']);
    await at.ask(owner, 'DELETE', `/api/staff/${amy.staffId}`);
    expect((await at.ask(secret, 'DELETE', '/api/session')).statusCode).toBe(401);
  });

  it('cannot be given a scope its maker does not hold, nor be made by another token', async () => {
    const amy = await at.person('Ada', 'data_analyst');
    expect((await make(amy, ['customers.erase'])).json()).toMatchObject({ status: 403, code: 'access.beyond_own' });
    const { secret } = await secretOf(amy, ['access.tokens']);
    expect((await make(secret, ['access.tokens'])).json()).toMatchObject({ status: 403, code: 'access.people_only' });
    const powerful = (await secretOf(owner, ['access.staff'])).secret;
    expect((await at.ask(powerful, 'PATCH', `/api/staff/${owner.staffId}`, { name: 'Mine now' })).json()).toMatchObject({ status: 403, code: 'access.administrators_only' });
  });

  it('ends when it expires or is revoked, at once', async () => {
    const short = await secretOf(owner, ['access.staff'], 1);
    const gone = await secretOf(owner, ['access.staff'], null);
    expect((await at.ask(owner, 'DELETE', `/api/tokens/${gone.tokenId}`)).statusCode).toBe(204);
    expect((await at.ask(gone.secret, 'GET', '/api/staff')).statusCode).toBe(401);
    at.clock.passMs(dayMs + 1);
    expect((await at.ask(short.secret, 'GET', '/api/staff')).statusCode).toBe(401);
    owner = await at.person('Owner again', 'administrator');
    const states = async (status: string) => (await at.ask(owner, 'GET', `/api/tokens?status=${status}`)).json().rows.map((r: { tokenId: number }) => r.tokenId);
    expect(await states('expired')).toContain(short.tokenId);
    expect(await states('revoked')).toContain(gone.tokenId);
  });

  it('is seen and revoked by its owner and by who looks after accounts; for others it does not exist', async () => {
    const ivy = await at.person('Ivy', 'data_analyst');
    const joe = await at.person('Joe', 'data_analyst');
    const { tokenId, secret } = await secretOf(ivy, ['customers.read', 'access.tokens']);
    const seenBy = async (who: Person | string) => (await at.ask(who, 'GET', '/api/tokens?sort=-lastUsedAt&q=night')).json().rows.some((r: { tokenId: number }) => r.tokenId === tokenId);
    expect(await Promise.all([ivy, secret, owner, joe].map(seenBy))).toEqual([true, true, true, false]);
    expect((await at.ask(joe, 'DELETE', `/api/tokens/${tokenId}`)).statusCode).toBe(404);
    expect((await at.ask(ivy, 'DELETE', `/api/tokens/${tokenId}`)).statusCode).toBe(204);
    expect((await at.ask(owner, 'DELETE', `/api/tokens/${tokenId}`)).statusCode).toBe(204);
  });

  it('made on the command line has no owner and its own scopes', async () => {
    const { secret } = await secretOf(localToken, ['customers.read']);
    expect((await at.ask(secret, 'GET', '/api/session')).json()).toMatchObject({ actor: { name: 'nightly export' }, permissions: ['customers.read'] });
  });

  it.each([
    ['no scope', { name: 'x', scopes: [], days: 1 }], ['no name', { name: ' ', scopes: ['access.staff'], days: 1 }],
    ['no such scope', { name: 'x', scopes: ['no.such'], days: 1 }], ['a day too many', { name: 'x', scopes: ['access.staff'], days: 3651 }],
    ['no word on expiry', { name: 'x', scopes: ['access.staff'] }],
  ])('is refused with %s', async (_what, body) => {
    expect((await at.ask(owner, 'POST', '/api/tokens', body)).statusCode).toBe(400);
  });
});

describe('who sent a request', () => {
  let at: AccessServer;
  beforeAll(async () => {
    at = await createAccessServer();
  });
  afterAll(() => at.close());

  it('is the system for the local token, and nobody for anything near it', async () => {
    expect((await at.ask(localToken, 'GET', '/api/session')).json().actor).toEqual({ id: 0, name: 'system', kind: 'system' });
    expect((await at.ask(localToken, 'GET', '/api/staff')).statusCode).toBe(200);
    for (const wrong of [`${localToken}x`, localToken.slice(1), 'undefined', 'x']) expect((await at.ask(wrong, 'GET', '/api/staff')).statusCode).toBe(401);
  });

  it('is nobody for a bad bearer, whatever the cookie says', async () => {
    const { cookie } = await at.person('Owner', 'administrator');
    const reply = await at.server.inject({ url: '/api/staff', headers: { cookie, authorization: 'Bearer perennial_nonsense' } });
    expect(reply.statusCode).toBe(401);
  });
});
