import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookieOf, createAccessServer, goodPassword, localToken, type AccessServer, type Person } from '../../../../test/access-server.ts';

const hourMs = 3600_000;

describe('a session', () => {
  let at: AccessServer;
  beforeAll(async () => {
    at = await createAccessServer();
  });
  afterAll(() => at.close());
  const statusOf = async (who: Person) => (await at.ask(who, 'GET', '/api/account')).statusCode;
  const signIn = async (who: Person, password = goodPassword): Promise<Person> => {
    const reply = await at.ask(null, 'POST', '/api/session', { email: who.email, password });
    expect(reply.statusCode).toBe(204);
    return { ...who, cookie: cookieOf(reply) };
  };

  it('ends after eight idle hours', async () => {
    const idle = await at.person('Idle');
    at.clock.passMs(7.9 * hourMs);
    expect(await statusOf(idle)).toBe(200);
    at.clock.passMs(7.9 * hourMs);
    expect(await statusOf(idle)).toBe(200);
    at.clock.passMs(8.1 * hourMs);
    expect(await statusOf(idle)).toBe(401);
  });

  it('ends after seven days, however busy', async () => {
    const busy = await at.person('Busy');
    for (let hour = 0; hour < 7 * 24; hour += 7) {
      expect(await statusOf(busy)).toBe(200);
      at.clock.passMs(7 * hourMs);
    }
    expect(await statusOf(busy)).toBe(401);
  });

  it('ends with sign-out, on the server as well as in the browser', async () => {
    const gone = await at.person('Gone');
    const reply = await at.ask(gone, 'DELETE', '/api/session');
    expect(reply.statusCode).toBe(204);
    expect(reply.cookies.map((c) => [c.name, c.value])).toEqual([['perennial_session', ''], ['__Host-perennial_session', '']]);
    expect(await statusOf(gone)).toBe(401);
    expect((await at.ask(null, 'DELETE', '/api/session')).statusCode).toBe(401);
  });

  it('is worthless with one character changed, and the server says nothing more', async () => {
    const one = await at.person('One');
    const forged = { ...one, cookie: one.cookie.slice(0, -1) + (one.cookie.endsWith('A') ? 'B' : 'A') };
    expect(await statusOf(forged)).toBe(401);
    expect((await at.ask(forged, 'GET', '/api/session')).json()).toMatchObject({ actor: null, permissions: [] });
  });

  it('ends everywhere when the password changes; the one that changed it goes on under a new token', async () => {
    const pat = await at.person('Pat');
    const other = await signIn(pat);
    const reply = await at.ask(pat, 'PUT', '/api/account/password', { current: goodPassword, password: 'four brown teapots' });
    expect(reply.statusCode).toBe(204);
    expect(await statusOf(pat)).toBe(401);
    expect(await statusOf(other)).toBe(401);
    expect(await statusOf({ ...pat, cookie: cookieOf(reply) })).toBe(200);
    await signIn(pat, 'four brown teapots');
    expect((await at.ask(null, 'POST', '/api/session', { email: pat.email, password: goodPassword })).statusCode).toBe(401);
  });

  it('ends everywhere when the account is disabled, and stays ended when it is enabled again', async () => {
    const owner = await at.person('Owner', 'administrator');
    const dis = await at.person('Dis', 'viewer');
    expect((await at.ask(owner, 'POST', `/api/staff/${dis.staffId}/disable`)).statusCode).toBe(204);
    expect(await statusOf(dis)).toBe(401);
    expect((await at.ask(owner, 'POST', `/api/staff/${dis.staffId}/enable`)).statusCode).toBe(204);
    expect(await statusOf(dis)).toBe(401);
    await signIn(dis);
  });

  it('can be seen and ended by its owner, and by nobody else', async () => {
    const sue = await at.person('Sue');
    const phone = await signIn(sue);
    const laptop = await signIn(sue);
    const eve = await at.person('Eve');
    const account = (await at.ask(sue, 'GET', '/api/account')).json();
    expect(account).toMatchObject({ email: sue.email, name: 'Sue', hasPassword: true });
    expect(account.sessions).toHaveLength(3);
    expect(account.sessions.filter((s: { current: boolean }) => s.current)).toHaveLength(1);
    const ofPhone = (await at.ask(phone, 'GET', '/api/account')).json().sessions.find((s: { current: boolean }) => s.current).sessionId;
    expect((await at.ask(eve, 'DELETE', `/api/account/sessions/${ofPhone}`)).statusCode).toBe(404);
    expect(await statusOf(phone)).toBe(200);
    expect((await at.ask(sue, 'DELETE', `/api/account/sessions/${ofPhone}`)).statusCode).toBe(204);
    expect(await statusOf(phone)).toBe(401);
    expect((await at.ask(sue, 'DELETE', '/api/account/sessions')).statusCode).toBe(204);
    expect(await statusOf(laptop)).toBe(401);
    expect(await statusOf(sue)).toBe(200);
    expect(await statusOf(eve)).toBe(200);
  });

  it('asks for the current password, slows down guesses at it, and refuses a weak new one', async () => {
    const joy = await at.person('Joy');
    const change = (current: string | undefined, password: string) => at.ask(joy, 'PUT', '/api/account/password', { current, password });
    expect((await change(goodPassword, 'short')).json()).toMatchObject({ status: 400, errors: [{ path: 'body.password' }] });
    expect((await change(goodPassword, 'password123')).json()).toMatchObject({ status: 400, code: 'access.password_common' });
    expect((await change(undefined, 'four brown teapots')).json()).toMatchObject({ status: 400, code: 'access.wrong_current_password' });
    for (let i = 0; i < 5; i++) expect((await change('a wrong guess', 'four brown teapots')).statusCode).toBe(400);
    expect((await change(goodPassword, 'four brown teapots')).statusCode).toBe(429);
    expect(await statusOf(joy)).toBe(200);
  });

  it('lets a person without a password set a first one', async () => {
    const neu = await at.person('Neu');
    await at.platform.pg.query('update staff set password_hash = null where staff_id = $1', [neu.staffId]);
    expect((await at.ask(neu, 'PUT', '/api/account/password', { password: 'four brown teapots' })).statusCode).toBe(204);
    await signIn(neu, 'four brown teapots');
  });

  it('is for people: neither the command line nor a token has an account, sessions or a password', async () => {
    for (const [method, url, payload] of [
      ['GET', '/api/account', undefined], ['DELETE', '/api/account/sessions', undefined], ['DELETE', '/api/account/sessions/1', undefined],
      ['PUT', '/api/account/password', { password: 'four brown teapots' }],
    ] as const) {
      expect((await at.ask(localToken, method, url, payload)).json()).toMatchObject({ status: 403, code: 'access.people_only' });
      expect((await at.ask(null, method, url, payload)).statusCode).toBe(401);
    }
  });
});
