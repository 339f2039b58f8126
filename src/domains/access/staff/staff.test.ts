import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessServer, type AccessServer, type Person } from '../../../../test/access-server.ts';

describe('accounts of the team', () => {
  let at: AccessServer;
  let owner: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    owner = await at.person('Owner', 'administrator');
  });
  afterAll(() => at.close());

  it('are listed with their roles and state, and can be searched, filtered, sorted and paged', async () => {
    const ann = await at.person('Ann Li', 'viewer', 'service');
    const bob = await at.person('Bob Chen', 'viewer');
    await at.ask(owner, 'POST', `/api/staff/${bob.staffId}/disable`);
    await at.ask(owner, 'POST', '/api/staff', { email: 'cyd@shop.test', name: 'Cyd Wu', roleIds: [] });
    const list = async (query: string) => (await at.ask(owner, 'GET', `/api/staff?${query}`)).json();
    const names = async (query: string) => (await list(query)).rows.map((r: { name: string }) => r.name);
    expect(await names('')).toEqual(['Ann Li', 'Bob Chen', 'Cyd Wu', 'Owner']);
    expect(await names('sort=-name&pageSize=2&page=2')).toEqual(['Bob Chen', 'Ann Li']);
    expect(await names('q=ch_n')).toEqual([]);
    expect(await names('q=BOB.CHEN')).toEqual(['Bob Chen']);
    expect(await names("q=' or 1=1 --")).toEqual([]);
    expect(await names('status=disabled')).toEqual(['Bob Chen']);
    expect(await names('status=invited')).toEqual(['Cyd Wu']);
    expect(await names(`roleId=${await at.roleId('service')}`)).toEqual(['Ann Li']);
    expect((await at.ask(owner, 'GET', '/api/staff?sort=password_hash')).statusCode).toBe(400);
    expect((await at.ask(owner, 'GET', `/api/staff/${ann.staffId}`)).json()).toMatchObject({ name: 'Ann Li', email: ann.email, status: 'active', roles: [{ key: 'service' }, { key: 'viewer' }] });
    expect(JSON.stringify(await list(''))).not.toContain('argon2');
  });

  it('are changed in what is asked and nothing else: other fields of a body are ignored', async () => {
    const dee = await at.person('Dee', 'viewer');
    const service = await at.roleId('service');
    const reply = await at.ask(owner, 'PATCH', `/api/staff/${dee.staffId}`, {
      name: 'Dee Two', roleIds: [service], staffId: owner.staffId, password_hash: 'x', passwordHash: 'x', disabled_at: null, status: 'disabled', __proto__: { kind: 'system' }, permissions: ['access.roles'],
    });
    expect(reply.statusCode).toBe(204);
    expect((await at.ask(owner, 'GET', `/api/staff/${dee.staffId}`)).json()).toMatchObject({ name: 'Dee Two', email: dee.email, status: 'active', roles: [{ key: 'service' }] });
    expect((await at.ask(dee, 'GET', '/api/session')).json().permissions).toEqual(['customers.read', 'customers.edit', 'customers.reveal', 'commerce.read']);
    await at.ask(owner, 'PATCH', `/api/staff/${dee.staffId}`, { roleIds: [] });
    expect((await at.ask(dee, 'GET', '/api/session')).json()).toMatchObject({ actor: { name: 'Dee Two' }, permissions: [] });
  });

  it('have one address each', async () => {
    const fay = await at.person('Fay');
    expect((await at.ask(owner, 'POST', '/api/staff', { email: fay.email.toUpperCase(), name: 'Fay', roleIds: [] })).json()).toMatchObject({ status: 409, code: 'access.email_taken' });
    expect((await at.ask(owner, 'PATCH', `/api/staff/${owner.staffId}`, { email: fay.email })).json()).toMatchObject({ status: 409, code: 'access.email_taken' });
  });

  it('lose an unused link when their address changes', async () => {
    const { staffId, path } = (await at.ask(owner, 'POST', '/api/staff', { email: 'old@shop.test', name: 'Gil', roleIds: [] })).json();
    await at.ask(owner, 'PATCH', `/api/staff/${staffId}`, { email: 'new@shop.test' });
    expect((await at.ask(null, 'POST', '/api/session/link', { token: path.split('#')[1] })).statusCode).toBe(410);
  });

  it('when deleted, take their sessions along and leave their name in the audit log', async () => {
    const hal = await at.person('Hal', 'administrator');
    await at.ask(hal, 'PUT', '/api/settings/brand', { name: '兰花茶', timeZone: 'Asia/Shanghai', currency: 'CNY' });
    expect((await at.ask(owner, 'DELETE', `/api/staff/${hal.staffId}`)).statusCode).toBe(204);
    expect((await at.ask(hal, 'GET', '/api/account')).statusCode).toBe(401);
    expect((await at.ask(owner, 'GET', `/api/staff/${hal.staffId}`)).statusCode).toBe(404);
    const log = (await at.ask(owner, 'GET', '/api/audit?q=hal')).json();
    expect(log.rows).toMatchObject([{ actorName: 'Hal', actorId: hal.staffId, action: 'access.change_brand' }]);
  });

  it('tell a person which roles they may give', async () => {
    await at.ask(owner, 'POST', '/api/roles', { name: 'Host', permissions: ['access.staff', 'customers.read', 'commerce.read', 'insights.read', 'later.read'] });
    const host = await at.person('Host', 'Host');
    const { roles } = (await at.ask(host, 'GET', '/api/staff-roles')).json();
    expect(roles.filter((r: { grantable: boolean }) => r.grantable).map((r: { key: string; name: string }) => r.key ?? r.name)).toEqual(['viewer', 'Host']);
    const ofOwner = (await at.ask(owner, 'GET', '/api/staff-roles')).json().roles;
    expect(ofOwner.every((r: { grantable: boolean }) => r.grantable)).toBe(true);
  });
});

