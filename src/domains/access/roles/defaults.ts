import type { Permission } from '../../../kernel/actor.ts';
import type { BuiltInRole } from './contract.ts';

/** Permissions that a domain gives to built-in roles by name, where the patterns below would guess wrong. */
export type DeclaredDefaults = Partial<Record<Permission, BuiltInRole[]>>;

/**
 * What each built-in role holds by default, as patterns of `domain.action` with `*` for either
 * part; a pattern that begins with `!` takes away again, and the last that fits decides. They are
 * written so that a permission a later version brings falls to the roles it is for.
 */
const patterns: Record<Exclude<BuiltInRole, 'administrator'>, string[]> = {
  manager: ['*.*', '!access.*', 'access.staff', 'access.audit', 'access.settings', '!*.erase'],
  specialist: ['*.read', '*.edit', '*.tag', '*.consent', '*.export', 'collect.import', 'collect.repair', 'campaigns.*', 'journeys.*', 'promotions.*', 'messaging.*', 'communities.*', '!access.*'],
  member_operations: ['*.read', 'customers.*', 'membership.*', 'promotions.*', 'service.*', 'experience.*', '!*.erase', '!*.merge', '!access.*'],
  data_analyst: ['*.read', '*.export', 'insights.*', 'audiences.*', 'collect.import', 'collect.repair', 'collect.undo', 'access.tokens'],
  crm_lead: ['customers.*', 'commerce.*', 'collect.*', 'audiences.*', 'insights.*', 'membership.*', 'promotions.*', 'messaging.*', 'campaigns.*', 'journeys.*', 'communities.*', '*.read', 'access.tokens'],
  experience_lead: ['*.read', 'customers.edit', 'customers.reveal', 'customers.tag', 'experience.*', 'service.*', 'innovation.*', '!access.*'],
  analytics_lead: ['*.read', '*.export', 'insights.*', 'audiences.*', 'collect.*', '!collect.maintain', 'commerce.*', 'access.roles', 'access.tokens', 'access.audit'],
  service: ['customers.read', 'customers.edit', 'customers.reveal', 'customers.tag', 'customers.consent', 'commerce.read', 'service.*', 'experience.read', 'membership.read', 'promotions.read'],
  viewer: ['*.read', '!access.*'],
};

function fits(pattern: string, permission: Permission): boolean {
  const [domain, action] = pattern.split('.');
  const [ofDomain, ...ofAction] = permission.split('.');
  return (domain === '*' || domain === ofDomain) && (action === '*' || action === ofAction.join('.'));
}

/** Whether a built-in role holds a permission before anyone changed the role. */
export function holdsByDefault(role: BuiltInRole, permission: Permission, declared: DeclaredDefaults): boolean {
  if (role === 'administrator') return true;
  const named = declared[permission];
  if (named) return named.includes(role);
  const last = patterns[role].findLast((pattern) => fits(pattern.replace('!', ''), permission));
  return last !== undefined && !last.startsWith('!');
}
