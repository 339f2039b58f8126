import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { PermissionBook } from '../roles/held.ts';
import { createToken, listTokens, revokeToken } from './contract.ts';
import { makeToken, pageOfTokens, revoke } from './service.ts';

export const tokenRoutes = (platform: Platform, book: PermissionBook): Route[] => [
  route(listTokens, async ({ actor, query }) => {
    const { rows, total } = await pageOfTokens(platform, actor, query);
    const shown = rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    }));
    return { rows: shown, total, computedAt: platform.clock.now().toISOString() };
  }),
  route(createToken, async ({ actor, body }) => makeToken(platform, book, actor, body)),
  route(revokeToken, async ({ actor, params }) => revoke(platform, actor, params.tokenId)),
];
