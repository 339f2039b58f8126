import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccessServer,
  createAccessServer,
  type Person,
} from '../../../../test/access-server.ts';
import { createMailBox, type MailBox } from '../../../../test/mail-box.ts';

describe('the mail server of the settings', () => {
  let at: AccessServer;
  let box: MailBox;
  let owner: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    at.platform.config.outboundAllow.push('127.0.0.1');
    box = await createMailBox({ user: { name: 'robot', password: 'right' } });
    owner = await at.person('Owner', 'administrator');
  });
  afterAll(async () => {
    await box.close();
    await at.close();
  });
  const given = (more: object = {}) => ({
    host: '127.0.0.1',
    port: box.port,
    security: 'plain',
    user: 'robot',
    fromAddress: 'report@shop.test',
    fromName: '常青',
    siteAddress: 'http://crm.shop.test/',
    ...more,
  });
  const write = (body: object) =>
    at.ask(owner, 'PUT', '/api/settings/mail', body);
  const tryIt = async () =>
    (await at.ask(owner, 'POST', '/api/settings/mail/test')).json();

  it('is nothing at first, and a test says what to do', async () => {
    expect((await at.ask(owner, 'GET', '/api/settings/mail')).json()).toEqual({
      server: null,
    });
    expect(await tryIt()).toMatchObject({
      taken: false,
      to: 'owner@shop.test',
      trouble: expect.stringContaining('Settings › Mail'),
    });
  });

  it('is kept, shown without its password, and tried by a message to oneself', async () => {
    expect((await write(given())).json()).toMatchObject({
      code: 'access.mail_password_needed',
    });
    const reply = await write(given({ password: 'right' }));
    expect(reply.json()).toMatchObject({
      server: {
        host: '127.0.0.1',
        hasPassword: true,
        siteAddress: 'http://crm.shop.test',
      },
    });
    expect(
      (await at.ask(owner, 'GET', '/api/settings/mail')).body,
    ).not.toContain('right');
    expect(await tryIt()).toMatchObject({ taken: true, trouble: null });
    expect(box.received.map(({ to, mail }) => [to, mail.from?.text])).toEqual([
      ['owner@shop.test', '"常青" <report@shop.test>'],
    ]);
  });

  it('keeps its password for the place it was given for, and hands it to no other', async () => {
    expect((await write(given({ fromName: '常青茶' }))).statusCode).toBe(200);
    expect(await tryIt()).toMatchObject({ taken: true });
    for (const elsewhere of [
      { host: 'evil.test' },
      { port: 26 },
      { user: 'other' },
      { security: 'tls' },
    ]) {
      expect(
        (await write(given(elsewhere))).json(),
        JSON.stringify(elsewhere),
      ).toMatchObject({ code: 'access.mail_password_needed' });
    }
    expect(
      (await write(given({ host: 'relay.test', user: '' }))).json(),
    ).toMatchObject({ server: { hasPassword: false } });
  });

  it("says in the reader's language what its server answers", async () => {
    await write(given({ password: 'wrong' }));
    expect(await tryIt()).toMatchObject({
      taken: false,
      trouble: expect.stringContaining(
        'does not accept this user name and password',
      ),
    });
  });

  it('leaves in the audit log where mail goes, and no password', async () => {
    const { rows } = await at.platform.pg.query(
      "select action, details::text from audit_log where subject = 'mail_server'",
    );
    expect(
      rows.some(({ action }) => action === 'access.change_mail_server'),
    ).toBe(true);
    expect(JSON.stringify(rows)).toContain('127.0.0.1');
    expect(JSON.stringify(rows)).not.toMatch(/"right|wrong/);
  });

  it("is an administrator's unless a role is given the right", async () => {
    const manager = await at.person('Manager', 'manager');
    expect(
      (await at.ask(manager, 'GET', '/api/settings/mail')).statusCode,
    ).toBe(403);
  });
});
