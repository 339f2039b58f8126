import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { systemActor, type Actor, type Permission } from '../../../kernel/actor.ts';
import { pickLocale } from '../../../kernel/locale.ts';
import type { Clock } from '../../../platform/clock.ts';
import { heldByAll, type PermissionBook, type StoredRole } from '../roles/held.ts';
import { sessionTokenOf } from './cookie.ts';
import { idleMs, seenPrecisionMs } from './limits.ts';
import { hashOfToken, sameSecret } from './secret-token.ts';

export interface AuthenticateOptions {
  pg: pg.Pool;
  clock: Clock;
  book: PermissionBook;
  /** A bearer equal to this is the system itself: the command line on the same machine. */
  localToken?: string;
}

/**
 * Who sent a request, read from the database every time, so that a role, an account or a token
 * taken away is gone with the next request. A bearer token that is not valid is nobody, whatever
 * the cookie says. Null when nobody is signed in.
 */
export const authenticator = (options: AuthenticateOptions) => async (request: FastifyRequest): Promise<Actor | null> => {
  const locale = pickLocale(request.headers['accept-language']);
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) {
    if (options.localToken && sameSecret(bearer, options.localToken)) return { ...systemActor, locale };
    const token = await tokenActor(options, bearer);
    return token && { ...token, locale };
  }
  const cookie = sessionTokenOf(request);
  const person = cookie ? await sessionActor(options, cookie) : null;
  return person && { ...person, locale };
};

/** The roles of a person as JSON, in the shape of `StoredRole[]`. */
const rolesOfStaff = `(select coalesce(jsonb_agg(jsonb_build_object('key', role.key, 'changes', coalesce(
    (select jsonb_object_agg(permission, granted) from role_permission where role_permission.role_id = role.role_id), '{}'))), '[]')
  from staff_role join role using (role_id) where staff_role.staff_id = staff.staff_id)`;

type Found = Omit<Actor, 'locale'>;

/** What somebody may do, by the roles they have now; nothing where they may not sign in. */
export async function permissionsOf(pool: pg.Pool, book: PermissionBook, staffId: number): Promise<ReadonlySet<Permission>> {
  const { rows: [found] } = await pool.query<{ roles: StoredRole[] }>(`select ${rolesOfStaff} as roles from staff where staff_id = $1 and disabled_at is null`, [staffId]);
  return found ? heldByAll(found.roles, book) : new Set();
}

async function sessionActor({ pg, clock, book }: AuthenticateOptions, token: string): Promise<Found | null> {
  const now = clock.now();
  const { rows } = await pg.query<{ staff_id: number; name: string; roles: StoredRole[]; session_id: number; last_seen_at: Date }>(
    `select staff.staff_id, staff.name, ${rolesOfStaff} as roles, session_id, last_seen_at
       from session join staff using (staff_id)
      where token_hash = $1 and expires_at > $2 and last_seen_at > $3 and disabled_at is null`,
    [hashOfToken(token), now, new Date(now.getTime() - idleMs)],
  );
  const found = rows[0];
  if (!found) return null;
  if (now.getTime() - found.last_seen_at.getTime() > seenPrecisionMs) {
    await pg.query('update session set last_seen_at = $2 where session_id = $1', [found.session_id, now]);
  }
  return { kind: 'staff', id: found.staff_id, name: found.name, permissions: heldByAll(found.roles, book) };
}

interface TokenRow {
  api_token_id: number;
  name: string;
  scopes: Permission[];
  last_used_at: Date | null;
  owner: string | null;
  roles: StoredRole[] | null;
}

async function tokenActor({ pg, clock, book }: AuthenticateOptions, token: string): Promise<Found | null> {
  const now = clock.now();
  // Named, so that the plan is kept: a shop's page authenticates hundreds of times a second.
  const { rows } = await pg.query<TokenRow>({
    name: 'access.token-actor',
    text: `select api_token_id, api_token.name, scopes, last_used_at, staff.name as owner,
            case when staff.staff_id is not null then ${rolesOfStaff} end as roles
       from api_token left join staff on staff.staff_id = owner_id
      where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2) and disabled_at is null`,
    values: [hashOfToken(token), now],
  });
  const found = rows[0];
  if (!found) return null;
  if (!found.last_used_at || now.getTime() - found.last_used_at.getTime() > seenPrecisionMs) {
    await pg.query('update api_token set last_used_at = $2 where api_token_id = $1', [found.api_token_id, now]);
  }
  // A token never outgrows its owner: what the owner has lost since is lost to the token too.
  const ownerMay = found.roles ? heldByAll(found.roles, book) : new Set(book.permissions);
  const permissions = new Set(found.scopes.filter((scope) => ownerMay.has(scope)));
  const name = found.owner === null ? found.name : `${found.name} (${found.owner})`;
  return { kind: 'token', id: found.api_token_id, name, permissions };
}
