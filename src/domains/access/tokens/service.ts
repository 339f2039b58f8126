import { may, type Actor, type Permission } from '../../../kernel/actor.ts';
import { forbidden, notFound, Problem } from '../../../kernel/problem.ts';
import { parseSort } from '../../../kernel/page.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { refuseBeyondOwn } from '../roles/rights.ts';
import type { PermissionBook } from '../roles/held.ts';
import { hashOfToken, newToken } from '../sessions/secret-token.ts';
import { tokenSorts } from './contract.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

/** Says at first sight, to people and to scanners for leaked secrets, what it is. */
const secretPrefix = 'perennial_';
const shownCharacters = secretPrefix.length + 6;
const dayMs = 24 * 3600_000;

export interface NewToken {
  name: string;
  scopes: Permission[];
  days: number | null;
}

/** Makes a token of its maker's permissions. The secret is returned once and kept nowhere. */
export async function makeToken({ pg, clock }: World, book: PermissionBook, actor: Actor, given: NewToken): Promise<{ tokenId: number; secret: string }> {
  // A token that made tokens would outlive its own expiry and its revocation.
  if (actor.kind === 'token') throw forbidden('access.people_only');
  const unknown = given.scopes.filter((scope) => !book.permissions.includes(scope));
  if (unknown.length > 0) throw new Problem('access.unknown_permission', { params: { permissions: unknown.slice(0, 5) } });
  refuseBeyondOwn(actor, given.scopes);
  const secret = secretPrefix + newToken();
  const now = clock.now();
  const expiresAt = given.days === null ? null : new Date(now.getTime() + given.days * dayMs);
  return inTransaction(pg, async (client) => {
    const { rows } = await client.query<{ api_token_id: number }>(
      `insert into api_token (owner_id, name, token_hash, prefix, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7) returning api_token_id`,
      [actor.kind === 'staff' ? actor.id : null, given.name, hashOfToken(secret), secret.slice(0, shownCharacters), given.scopes, now, expiresAt],
    );
    const tokenId = rows[0].api_token_id;
    await recordAudit(client, { actor, action: 'access.create_token', subject: `token:${tokenId}`, details: { name: given.name, scopes: given.scopes, expiresAt } });
    return { tokenId, secret };
  });
}

/** Own tokens, or everybody's for who looks after the accounts. */
const seesAll = (actor: Actor): boolean => may(actor, 'access.staff');
/** A token sees what its owner would: both are found through the owner's number. */
const mine = `($1 or owner_id = (case when $2 = 'staff' then $3 else (select owner_id from api_token where api_token_id = $3) end))`;
const mineValues = (actor: Actor): unknown[] => [seesAll(actor), actor.kind, actor.id];

/** Makes a token worthless. One that the actor may not see is not found. */
export async function revoke({ pg, clock }: World, actor: Actor, tokenId: number): Promise<void> {
  await inTransaction(pg, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `update api_token set revoked_at = coalesce(revoked_at, $5) where api_token_id = $4 and ${mine} returning name`,
      [...mineValues(actor), tokenId, clock.now()],
    );
    if (!rows[0]) throw notFound('access.token_not_found');
    await recordAudit(client, { actor, action: 'access.revoke_token', subject: `token:${tokenId}`, details: { name: rows[0].name } });
  });
}

interface TokenRow {
  tokenId: number;
  name: string;
  prefix: string;
  scopes: Permission[];
  owner: string | null;
  status: 'active' | 'expired' | 'revoked';
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

const sortColumns: Record<(typeof tokenSorts)[number], string> = { name: 'api_token.name', createdAt: 'api_token.created_at', expiresAt: 'expires_at', lastUsedAt: 'last_used_at' };

/** One page of tokens the actor may see, the newest first. */
export async function pageOfTokens({ pg, clock }: World, actor: Actor, query: { page: number; pageSize: number; sort?: string; q?: string; status?: string }): Promise<{ rows: TokenRow[]; total: number }> {
  const status = "case when revoked_at is not null then 'revoked' when expires_at <= $6 then 'expired' else 'active' end";
  const from = `from api_token left join staff on staff_id = owner_id
    where ${mine} and ($4::text is null or position(lower($4) in lower(api_token.name)) > 0) and ($5::text is null or ${status} = $5)`;
  const filters = [...mineValues(actor), query.q ?? null, query.status ?? null, clock.now()];
  const sort = parseSort(query.sort, tokenSorts) ?? { field: 'createdAt', descending: true };
  const order = `${sortColumns[sort.field]} ${sort.descending ? 'desc nulls last' : 'asc nulls first'}, api_token_id desc`;
  const [counted, found] = await Promise.all([
    pg.query<{ total: number }>(`select count(*)::int as total ${from}`, filters),
    pg.query<TokenRow>(
      `select api_token_id as "tokenId", api_token.name, prefix, scopes, staff.name as owner, ${status} as status,
              api_token.created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"
         ${from} order by ${order} limit $7 offset $8`,
      [...filters, query.pageSize, (query.page - 1) * query.pageSize],
    ),
  ]);
  return { rows: found.rows, total: counted.rows[0].total };
}
