import type pg from 'pg';
import { z } from 'zod';
import { openText, sealText } from '../secrets.ts';
import { mailServerSchema, type MailServer } from './contract.ts';

type Connection = pg.Pool | pg.PoolClient;

/** A mail server that can be signed in to. `password` is null where it asks for none. */
export interface OpenMailServer extends MailServer {
  password: string | null;
}

const stored = mailServerSchema.extend({ sealedPassword: z.base64().nullable() });

const purpose = 'platform.mail-password';

/** The mail server without its password, and whether it has one; null while none is set up. */
export async function readMailServer(connection: Connection): Promise<(MailServer & { hasPassword: boolean }) | null> {
  const found = await readStored(connection);
  if (!found) return null;
  const { sealedPassword, ...server } = found;
  return { ...server, hasPassword: sealedPassword !== null };
}

/** The mail server with its password, for connecting to it. */
export async function openMailServer(connection: Connection, secret: string): Promise<OpenMailServer | null> {
  const found = await readStored(connection);
  if (!found) return null;
  const { sealedPassword, ...server } = found;
  return { ...server, password: sealedPassword === null ? null : openText(secret, purpose, Buffer.from(sealedPassword, 'base64')) };
}

/** Replaces the mail server. */
export async function writeMailServer(connection: Connection, secret: string, { password, ...server }: OpenMailServer): Promise<void> {
  const sealedPassword = password === null ? null : sealText(secret, purpose, password).toString('base64');
  await connection.query(
    "insert into setting (name, value) values ('mail_server', $1) on conflict (name) do update set value = $1, updated_at = now()",
    [JSON.stringify({ ...server, sealedPassword })]);
}

async function readStored(connection: Connection): Promise<z.output<typeof stored> | null> {
  const { rows } = await connection.query<{ value: unknown }>("select value from setting where name = 'mail_server'");
  return rows.length === 0 ? null : stored.parse(rows[0].value);
}
