import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { changeRole, createRole, deleteRole, listRoles, resetRole } from './contract.ts';
import type { PermissionBook } from './held.ts';
import { alterRole, describeRoles, makeRole, removeRole, restoreRole } from './service.ts';

export const roleRoutes = (platform: Platform, book: PermissionBook): Route[] => [
  route(listRoles, async () => ({ roles: await describeRoles(platform, book), permissions: [...book.permissions] })),
  route(createRole, async ({ actor, body }) => ({ roleId: await makeRole(platform, book, actor, body) })),
  route(changeRole, async ({ actor, params, body }) => alterRole(platform, book, actor, params.roleId, body)),
  route(resetRole, async ({ actor, params }) => restoreRole(platform, book, actor, params.roleId)),
  route(deleteRole, async ({ actor, params }) => removeRole(platform, book, actor, params.roleId)),
];
