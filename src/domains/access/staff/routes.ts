import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { NewLink } from '../links/store.ts';
import type { PermissionBook } from '../roles/held.ts';
import { changeStaff, createPasswordLink, createSignInLink, deleteStaff, disableStaff, enableStaff, inviteStaff, listStaff, listStaffRoles, readStaff } from './contract.ts';
import { alterStaff, disable, enable, grantableRoles, invite, passwordLink, remove } from './service.ts';
import { commandLineLink } from './sign-in-links.ts';
import { findStaff, pageOfStaff, type StaffRow } from './store.ts';

const shown = (row: StaffRow) => ({ ...row, createdAt: row.createdAt.toISOString(), lastSignInAt: row.lastSignInAt?.toISOString() ?? null });
const link = ({ path, expiresAt }: NewLink) => ({ path, expiresAt: expiresAt.toISOString() });

export const staffRoutes = (platform: Platform, book: PermissionBook): Route[] => [
  route(listStaff, async ({ query }) => {
    const { rows, total } = await pageOfStaff(platform.pg, query);
    return { rows: rows.map(shown), total, computedAt: platform.clock.now().toISOString() };
  }),
  route(listStaffRoles, async ({ actor }) => ({ roles: await grantableRoles(platform, book, actor) })),
  route(readStaff, async ({ params }) => {
    const found = await findStaff(platform.pg, params.staffId);
    if (!found) throw notFound('access.staff_not_found');
    return shown(found);
  }),
  route(inviteStaff, async ({ actor, body }) => {
    const made = await invite(platform, book, actor, body);
    return { staffId: made.staffId, ...link(made) };
  }),
  route(changeStaff, async ({ actor, params, body }) => alterStaff(platform, book, actor, params.staffId, body)),
  route(disableStaff, async ({ actor, params }) => disable(platform, book, actor, params.staffId)),
  route(enableStaff, async ({ actor, params }) => enable(platform, book, actor, params.staffId)),
  route(deleteStaff, async ({ actor, params }) => remove(platform, book, actor, params.staffId)),
  route(createPasswordLink, async ({ actor, params }) => link(await passwordLink(platform, book, actor, params.staffId))),
  route(createSignInLink, async ({ actor, body }) => link(await commandLineLink(platform, actor, body.email))),
];
