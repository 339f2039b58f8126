import type { TFunction } from 'i18next';

const domainOf = (permission: string): string => permission.split('.')[0];
const actionOf = (permission: string): string => permission.split('.').slice(1).join('.');

/** What a permission lets a person do, from the messages of its domain; its own name where there is none. */
export const permissionLabel = (permission: string, t: TFunction): string =>
  t(`${domainOf(permission)}:permission.${actionOf(permission)}`, { defaultValue: permission });

export interface PermissionGroup {
  key: string;
  label: string;
  rows: { key: string; label: string; detail: string }[];
}

/** Permissions below their domain, in the order given. */
export function permissionGroups(permissions: readonly string[], t: TFunction): PermissionGroup[] {
  const domains = [...new Set(permissions.map(domainOf))];
  return domains.map((domain) => ({
    key: domain,
    label: t(`${domain}:domain`, { defaultValue: domain }),
    rows: permissions
      .filter((permission) => domainOf(permission) === domain)
      .map((permission) => ({ key: permission, label: permissionLabel(permission, t), detail: permission })),
  }));
}
