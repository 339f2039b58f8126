import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { permission, permissionList } from '../roles/contract.ts';

export const tokenStatuses = ['active', 'expired', 'revoked'] as const;
export const longestTokenDays = 3650;

export const apiToken = z.object({
  tokenId: z.number().int(),
  name: z.string(),
  /** The first characters, to recognise a token by. */
  prefix: z.string(),
  scopes: z.array(permission),
  /** Null for a token made on the command line. */
  owner: z.string().nullable(),
  status: z.enum(tokenStatuses),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
});

export const tokenSorts = ['name', 'createdAt', 'expiresAt', 'lastUsedAt'] as const;

export const listTokens = endpoint({
  method: 'GET',
  path: '/api/tokens',
  summary: 'My API tokens; everybody\'s with the permission access.staff',
  access: 'access.tokens',
  query: pageQuery.extend({ sort: sortOf(...tokenSorts), status: z.enum(tokenStatuses).optional() }),
  reply: pageOf(apiToken),
});

export const createToken = endpoint({
  method: 'POST',
  path: '/api/tokens',
  summary: 'Make an API token; the secret is in this reply only',
  access: 'access.tokens',
  body: z.object({
    name: z.string().trim().min(1).max(60),
    scopes: permissionList.refine((list) => list.length > 0),
    /** Null for a token that does not expire. */
    days: z.number().int().min(1).max(longestTokenDays).nullable(),
  }),
  reply: z.object({ tokenId: z.number().int(), secret: z.string() }),
  status: 201,
});

export const revokeToken = endpoint({
  method: 'DELETE',
  path: '/api/tokens/:tokenId',
  summary: 'Make an API token worthless',
  access: 'access.tokens',
  params: z.object({ tokenId: z.coerce.number().int().positive() }),
  reply: z.void(),
  status: 204,
});
