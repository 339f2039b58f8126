import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { insertLink, type NewLink } from '../links/store.ts';
import { heldByAll, type PermissionBook } from '../roles/held.ts';
import { isAdministrator, refuseBeyondOwn, refuseUnlessAdministrator } from '../roles/rights.ts';
import { allRoles, rolesByNumber, type RoleRow } from '../roles/store.ts';
import { endEverySession } from '../sessions/store.ts';
import { explaining, lastAdministrator, uniqueViolation } from '../violation.ts';
import { insertStaff, lockStaff, replaceRoles, type StaffRow } from './store.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

const refusals = {
  [uniqueViolation]: () => conflict('access.email_taken'),
  [lastAdministrator]: () => conflict('access.last_administrator'),
};

/** Roles with whether the actor may give them. */
export async function grantableRoles({ pg }: World, book: PermissionBook, actor: Actor): Promise<(RoleRow & { grantable: boolean })[]> {
  const administrator = await isAdministrator(pg, actor);
  return (await allRoles(pg)).map((role) => ({
    ...role,
    grantable: administrator || (role.key !== 'administrator' && [...heldByAll([role], book)].every((p) => actor.permissions.has(p))),
  }));
}

/** Refuses to give or take roles that hold more than the actor does. */
export async function refuseStronger(client: pg.PoolClient, book: PermissionBook, actor: Actor, roles: Pick<RoleRow, 'key' | 'changes'>[]): Promise<void> {
  if (roles.some((role) => role.key === 'administrator')) await refuseUnlessAdministrator(client, actor);
  refuseBeyondOwn(actor, heldByAll(roles, book));
}

async function existingRoles(client: pg.PoolClient, roleIds: number[]): Promise<RoleRow[]> {
  const roles = await rolesByNumber(client, roleIds);
  if (roles.length < roleIds.length) throw notFound('access.role_not_found');
  return roles;
}

/** Makes an account and the link by which its owner sets a password. */
export async function invite({ pg, clock }: World, book: PermissionBook, actor: Actor, given: { email: string; name: string; roleIds: number[] }): Promise<NewLink & { staffId: number }> {
  return explaining(refusals, () => inTransaction(pg, async (client) => {
    await refuseStronger(client, book, actor, await existingRoles(client, given.roleIds));
    const staffId = await insertStaff(client, given.email, given.name, clock.now());
    await replaceRoles(client, staffId, given.roleIds);
    await recordAudit(client, { actor, action: 'access.invite', subject: `staff:${staffId}`, details: { name: given.name, roleIds: given.roleIds } });
    return { staffId, ...(await insertLink(client, staffId, 'password', clock.now())) };
  }));
}

/**
 * Runs a change of an account that the actor may touch: it holds nothing the actor does not hold.
 * Otherwise one could take over, or shut out, someone stronger.
 */
async function changing<T>(world: World, book: PermissionBook, actor: Actor, staffId: number, change: (client: pg.PoolClient, member: StaffRow) => Promise<T>): Promise<T> {
  return explaining(refusals, () => inTransaction(world.pg, async (client) => {
    const member = await lockStaff(client, staffId);
    if (!member) throw notFound('access.staff_not_found');
    await refuseStronger(client, book, actor, member.roles);
    return change(client, member);
  }));
}

/** Changes a name, an address or roles. */
export async function alterStaff(world: World, book: PermissionBook, actor: Actor, staffId: number, given: { email?: string; name?: string; roleIds?: number[] }): Promise<void> {
  await changing(world, book, actor, staffId, async (client, member) => {
    if (given.roleIds) {
      await refuseStronger(client, book, actor, await existingRoles(client, given.roleIds));
      await replaceRoles(client, staffId, given.roleIds);
    }
    await client.query('update staff set name = coalesce($2, name), email = coalesce($3, email) where staff_id = $1', [staffId, given.name, given.email]);
    // A link sent to the old address must not open the account any more.
    if (given.email !== undefined && given.email !== member.email) await client.query('delete from sign_in_link where staff_id = $1', [staffId]);
    const before = member.roles.map((role) => role.roleId);
    const changed = Object.keys(given).filter((field) => given[field as keyof typeof given] !== undefined);
    await recordAudit(client, { actor, action: 'access.change_staff', subject: `staff:${staffId}`, details: { changed, ...(given.roleIds ? { roles: { before, after: given.roleIds } } : {}) } });
  });
}

/** Shuts an account out: its sessions and links end now, its tokens open nothing. */
export async function disable(world: World, book: PermissionBook, actor: Actor, staffId: number): Promise<void> {
  await changing(world, book, actor, staffId, async (client) => {
    await client.query('update staff set disabled_at = coalesce(disabled_at, $2) where staff_id = $1', [staffId, world.clock.now()]);
    await endEverySession(client, staffId);
    await recordAudit(client, { actor, action: 'access.disable_staff', subject: `staff:${staffId}` });
  });
}

/** Lets a disabled account in again, with the roles it had. */
export async function enable(world: World, book: PermissionBook, actor: Actor, staffId: number): Promise<void> {
  await changing(world, book, actor, staffId, async (client) => {
    await client.query('update staff set disabled_at = null where staff_id = $1', [staffId]);
    await recordAudit(client, { actor, action: 'access.enable_staff', subject: `staff:${staffId}` });
  });
}

/** Deletes an account with its sessions, links and tokens. The audit log keeps its name. */
export async function remove(world: World, book: PermissionBook, actor: Actor, staffId: number): Promise<void> {
  await changing(world, book, actor, staffId, async (client, member) => {
    await client.query('delete from staff where staff_id = $1', [staffId]);
    await recordAudit(client, { actor, action: 'access.delete_staff', subject: `staff:${staffId}`, details: { name: member.name } });
  });
}

/** A link by which the account's owner sets a new password. */
export async function passwordLink(world: World, book: PermissionBook, actor: Actor, staffId: number): Promise<NewLink> {
  return changing(world, book, actor, staffId, async (client, member) => {
    if (member.status === 'disabled') throw conflict('access.staff_disabled');
    await recordAudit(client, { actor, action: 'access.create_password_link', subject: `staff:${staffId}` });
    return insertLink(client, staffId, 'password', world.clock.now());
  });
}