describe('the last administrator', () => {
  let at: AccessServer;
  beforeAll(async () => {
    at = await createAccessServer();
  });
  afterAll(() => at.close());

  it('cannot be demoted, disabled or deleted', async () => {
    const only = await at.person('Only', 'administrator', 'viewer');
    const viewer = await at.roleId('viewer');
    const own = `/api/staff/${only.staffId}`;
    for (const reply of [await at.ask(only, 'PATCH', own, { roleIds: [viewer] }), await at.ask(only, 'POST', `${own}/disable`), await at.ask(only, 'DELETE', own)]) {
      expect(reply.json()).toMatchObject({ status: 409, code: 'access.last_administrator' });
    }
    expect((await at.ask(only, 'PATCH', own, { roleIds: [await at.roleId('administrator')] })).statusCode).toBe(204);
    expect((await at.ask(only, 'GET', '/api/staff')).statusCode).toBe(200);
  });

  it('remains when many administrators remove each other at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const crowd = await Promise.all(Array.from({ length: 6 }, (_, i) => at.person(`Admin ${round} ${i}`, 'administrator')));
      const removals = crowd.map((each, i) => {
        const victim = crowd[(i + 1) % crowd.length].staffId;
        return [at.ask(each, 'POST', `/api/staff/${victim}/disable`), at.ask(each, 'DELETE', `/api/staff/${victim}`), at.ask(each, 'PATCH', `/api/staff/${victim}`, { roleIds: [] })][round % 3];
      });
      const statuses = (await Promise.all(removals)).map((r) => r.statusCode);
      expect(statuses.filter((s) => s >= 500)).toEqual([]);
      const { rows } = await at.platform.pg.query("select count(*) as n from staff_role join role using (role_id) join staff using (staff_id) where key = 'administrator' and disabled_at is null");
      expect(rows[0].n).toBeGreaterThan(0);
    }
  });
});
