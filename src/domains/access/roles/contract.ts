import { z } from 'zod';
import type { Permission } from '../../../kernel/actor.ts';
import { endpoint } from '../../../kernel/endpoint.ts';

/** The roles every deployment has. `administrator` holds every permission, also those of later versions. */
export const builtInRoles = [
  'administrator', 'manager', 'specialist', 'member_operations', 'data_analyst',
  'crm_lead', 'experience_lead', 'analytics_lead', 'service', 'viewer',
] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

export const permission = z.templateLiteral([z.string(), '.', z.string()]);
export const permissionList = z.array(permission).max(500).transform((list): Permission[] => [...new Set(list)]);
const roleName = z.string().trim().min(1).max(60);
const roleParams = z.object({ roleId: z.coerce.number().int().positive() });

export const role = z.object({
  roleId: z.number().int(),
  /** Null for an own role. */
  key: z.enum(builtInRoles).nullable(),
  /** Null for a built-in role, which is named by the messages. */
  name: z.string().nullable(),
  permissions: z.array(permission),
  /** Whether a built-in role differs from its default. */
  changed: z.boolean(),
  staffCount: z.number().int(),
});
export type Role = z.output<typeof role>;

export const listRoles = endpoint({
  method: 'GET',
  path: '/api/roles',
  summary: 'Every role with its permissions, and every permission there is',
  access: 'access.roles',
  reply: z.object({ roles: z.array(role), permissions: z.array(permission) }),
});

export const createRole = endpoint({
  method: 'POST',
  path: '/api/roles',
  summary: 'Make an own role',
  access: 'access.roles',
  body: z.object({ name: roleName, permissions: permissionList }),
  reply: z.object({ roleId: z.number().int() }),
  status: 201,
});

export const changeRole = endpoint({
  method: 'PATCH',
  path: '/api/roles/:roleId',
  summary: 'Rename an own role, or change what a role may do',
  access: 'access.roles',
  params: roleParams,
  body: z.object({ name: roleName.optional(), permissions: permissionList.optional() }),
  reply: z.void(),
  status: 204,
});

export const resetRole = endpoint({
  method: 'POST',
  path: '/api/roles/:roleId/reset',
  summary: 'Give a built-in role its default permissions again',
  access: 'access.roles',
  params: roleParams,
  reply: z.void(),
  status: 204,
});

export const deleteRole = endpoint({
  method: 'DELETE',
  path: '/api/roles/:roleId',
  summary: 'Delete an own role that nobody has',
  access: 'access.roles',
  params: roleParams,
  reply: z.void(),
  status: 204,
});
