import type { Actor } from '../../../kernel/actor.ts';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { forbidden, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { hashPassword, isPassword } from '../passwords/hash.ts';
import { refuseWeakPassword } from '../passwords/weakness.ts';
import type { readAccount } from './contract.ts';
import { idleMs } from './limits.ts';
import { hashOfToken } from './secret-token.ts';
import { setPassword } from './sign-in.ts';
import { insertSession, type Visitor } from './store.ts';
import { countAttempt, forgiveAttempt } from './throttle.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

/** An own account is a person's: a token or the command line has none. */
function ownIdOf(actor: Actor): number {
  if (actor.kind !== 'staff') throw forbidden('access.people_only');
  return actor.id;
}

/** My account, and the sessions that have not ended. */
export async function ownAccount({ pg, clock }: World, actor: Actor, token: string | undefined): Promise<EndpointReply<typeof readAccount>> {
  const staffId = ownIdOf(actor);
  const now = clock.now();
  const account = await pg.query<{ email: string; name: string; hasPassword: boolean }>(
    'select email, name, password_hash is not null as "hasPassword" from staff where staff_id = $1', [staffId]);
  const sessions = await pg.query<{ session_id: number; device: string; peer: string; created_at: Date; last_seen_at: Date; current: boolean }>(
    `select session_id, device, peer, created_at, last_seen_at, token_hash = $4 as current from session
      where staff_id = $1 and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc limit 100`,
    [staffId, now, new Date(now.getTime() - idleMs), hashOfToken(token ?? '')],
  );
  return {
    ...account.rows[0],
    sessions: sessions.rows.map((row) => ({
      sessionId: row.session_id,
      device: row.device,
      peer: row.peer,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      current: row.current,
    })),
  };
}

/** Keeps the language I read. The same again is no news. */
export async function keepOwnLanguage({ pg }: World, actor: Actor, language: Locale): Promise<void> {
  const staffId = ownIdOf(actor);
  await inTransaction(pg, async (client) => {
    const kept = await client.query('update staff set language = $2 where staff_id = $1 and language is distinct from $2', [staffId, language]);
    if (kept.rowCount) await recordAudit(client, { actor, action: 'access.keep_language', subject: `staff:${staffId}`, details: { language } });
  });
}

/** Ends one of my sessions. Another person's is not found. */
export async function endOwnSession({ pg }: World, actor: Actor, sessionId: number): Promise<void> {
  const staffId = ownIdOf(actor);
  await inTransaction(pg, async (client) => {
    const ended = await client.query('delete from session where session_id = $1 and staff_id = $2', [sessionId, staffId]);
    if (ended.rowCount === 0) throw notFound('access.session_not_found');
    await recordAudit(client, { actor, action: 'access.end_session', subject: `staff:${staffId}`, details: { sessionId } });
  });
}

/** Ends all my sessions but the one that asks. */
export async function endOwnOtherSessions({ pg }: World, actor: Actor, token: string | undefined): Promise<void> {
  const staffId = ownIdOf(actor);
  await inTransaction(pg, async (client) => {
    const ended = await client.query('delete from session where staff_id = $1 and token_hash <> $2', [staffId, hashOfToken(token ?? '')]);
    await recordAudit(client, { actor, action: 'access.end_session', subject: `staff:${staffId}`, details: { sessions: ended.rowCount } });
  });
}

/**
 * Sets my own password and returns the token of a new session, the only one left. The current
 * password is asked for where there is one, and guesses at it are slowed down as at sign-in.
 */
export async function changeOwnPassword({ pg, clock }: World, actor: Actor, given: { current?: string; password: string }, visitor: Visitor): Promise<string> {
  const staffId = ownIdOf(actor);
  const { rows } = await pg.query<{ email: string; name: string; password_hash: string | null }>(
    'select email, name, password_hash from staff where staff_id = $1', [staffId]);
  const account = rows[0];
  refuseWeakPassword(given.password, account);
  if (account.password_hash !== null) {
    const attempt = { account: `staff:${staffId}`, address: visitor.address };
    await countAttempt(pg, attempt, clock.now());
    if (!(await isPassword(account.password_hash, given.current ?? ''))) {
      throw new Problem('access.wrong_current_password', { fields: [{ path: 'body.current', code: 'wrong' }] });
    }
    await forgiveAttempt(pg, attempt, clock.now());
  }
  const passwordHash = await hashPassword(given.password);
  return inTransaction(pg, async (client) => {
    const still = await client.query('select from staff where staff_id = $1 and password_hash is not distinct from $2 for update', [staffId, account.password_hash]);
    if (still.rowCount === 0) throw new Problem('access.wrong_current_password', { fields: [{ path: 'body.current', code: 'wrong' }] });
    await setPassword(client, actor, staffId, passwordHash, clock.now());
    return insertSession(client, staffId, visitor, clock.now());
  });
}
