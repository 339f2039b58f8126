import type pg from 'pg';
import { hashOfToken, newToken } from '../sessions/secret-token.ts';

export type LinkPurpose = 'sign_in' | 'password';

/** A link lives half an hour; an invitation, which waits for a person who does not expect it, three days. */
const linkMs = 30 * 60_000;
const invitationMs = 3 * 24 * 3600_000;

export interface NewLink {
  /** `/sign-in/link#<token>`: behind the `#` a token reaches no server's log and no other site. */
  path: string;
  expiresAt: Date;
}

/** Makes a one-time link; an older one of the same purpose no longer works. */
export async function insertLink(client: pg.Pool | pg.PoolClient, staffId: number, purpose: LinkPurpose, now: Date): Promise<NewLink> {
  const token = newToken();
  await client.query('delete from sign_in_link where staff_id = $1 and purpose = $2', [staffId, purpose]);
  const { rows } = await client.query<{ expires_at: Date }>(
    `insert into sign_in_link (token_hash, staff_id, purpose, created_at, expires_at)
     select $1, staff_id, $3, $4, case when $3 = 'password' and password_hash is null then $6 else $5 end::timestamptz
       from staff where staff_id = $2 returning expires_at`,
    [hashOfToken(token), staffId, purpose, now, new Date(now.getTime() + linkMs), new Date(now.getTime() + invitationMs)],
  );
  return { path: `/sign-in/link#${token}`, expiresAt: rows[0].expires_at };
}

export interface LinkOwner {
  staffId: number;
  purpose: LinkPurpose;
  name: string;
  email: string;
}

const usable = 'token_hash = $1 and used_at is null and expires_at > $2 and disabled_at is null';
const owner = 'staff.staff_id as "staffId", purpose, staff.name, staff.email';

/** Whose a link is, while it can be used. */
export async function findLink(client: pg.Pool | pg.PoolClient, token: string, now: Date): Promise<LinkOwner | undefined> {
  const { rows } = await client.query<LinkOwner>(`select ${owner} from sign_in_link join staff using (staff_id) where ${usable}`, [hashOfToken(token), now]);
  return rows[0];
}

/** Uses a link up. Of two who follow it at once, one gets it. */
export async function useLink(client: pg.PoolClient, token: string, now: Date): Promise<LinkOwner | undefined> {
  const { rows } = await client.query<LinkOwner>(
    `update sign_in_link set used_at = $2 from staff where staff.staff_id = sign_in_link.staff_id and ${usable} returning ${owner}`,
    [hashOfToken(token), now],
  );
  return rows[0];
}
