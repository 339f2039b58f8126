import type pg from 'pg';
import { absoluteMs } from './limits.ts';
import { hashOfToken, newToken } from './secret-token.ts';

/** From where a session is used, as far as it says. */
export interface Visitor {
  address: string;
  device: string;
}

type Connection = pg.Pool | pg.PoolClient;

/** Makes a session and returns its token, which nothing else keeps. Sessions that ended long ago are cleared away. */
export async function insertSession(client: Connection, staffId: number, visitor: Visitor, now: Date): Promise<string> {
  const token = newToken();
  await client.query(
    `insert into session (staff_id, token_hash, created_at, last_seen_at, expires_at, peer, device) values ($1, $2, $3, $3, $4, $5, $6)`,
    [staffId, hashOfToken(token), now, new Date(now.getTime() + absoluteMs), visitor.address, visitor.device],
  );
  await client.query('update staff set last_sign_in_at = $2 where staff_id = $1', [staffId, now]);
  await client.query('delete from session where staff_id = $1 and expires_at < $2', [staffId, now]);
  return token;
}

/** Ends the session with this token. */
export async function deleteSession(client: Connection, token: string): Promise<void> {
  await client.query('delete from session where token_hash = $1', [hashOfToken(token)]);
}

/** Ends every session of a person, and makes their unused links worthless. */
export async function endEverySession(client: Connection, staffId: number): Promise<void> {
  await client.query('delete from session where staff_id = $1', [staffId]);
  await client.query('delete from sign_in_link where staff_id = $1', [staffId]);
}
