import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessServer, otherPermissions, type AccessServer, type Person } from '../../../../test/access-server.ts';
import { permissions as accessPermissions } from '../contract.ts';
import { builtInRoles, type Role } from './contract.ts';
import { holdsByDefault } from './defaults.ts';
import { heldBy } from './held.ts';

const all = [...accessPermissions, ...otherPermissions];
const book = { permissions: all, declared: {} };

describe('what a role holds', () => {
  it('is everything for an administrator, also what a later version brings, and whatever is stored', () => {
    expect(heldBy({ key: 'administrator', changes: { 'access.staff': false } }, book)).toEqual(all);
  });

  it('never lets a built-in role but the administrator and leads look after accounts or roles by default', () => {
    const holders = builtInRoles.filter((role) => holdsByDefault(role, 'access.staff', {}) || holdsByDefault(role, 'access.roles', {}));
    expect(holders).toEqual(['administrator', 'manager', 'analytics_lead']);
  });

  it('lets a viewer read and nothing else', () => {
    expect(heldBy({ key: 'viewer', changes: {} }, book)).toEqual(['customers.read', 'commerce.read', 'insights.read', 'later.read']);
  });

  it.each([
    ['specialist', 'customers.erase', false], ['manager', 'customers.erase', false], ['manager', 'later.run', true], ['manager', 'access.roles', false],
    ['service', 'customers.reveal', true], ['service', 'later.read', false], ['data_analyst', 'customers.reveal', false], ['crm_lead', 'customers.erase', true],
    ['analytics_lead', 'access.roles', true], ['experience_lead', 'customers.erase', false],
  ] as const)('by default: %s, %s: %s', (role, permission, holds) => {
    expect(holdsByDefault(role, permission, {})).toBe(holds);
  });

  it('follows what a domain declares where the patterns would guess otherwise', () => {
    expect(holdsByDefault('viewer', 'later.read', { 'later.read': ['manager'] })).toBe(false);
    expect(holdsByDefault('viewer', 'later.run', { 'later.run': ['viewer'] })).toBe(true);
    expect(holdsByDefault('administrator', 'later.run', { 'later.run': [] })).toBe(true);
  });

  it('is its default but for what was changed; an own role holds just what was granted', () => {
    fc.assert(fc.property(fc.constantFrom(null, ...builtInRoles), fc.dictionary(fc.constantFrom(...all), fc.boolean()), (key, changes) => {
      const held = heldBy({ key, changes }, book);
      for (const permission of all) {
        const expected = key === 'administrator' || (changes[permission] ?? (key !== null && holdsByDefault(key, permission, {})));
        expect(held.includes(permission)).toBe(expected);
      }
    }));
  });
});

