import type { TFunction } from 'i18next';
import type { BuiltInRole } from '../roles/contract.ts';

/** A built-in role by its name in the reader's language, an own one by its own. */
export const roleName = (role: { key: BuiltInRole | null; name: string | null }, t: TFunction<'access'>): string =>
  role.key ? t(`role.${role.key}`) : (role.name ?? '');
