import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { builtInRoles } from '../roles/contract.ts';
import { email } from '../sessions/contract.ts';

const staffName = z.string().trim().min(1).max(60);
const roleIds = z.array(z.number().int().positive()).max(20).transform((list) => [...new Set(list)]);
const staffParams = z.object({ staffId: z.coerce.number().int().positive() });
const done = { reply: z.void(), status: 204 } as const;

/** Invited: no password yet. Disabled: nothing works until enabled again. */
export const staffStatuses = ['active', 'invited', 'disabled'] as const;

const roleName = z.object({ roleId: z.number().int(), key: z.enum(builtInRoles).nullable(), name: z.string().nullable() });

export const staffMember = z.object({
  staffId: z.number().int(),
  email: z.string(),
  name: z.string(),
  roles: z.array(roleName),
  status: z.enum(staffStatuses),
  createdAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
});

/** A one-time link: its path within this site, to be handed to the person. */
const link = z.object({ path: z.string(), expiresAt: z.iso.datetime() });

export const staffSorts = ['name', 'email', 'createdAt', 'lastSignInAt'] as const;

export const listStaff = endpoint({
  method: 'GET',
  path: '/api/staff',
  summary: 'Accounts of the team',
  access: 'access.staff',
  query: pageQuery.extend({ sort: sortOf(...staffSorts), status: z.enum(staffStatuses).optional(), roleId: z.coerce.number().int().optional() }),
  reply: pageOf(staffMember),
});

export const listStaffRoles = endpoint({
  method: 'GET',
  path: '/api/staff-roles',
  summary: 'Roles for accounts, and whether I may give them',
  access: 'access.staff',
  reply: z.object({ roles: z.array(roleName.extend({ grantable: z.boolean() })) }),
});

export const readStaff = endpoint({
  method: 'GET',
  path: '/api/staff/:staffId',
  summary: 'One account',
  access: 'access.staff',
  params: staffParams,
  reply: staffMember,
});

export const inviteStaff = endpoint({
  method: 'POST',
  path: '/api/staff',
  summary: 'Make an account; the reply has the link by which its owner sets a password',
  access: 'access.staff',
  body: z.object({ email, name: staffName, roleIds }),
  reply: link.extend({ staffId: z.number().int() }),
  status: 201,
});

export const changeStaff = endpoint({
  method: 'PATCH',
  path: '/api/staff/:staffId',
  summary: 'Change an account\'s name, address or roles',
  access: 'access.staff',
  params: staffParams,
  body: z.object({ email: email.optional(), name: staffName.optional(), roleIds: roleIds.optional() }),
  ...done,
});

export const disableStaff = endpoint({
  method: 'POST',
  path: '/api/staff/:staffId/disable',
  summary: 'Shut an account out at once, with its sessions, links and tokens',
  access: 'access.staff',
  params: staffParams,
  ...done,
});

export const enableStaff = endpoint({
  method: 'POST',
  path: '/api/staff/:staffId/enable',
  summary: 'Let a disabled account in again',
  access: 'access.staff',
  params: staffParams,
  ...done,
});

export const deleteStaff = endpoint({
  method: 'DELETE',
  path: '/api/staff/:staffId',
  summary: 'Delete an account; the audit log keeps its name',
  access: 'access.staff',
  params: staffParams,
  ...done,
});

export const createPasswordLink = endpoint({
  method: 'POST',
  path: '/api/staff/:staffId/password-link',
  summary: 'A one-time link by which the account\'s owner sets a new password',
  access: 'access.staff',
  params: staffParams,
  reply: link,
  status: 201,
});

export const createSignInLink = endpoint({
  method: 'POST',
  path: '/api/sign-in-links',
  summary: 'For the command line of the server: a one-time link that signs in, by default the first administrator',
  access: 'access.staff',
  body: z.object({ email: email.optional() }),
  reply: link,
  status: 201,
});
