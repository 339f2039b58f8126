import type { FastifyRequest } from 'fastify';
import type { Actor, Permission } from '../../kernel/actor.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import type { DeclaredDefaults } from './roles/defaults.ts';
import { authenticator } from './sessions/authenticate.ts';
import { sessionRoutes } from './sessions/routes.ts';

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
}

/** Staff, roles, sessions, API tokens, the audit log and the brand's settings. */
export function createAccess(platform: Platform, options: AccessOptions): Access {
  const book = { permissions: options.permissions, declared: options.roleDefaults ?? {} };
  const authenticate = authenticator({ pg: platform.pg, clock: platform.clock, book, localToken: options.localToken });
  return { authenticate, routes: [...sessionRoutes(platform)] };
}
