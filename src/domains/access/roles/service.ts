import type { Actor, Permission } from '../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { explaining, foreignKeyViolation, uniqueViolation } from '../violation.ts';
import type { Role } from './contract.ts';
import { heldBy, isDefault, type PermissionBook } from './held.ts';
import { refuseBeyondOwn } from './rights.ts';
import { allRoles, insertRole, lockRole, replaceChanges, type RoleRow } from './store.ts';

type World = Pick<Platform, 'pg'>;

const nameTaken = { [uniqueViolation]: () => conflict('access.role_name_taken') };

/** Every role with what it holds now. */
export async function describeRoles({ pg }: World, book: PermissionBook): Promise<Role[]> {
  return (await allRoles(pg)).map((role) => ({
    roleId: role.roleId,
    key: role.key,
    name: role.name,
    permissions: heldBy(role, book),
    changed: role.key !== null && book.permissions.some((p) => (role.changes[p] ?? isDefault(role, p, book)) !== isDefault(role, p, book)),
    staffCount: role.staffCount,
  }));
}

/** Makes an own role with permissions its maker holds. */
export async function makeRole({ pg }: World, book: PermissionBook, actor: Actor, given: { name: string; permissions: Permission[] }): Promise<number> {
  const permissions = known(book, given.permissions);
  refuseBeyondOwn(actor, permissions);
  return explaining(nameTaken, () => inTransaction(pg, async (client) => {
    const roleId = await insertRole(client, given.name);
    await replaceChanges(client, roleId, new Map(permissions.map((p) => [p, true])));
    await recordAudit(client, { actor, action: 'access.create_role', subject: `role:${roleId}`, details: { role: given.name, permissions } });
    return roleId;
  }));
}

/** Renames a role or sets what it holds; every permission given or taken must be the actor's own. */
export async function alterRole({ pg }: World, book: PermissionBook, actor: Actor, roleId: number, given: { name?: string; permissions?: Permission[] }): Promise<void> {
  await explaining(nameTaken, () => inTransaction(pg, async (client) => {
    const role = await lockRole(client, roleId);
    if (!role) throw notFound('access.role_not_found');
    if (role.key === 'administrator') throw conflict('access.administrator_fixed');
    if (given.name !== undefined && role.key !== null) throw conflict('access.built_in_role');
    const wanted = given.permissions && known(book, given.permissions);
    const difference = wanted && differenceOf(heldBy(role, book), wanted);
    if (difference) refuseBeyondOwn(actor, [...difference.granted, ...difference.taken]);
    // A role kept for someone stronger is not renamed by someone weaker either.
    else refuseBeyondOwn(actor, heldBy(role, book));
    if (given.name !== undefined) await client.query('update role set name = $2 where role_id = $1', [roleId, given.name]);
    if (wanted) await replaceChanges(client, roleId, changesFor(role, wanted, book));
    await recordAudit(client, { actor, action: 'access.change_role', subject: `role:${roleId}`, details: { role: nameOf(role), renamed: given.name, ...difference } });
  }));
}

/** Gives a built-in role its default again. */
export async function restoreRole({ pg }: World, book: PermissionBook, actor: Actor, roleId: number): Promise<void> {
  await inTransaction(pg, async (client) => {
    const role = await lockRole(client, roleId);
    if (!role?.key) throw notFound('access.role_not_found');
    const difference = differenceOf(heldBy(role, book), heldBy({ key: role.key, changes: {} }, book));
    refuseBeyondOwn(actor, [...difference.granted, ...difference.taken]);
    await replaceChanges(client, roleId, new Map());
    await recordAudit(client, { actor, action: 'access.reset_role', subject: `role:${roleId}`, details: { role: nameOf(role), ...difference } });
  });
}

/** Deletes an own role that nobody has. */
export async function removeRole({ pg }: World, book: PermissionBook, actor: Actor, roleId: number): Promise<void> {
  const inUse = { [foreignKeyViolation]: () => conflict('access.role_in_use') };
  await explaining(inUse, () => inTransaction(pg, async (client) => {
    const role = await lockRole(client, roleId);
    if (!role) throw notFound('access.role_not_found');
    if (role.key !== null) throw conflict('access.built_in_role');
    refuseBeyondOwn(actor, heldBy(role, book));
    await client.query('delete from role where role_id = $1', [roleId]);
    await recordAudit(client, { actor, action: 'access.delete_role', subject: `role:${roleId}`, details: { role: nameOf(role) } });
  }));
}

const nameOf = (role: RoleRow): string => role.key ?? role.name ?? '';

const known = (book: PermissionBook, wanted: Permission[]): Permission[] => {
  const unknown = wanted.filter((p) => !book.permissions.includes(p));
  if (unknown.length > 0) throw new Problem('access.unknown_permission', { params: { permissions: unknown.slice(0, 5) } });
  return wanted;
};

function differenceOf(before: Permission[], after: Permission[]): { granted: Permission[]; taken: Permission[] } {
  return { granted: after.filter((p) => !before.includes(p)), taken: before.filter((p) => !after.includes(p)) };
}

/** Only what differs from the default is stored, so that a role goes on following it elsewhere. */
const changesFor = (role: RoleRow, wanted: Permission[], book: PermissionBook): Map<Permission, boolean> =>
  new Map(book.permissions
    .map((p) => [p, wanted.includes(p)] as const)
    .filter(([p, granted]) => granted !== isDefault(role, p, book)));
