import type pg from 'pg';
import { notFound } from '../../../../kernel/problem.ts';
import type { Vault } from '../../../customers/public.ts';
import type { DestinationAddress } from '../../contract/deliveries.ts';

type Connection = pg.Pool | pg.PoolClient;

/** What went wrong, as a Problem says it. */
export interface Trouble {
  code: string;
  params: Record<string, unknown>;
}

/** A destination as it is stored, without its secret. */
export interface DestinationRow {
  destinationId: number;
  name: string;
  address: DestinationAddress;
  createdAt: Date;
  createdBy: string;
  triedAt: Date | null;
  trouble: Trouble | null;
  deliveries: number;
  revokedAt: Date | null;
}

/** A destination that can be sent to. */
export interface OpenDestination {
  destinationId: number;
  name: string;
  address: DestinationAddress;
  secret: string;
}

const columns = `destination_id as "destinationId", name, address || jsonb_build_object('kind', kind) as address, created_at as "createdAt", created_by as "createdBy",
  tried_at as "triedAt", trouble, revoked_at as "revokedAt",
  (select count(*)::int from audience_delivery v where v.destination_id = d.destination_id and v.state in ('active', 'stopped')) as deliveries`;

/** What a secret is encrypted for: it cannot be moved to another destination. */
const purposeOf = (destinationId: number): string => `audience destination ${destinationId}`;

export async function insertDestination(client: pg.PoolClient, vault: Vault, given: { name: string; address: DestinationAddress; secret: string; createdBy: string }, now: Date): Promise<number> {
  const { kind, ...address } = given.address;
  const { rows: [{ destinationId }] } = await client.query<{ destinationId: number }>(
    `insert into audience_destination (name, kind, address, created_at, created_by) values ($1, $2, $3, $4, $5) returning destination_id as "destinationId"`,
    [given.name, kind, JSON.stringify(address), now, given.createdBy]);
  await client.query('update audience_destination set secret = $2 where destination_id = $1', [destinationId, vault.encrypt(purposeOf(destinationId), given.secret)]);
  return destinationId;
}

/** Destinations by name, the newest first; with `destinationId` only that one. */
export async function readDestinations(connection: Connection, asked: { q?: string; isRevoked?: boolean; destinationId?: number; limit: number; offset: number }): Promise<{ rows: DestinationRow[]; total: number }> {
  const where = `($1 = '' or position(lower($1) in lower(name)) > 0) and ($2::bool is null or (revoked_at is not null) = $2) and ($3::int is null or destination_id = $3)`;
  const filters = [asked.q ?? '', asked.isRevoked ?? null, asked.destinationId ?? null];
  const { rows } = await connection.query<DestinationRow>(`select ${columns} from audience_destination d where ${where} order by destination_id desc limit $4 offset $5`, [...filters, asked.limit, asked.offset]);
  const { rows: [{ total }] } = await connection.query<{ total: number }>(`select count(*)::int as total from audience_destination d where ${where}`, filters);
  return { rows, total };
}

/** A destination with its secret. Throws where there is none that works. */
export async function openDestination(connection: Connection, vault: Vault, destinationId: number): Promise<OpenDestination> {
  const { rows } = await connection.query<Omit<OpenDestination, 'secret'> & { secret: Buffer }>(
    `select destination_id as "destinationId", name, address || jsonb_build_object('kind', kind) as address, secret
      from audience_destination where destination_id = $1 and revoked_at is null`, [destinationId]);
  const found = rows.at(0);
  if (!found) throw notFound('audiences.destination_not_found', { destinationId });
  return { ...found, secret: vault.decrypt(purposeOf(destinationId), found.secret) };
}

/** Notes that something was sent there, and what went wrong. */
export async function noteTried(connection: Connection, destinationId: number, trouble: Trouble | null, now: Date): Promise<void> {
  await connection.query('update audience_destination set tried_at = $2, trouble = $3 where destination_id = $1', [destinationId, now, trouble && JSON.stringify(trouble)]);
}
