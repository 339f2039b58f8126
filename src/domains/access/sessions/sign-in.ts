import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { findLink, useLink, type LinkOwner } from '../links/store.ts';
import { hashPassword, isPassword } from '../passwords/hash.ts';
import { refuseWeakPassword } from '../passwords/weakness.ts';
import { deleteSession, endEverySession, insertSession, type Visitor } from './store.ts';
import { countAttempt, forgiveAttempt } from './throttle.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

interface Account {
  staff_id: number;
  name: string;
  password_hash: string | null;
}

const staffActor = (staffId: number, name: string): Actor => ({ kind: 'staff', id: staffId, name, permissions: new Set(), locale: 'zh-CN' });
const wrong = (): Problem => new Problem('access.wrong_sign_in', { status: 401 });

/** A session's token for an address and a password. Whatever is wrong, the answer and the work for it are the same. */
export async function signInByPassword({ pg, clock }: World, given: { email: string; password: string }, visitor: Visitor, oldToken?: string): Promise<string> {
  const attempt = { account: given.email, address: visitor.address };
  await countAttempt(pg, attempt, clock.now());
  const { rows } = await pg.query<Account>('select staff_id, name, password_hash from staff where email = $1 and disabled_at is null', [given.email]);
  const account = rows.at(0);
  if (!(await isPassword(account?.password_hash ?? null, given.password)) || !account) {
    await recordAudit(pg, { actor: staffActor(account?.staff_id ?? 0, account?.name ?? '?'), action: 'access.sign_in_failed', subject: `staff:${account?.staff_id ?? 0}`, details: { peer: visitor.address } });
    throw wrong();
  }
  const token = await inTransaction(pg, async (client) => {
    // What was read before the hash was computed may have changed since.
    const still = await client.query('select from staff where staff_id = $1 and password_hash = $2 and disabled_at is null for update', [account.staff_id, account.password_hash]);
    if (still.rowCount === 0) throw wrong();
    return beginSession(client, account.staff_id, account.name, visitor, clock.now(), 'password', oldToken);
  });
  await forgiveAttempt(pg, attempt, clock.now());
  return token;
}

async function beginSession(client: pg.PoolClient, staffId: number, name: string, visitor: Visitor, now: Date, by: string, oldToken?: string): Promise<string> {
  if (oldToken) await deleteSession(client, oldToken);
  await recordAudit(client, { actor: staffActor(staffId, name), action: 'access.sign_in', subject: `staff:${staffId}`, details: { by, peer: visitor.address } });
  return insertSession(client, staffId, visitor, now);
}

const deadLink = (): Problem => new Problem('access.link_used', { status: 410 });

/** What a link is for. Throws 410 when it was used, is too old, or its account is disabled. */
export async function describeLink({ pg, clock }: World, token: string): Promise<LinkOwner> {
  const found = await findLink(pg, token, clock.now());
  if (!found) throw deadLink();
  return found;
}

/** Uses a link up and returns a session's token. A link for a password sets it first, and ends every session there was. */
export async function signInByLink({ pg, clock }: World, given: { token: string; password?: string }, visitor: Visitor, oldToken?: string): Promise<string> {
  const described = await describeLink({ pg, clock }, given.token);
  const password = described.purpose === 'password' ? await acceptable(given.password, described) : undefined;
  return inTransaction(pg, async (client) => {
    const owner = await useLink(client, given.token, clock.now());
    if (!owner) throw deadLink();
    if (password) await setPassword(client, staffActor(owner.staffId, owner.name), owner.staffId, password, clock.now());
    return beginSession(client, owner.staffId, owner.name, visitor, clock.now(), 'link', oldToken);
  });
}

async function acceptable(password: string | undefined, owner: LinkOwner): Promise<string> {
  if (password === undefined) throw new Problem('access.password_missing', { fields: [{ path: 'body.password', code: 'missing' }] });
  refuseWeakPassword(password, owner);
  return hashPassword(password);
}

/** Stores a password's hash; every session and every link of the person ends. */
export async function setPassword(client: pg.PoolClient, actor: Actor, staffId: number, passwordHash: string, now: Date): Promise<void> {
  await client.query('update staff set password_hash = $2, password_set_at = $3 where staff_id = $1', [staffId, passwordHash, now]);
  await endEverySession(client, staffId);
  await recordAudit(client, { actor, action: 'access.set_password', subject: `staff:${staffId}` });
}
