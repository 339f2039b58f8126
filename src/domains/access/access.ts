import type { FastifyRequest } from 'fastify';
import type { Actor, Permission } from '../../kernel/actor.ts';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import { createMailer } from '../../platform/mail/mailer.ts';
import type { Platform } from '../../platform/platform.ts';
import { auditRoutes } from './audit/routes.ts';
import { verifyAudit, type ChainState } from './audit/verify.ts';
import type { NewLink } from './links/store.ts';
import { mailRoutes } from './mail/routes.ts';
import type { DeclaredDefaults } from './roles/defaults.ts';
import { rolesByChart, type RolesByChart } from './roles/by-chart.ts';
import { roleRoutes } from './roles/routes.ts';
import { authenticator, permissionsOf } from './sessions/authenticate.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { type HeldAmounts, settingsRoutes } from './settings/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { firstSignInLink, signInLink } from './staff/sign-in-links.ts';
import { tokenRoutes } from './tokens/routes.ts';

export interface AccessOptions {
  /** The permissions of every domain. */
  permissions: readonly Permission[];
  /** What domains say about built-in roles where the patterns in `roles/defaults.ts` would guess wrong. */
  roleDefaults?: DeclaredDefaults;
  /** A bearer equal to this is the system itself: the command line on the same machine. */
  localToken?: string;
}

export interface Access {
  /** Who sent a request: by bearer token or session cookie; null when nobody did. */
  authenticate(request: FastifyRequest): Promise<Actor | null>;
  routes: Route[];
  /** Roles that follow the organisation chart of the plan. */
  rolesByChart: RolesByChart;
  /** What somebody may do now, signed in or not; nothing for who was shut out. */
  permissionsOf(staffId: number): Promise<ReadonlySet<Permission>>;
  /** The path of a link, good once and for half an hour, that signs the account in. */
  createSignInLink(staffId: number): Promise<NewLink>;
  /** The same for the first administrator, who is made when missing; null once an administrator has signed in. */
  firstSignInLink(): Promise<NewLink | null>;
  /** Whoever holds amounts in the brand's currency says so, for another currency does not convert them. */
  registerHeldAmounts(held: HeldAmounts): void;
  /** Whether the audit log is as it was written. */
  verifyAudit(): Promise<ChainState>;
}

/** Staff, roles, sessions, API tokens, the audit log and the brand's settings. */
export function createAccess(platform: Platform, options: AccessOptions): Access {
  const book = { permissions: options.permissions, declared: options.roleDefaults ?? {} };
  const holders: HeldAmounts[] = [];
  return {
    authenticate: authenticator({ pg: platform.pg, clock: platform.clock, book, localToken: options.localToken }),
    routes: [
      ...sessionRoutes(platform, options.permissions),
      ...staffRoutes(platform, book),
      ...roleRoutes(platform, book),
      ...tokenRoutes(platform, book),
      ...auditRoutes(platform),
      ...settingsRoutes(platform, holders),
      ...mailRoutes(platform, createMailer(platform), createSay()),
    ],
    rolesByChart: rolesByChart(platform, book),
    permissionsOf: (staffId) => permissionsOf(platform.pg, book, staffId),
    createSignInLink: (staffId) => signInLink(platform, staffId),
    firstSignInLink: () => firstSignInLink(platform),
    registerHeldAmounts: (held) => void holders.push(held),
    verifyAudit: () => verifyAudit(platform.pg),
  };
}
