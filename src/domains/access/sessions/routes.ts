import type { Actor } from '../../../kernel/actor.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { readSession } from '../contract.ts';

/** The server hands requests of nobody to public endpoints as a token without a number. */
const isSomebody = (actor: Actor): boolean => actor.kind !== 'token' || actor.id !== 0;

/** Sign-in, sign-out and one's own sessions. */
export const sessionRoutes = (platform: Platform): Route[] => [
  route(readSession, async ({ actor }) => ({
    actor: isSomebody(actor) ? { id: actor.id, name: actor.name, kind: actor.kind } : null,
    permissions: [...actor.permissions],
    brand: await readBrand(platform.pg),
    locale: actor.locale,
  })),
];