describe('looking after roles', () => {
  let at: AccessServer;
  let owner: Person;
  let keeper: Person;
  beforeAll(async () => {
    at = await createAccessServer();
    owner = await at.person('Owner', 'administrator');
    await at.ask(owner, 'POST', '/api/roles', { name: 'Keeper of roles', permissions: ['access.roles', 'access.staff', 'customers.read', 'customers.edit'] });
    keeper = await at.person('Keeper', 'Keeper of roles');
  });
  afterAll(() => at.close());
  const rolesNow = async () => (await at.ask(owner, 'GET', '/api/roles')).json().roles as Role[];
  const find = async (name: string) => (await rolesNow()).find((r) => r.key === name || r.name === name);
  const permissionsOf = async (who: Person) => (await at.ask(who, 'GET', '/api/session')).json().permissions;

  it('lists the built-in roles in their order, then own ones, and every permission there is', async () => {
    const reply = (await at.ask(owner, 'GET', '/api/roles')).json();
    expect(reply.permissions).toEqual(all);
    expect(reply.roles.map((r: Role) => r.key ?? r.name)).toEqual([...builtInRoles, 'Keeper of roles']);
  });

  it('lets a change of a role, built-in or own, work with the next request of everyone who has it', async () => {
    const vic = await at.person('Vic', 'viewer');
    const viewer = await find('viewer');
    const set = (permissions: string[]) => at.ask(owner, 'PATCH', `/api/roles/${viewer?.roleId}`, { permissions });
    expect((await set(['customers.read', 'customers.edit'])).statusCode).toBe(204);
    expect(await permissionsOf(vic)).toEqual(['customers.read', 'customers.edit']);
    expect(await find('viewer')).toMatchObject({ changed: true, staffCount: 1 });
    expect((await at.ask(owner, 'POST', `/api/roles/${viewer?.roleId}/reset`)).statusCode).toBe(204);
    expect(await permissionsOf(vic)).toEqual(['customers.read', 'commerce.read', 'insights.read', 'later.read']);
    expect(await find('viewer')).toMatchObject({ changed: false });
  });

  it('keeps a person from granting, or taking, what they do not hold', async () => {
    const own = await find('Keeper of roles');
    const service = await find('service');
    const refusals = await Promise.all([
      at.ask(keeper, 'POST', '/api/roles', { name: 'Eraser', permissions: ['customers.erase'] }),
      at.ask(keeper, 'PATCH', `/api/roles/${own?.roleId}`, { permissions: [...(own?.permissions ?? []), 'customers.reveal'] }),
      at.ask(keeper, 'PATCH', `/api/roles/${service?.roleId}`, { permissions: [] }),
      at.ask(keeper, 'POST', `/api/roles/${(await find('manager'))?.roleId}/reset`),
    ]);
    expect(refusals.slice(0, 3).map((r) => [r.statusCode, r.json().code])).toEqual(Array(3).fill([403, 'access.beyond_own']));
    expect(refusals[3].statusCode).toBe(204);
    expect(await find('Keeper of roles')).toEqual(own);
    const within = await at.ask(keeper, 'POST', '/api/roles', { name: 'Reader', permissions: ['customers.read'] });
    expect(within.statusCode).toBe(201);
  });

  it('keeps a person from giving themselves, or anyone, a stronger role', async () => {
    const manager = await at.roleId('manager');
    const administrator = await at.roleId('administrator');
    const everything = (await at.ask(owner, 'POST', '/api/roles', { name: 'Everything', permissions: all })).json().roleId;
    for (const roleId of [manager, administrator, everything]) {
      expect((await at.ask(keeper, 'PATCH', `/api/staff/${keeper.staffId}`, { roleIds: [roleId] })).statusCode).toBe(403);
      expect((await at.ask(keeper, 'POST', '/api/staff', { email: `x${roleId}@shop.test`, name: 'X', roleIds: [roleId] })).statusCode).toBe(403);
    }
    const mighty = await at.person('Mighty', 'Everything');
    expect((await at.ask(mighty, 'PATCH', `/api/staff/${mighty.staffId}`, { roleIds: [administrator] })).json().code).toBe('access.administrators_only');
  });

  it('keeps a person from taking over a stronger account: no link, no change, no shutting out', async () => {
    const boss = await at.person('Boss', 'manager');
    for (const victim of [owner, boss]) {
      const replies = await Promise.all([
        at.ask(keeper, 'POST', `/api/staff/${victim.staffId}/password-link`), at.ask(keeper, 'PATCH', `/api/staff/${victim.staffId}`, { email: 'mine@shop.test' }),
        at.ask(keeper, 'POST', `/api/staff/${victim.staffId}/disable`), at.ask(keeper, 'POST', `/api/staff/${victim.staffId}/enable`), at.ask(keeper, 'DELETE', `/api/staff/${victim.staffId}`),
      ]);
      expect(replies.map((r) => r.statusCode)).toEqual([403, 403, 403, 403, 403]);
      expect((await at.ask(victim, 'GET', '/api/account')).json().email).toBe(victim.email);
    }
  });

  it('leaves the administrator role, built-in names and roles in use alone', async () => {
    const administrator = await at.roleId('administrator');
    const viewer = await at.roleId('viewer');
    const keeperRole = await at.roleId('Keeper of roles');
    for (const [method, url, payload, status, code] of [
      ['PATCH', `/api/roles/${administrator}`, { permissions: [] }, 409, 'access.administrator_fixed'],
      ['PATCH', `/api/roles/${viewer}`, { name: 'Looker' }, 409, 'access.built_in_role'],
      ['DELETE', `/api/roles/${viewer}`, undefined, 409, 'access.built_in_role'],
      ['DELETE', `/api/roles/${keeperRole}`, undefined, 409, 'access.role_in_use'],
      ['POST', '/api/roles', { name: 'KEEPER of roles', permissions: [] }, 409, 'access.role_name_taken'],
      ['POST', '/api/roles', { name: 'Odd', permissions: ['no.such'] }, 400, 'access.unknown_permission'],
      ['POST', '/api/roles', { name: ' ', permissions: [] }, 400, 'platform.invalid_input'],
      ['POST', '/api/roles', { name: 'Odd', permissions: ['nodot'] }, 400, 'platform.invalid_input'],
      ['PATCH', '/api/roles/9999', { permissions: [] }, 404, 'access.role_not_found'],
      ['DELETE', '/api/roles/9999', undefined, 404, 'access.role_not_found'],
      ['POST', '/api/roles/9999/reset', undefined, 404, 'access.role_not_found'],
      ['POST', `/api/roles/${keeperRole}/reset`, undefined, 404, 'access.role_not_found'],
    ] as const) {
      expect((await at.ask(owner, method, url, payload)).json(), `${method} ${url}`).toMatchObject({ status, code });
    }
  });

  it('deletes an own role nobody has, and writes what was changed into the audit log', async () => {
    const { roleId } = (await at.ask(owner, 'POST', '/api/roles', { name: 'Short-lived', permissions: ['customers.read'] })).json();
    await at.ask(owner, 'PATCH', `/api/roles/${roleId}`, { name: 'Shorter', permissions: ['customers.edit'] });
    expect((await at.ask(owner, 'DELETE', `/api/roles/${roleId}`)).statusCode).toBe(204);
    const { rows } = await at.platform.pg.query("select action, details from audit_log where subject = $1 order by seq", [`role:${roleId}`]);
    expect(rows).toEqual([
      { action: 'access.create_role', details: { role: 'Short-lived', permissions: ['customers.read'] } },
      { action: 'access.change_role', details: { role: 'Short-lived', renamed: 'Shorter', granted: ['customers.edit'], taken: ['customers.read'] } },
      { action: 'access.delete_role', details: { role: 'Shorter' } },
    ]);
  });
});
