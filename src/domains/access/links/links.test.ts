import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, createAccessServer, goodPassword, localToken, type AccessServer, type Person } from '../../../../test/access-server.ts';

const minuteMs = 60_000;
const tokenOf = (path: string): string => path.split('#')[1];

describe('a one-time link', () => {
  let at: AccessServer;
  let owner: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    owner = await at.person('Owner', 'administrator');
  });
  afterAll(() => at.close());
  const follow = (token: string, password?: string) => at.ask(null, 'POST', '/api/session/link/follow', { token, password });
  const invite = async (email: string) =>
    (await at.ask(owner, 'POST', '/api/staff', { email, name: 'New Person', roleIds: [await at.roleId('viewer')] })).json() as { staffId: number; path: string };

  it('invites: it shows whose it is, takes a password once, and signs in', async () => {
    const { path } = await invite('Fresh@Shop.test');
    expect(path).toMatch(/^\/sign-in\/link#[\w-]{43}$/);
    const token = tokenOf(path);
    expect((await at.ask(null, 'POST', '/api/session/link', { token })).json()).toEqual({ purpose: 'password', name: 'New Person', email: 'fresh@shop.test' });
    expect((await follow(token)).json()).toMatchObject({ status: 400, code: 'access.password_missing' });
    expect((await follow(token, 'password123')).json()).toMatchObject({ status: 400, code: 'access.password_common' });
    const done = await follow(token, 'a pond full of herons');
    expect(done.statusCode).toBe(204);
    expect((await at.ask({ ...owner, cookie: cookieOf(done) }, 'GET', '/api/session')).json().actor.name).toBe('New Person');
    expect((await follow(token, 'another pond of herons')).json()).toMatchObject({ status: 410, code: 'access.link_used' });
    expect((await at.ask(null, 'POST', '/api/session/link', { token })).statusCode).toBe(410);
    expect((await at.ask(null, 'POST', '/api/session', { email: 'fresh@shop.test', password: 'a pond full of herons' })).statusCode).toBe(204);
  });

  it('works for one of many who follow it at the same time', async () => {
    const { path } = await invite('raced@shop.test');
    const replies = await Promise.all(Array.from({ length: 10 }, () => follow(tokenOf(path), 'a pond full of herons')));
    expect(replies.map((r) => r.statusCode).sort()).toEqual([204, ...Array<number>(9).fill(410)]);
  });

  it('for a new password lives thirty minutes, an invitation three days', async () => {
    const { staffId, path } = await invite('slow@shop.test');
    at.clock.passMs(2.9 * 24 * 60 * minuteMs);
    // The owner's own session has ended meanwhile.
    owner = { ...owner, cookie: cookieOf(await at.ask(null, 'POST', '/api/session', { email: owner.email, password: goodPassword })) };
    expect((await follow(tokenOf(path), 'a pond full of herons')).statusCode).toBe(204);
    const renewed = async () => tokenOf((await at.ask(owner, 'POST', `/api/staff/${staffId}/password-link`)).json().path);
    const late = await renewed();
    at.clock.passMs(31 * minuteMs);
    expect((await follow(late, 'six quiet herons stand')).statusCode).toBe(410);
    const timely = await renewed();
    at.clock.passMs(29 * minuteMs);
    expect((await follow(timely, 'six quiet herons stand')).statusCode).toBe(204);
  });

  it('is replaced by the next one, dies with a disabled account, and ends older sessions', async () => {
    const { staffId, path } = await invite('twice@shop.test');
    const second = (await at.ask(owner, 'POST', `/api/staff/${staffId}/password-link`)).json().path;
    expect((await follow(tokenOf(path), 'a pond full of herons')).statusCode).toBe(410);
    const first = cookieOf(await follow(tokenOf(second), 'a pond full of herons'));
    const reset = (await at.ask(owner, 'POST', `/api/staff/${staffId}/password-link`)).json().path;
    await follow(tokenOf(reset), 'six quiet herons stand');
    expect((await at.ask({ ...owner, cookie: first }, 'GET', '/api/account')).statusCode).toBe(401);
    const last = (await at.ask(owner, 'POST', `/api/staff/${staffId}/password-link`)).json().path;
    await at.ask(owner, 'POST', `/api/staff/${staffId}/disable`);
    expect((await follow(tokenOf(last), 'a pond full of herons')).statusCode).toBe(410);
    expect((await at.ask(owner, 'POST', `/api/staff/${staffId}/password-link`)).json()).toMatchObject({ status: 409, code: 'access.staff_disabled' });
  });

  it('is stored as a hash only, and refused when it is not one', async () => {
    const { path } = await invite('hashed@shop.test');
    const { rows } = await at.platform.pg.query('select sign_in_link::text as row from sign_in_link');
    expect(rows.map((r) => r.row).join()).not.toContain(tokenOf(path));
    expect((await follow('x'.repeat(43), 'a pond full of herons')).statusCode).toBe(410);
    expect((await follow('short', 'a pond full of herons')).statusCode).toBe(400);
    expect((await at.ask(null, 'POST', '/api/session/link', {})).statusCode).toBe(400);
  });

  it('that signs in is made by the command line only', async () => {
    const body = { email: owner.email };
    expect((await at.ask(owner, 'POST', '/api/sign-in-links', body)).json()).toMatchObject({ status: 403, code: 'access.command_line_only' });
    expect((await at.ask(null, 'POST', '/api/sign-in-links', body)).statusCode).toBe(401);
    expect((await at.ask(await at.person('Small', 'viewer'), 'POST', '/api/sign-in-links', body)).statusCode).toBe(403);
    expect((await at.ask(localToken, 'POST', '/api/sign-in-links', { email: 'no address' })).statusCode).toBe(400);
    expect((await at.ask(localToken, 'POST', '/api/sign-in-links', { email: 'nobody@shop.test' })).statusCode).toBe(404);
    const made = await at.ask(localToken, 'POST', '/api/sign-in-links', body);
    expect(made.statusCode).toBe(201);
    const signedIn = await follow(tokenOf(made.json().path));
    expect((await at.ask({ ...owner, cookie: cookieOf(signedIn) }, 'GET', '/api/session')).json().actor.name).toBe('Owner');
  });
});

describe('the first sign-in link', () => {
  it('makes one administrator, however many programs start, and is offered until one has signed in', async () => {
    const at = await createAccessServer();
    try {
      const links = await Promise.all(Array.from({ length: 5 }, () => at.access.firstSignInLink()));
      expect(links.every((link) => link !== null)).toBe(true);
      const { rows } = await at.platform.pg.query('select count(*) as n from staff');
      expect(rows).toEqual([{ n: 1 }]);
      const again = await at.access.firstSignInLink();
      expect((await at.ask(null, 'POST', '/api/session/link/follow', { token: tokenOf(again?.path ?? '') })).statusCode).toBe(204);
      expect(await at.access.firstSignInLink()).toBeNull();
      expect((await at.access.createSignInLink(1)).path).toContain('/sign-in/link#');
    } finally {
      await at.close();
    }
  });
});
