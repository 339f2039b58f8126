import type { Permission } from '../../../kernel/actor.ts';
import type { BuiltInRole } from './contract.ts';
import { holdsByDefault, type DeclaredDefaults } from './defaults.ts';

/** Every permission there is, and what domains declare about the built-in roles. */
export interface PermissionBook {
  permissions: readonly Permission[];
  declared: DeclaredDefaults;
}

/** A role as it is stored: which it is, and how it differs from its default. */
export interface StoredRole {
  key: BuiltInRole | null;
  changes: Partial<Record<Permission, boolean>>;
}

/** What a role holds now. An administrator holds everything, whatever is stored. */
export function heldBy(role: StoredRole, book: PermissionBook): Permission[] {
  return book.permissions.filter((permission) => {
    if (role.key === 'administrator') return true;
    return role.changes[permission] ?? isDefault(role, permission, book);
  });
}

/** Whether the role holds the permission before anyone changed the role; an own role holds nothing. */
export const isDefault = (role: Pick<StoredRole, 'key'>, permission: Permission, book: PermissionBook): boolean =>
  role.key !== null && holdsByDefault(role.key, permission, book.declared);

/** What a person with these roles holds: everything any of them holds. */
export const heldByAll = (roles: StoredRole[], book: PermissionBook): Set<Permission> =>
  new Set(roles.flatMap((role) => heldBy(role, book)));
