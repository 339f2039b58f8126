import type { Role } from '../../roles/contract.ts';

/** Changes that were ticked and not saved yet: by role, by permission, the new state. */
export type RoleDrafts = Readonly<Record<number, Readonly<Record<string, boolean>>>>;

/** Whether a role holds a permission on the screen: as ticked, otherwise as saved. */
export const isHeld = (role: Role, permission: string, drafts: RoleDrafts): boolean =>
  drafts[role.roleId]?.[permission] ?? (role.permissions as readonly string[]).includes(permission);

/** The drafts after a tick; one that restores what is saved is no change any more. */
export function ticked(drafts: RoleDrafts, role: Role, permission: string, held: boolean): RoleDrafts {
  const { [permission]: _before, ...others } = drafts[role.roleId] ?? {};
  const isSaved = (role.permissions as readonly string[]).includes(permission) === held;
  const own = isSaved ? others : { ...others, [permission]: held };
  const { [role.roleId]: _role, ...rest } = drafts;
  return Object.keys(own).length > 0 ? { ...rest, [role.roleId]: own } : rest;
}

/** What a role with changes is to hold. */
export const wantedPermissions = (role: Role, permissions: readonly string[], drafts: RoleDrafts): string[] =>
  permissions.filter((permission) => isHeld(role, permission, drafts));

/** How many ticks are not saved. */
export const countOfDrafts = (drafts: RoleDrafts): number =>
  Object.values(drafts).reduce((sum, changes) => sum + Object.keys(changes).length, 0);
