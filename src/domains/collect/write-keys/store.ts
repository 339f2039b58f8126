import type pg from 'pg';
import type { z } from 'zod';
import type { writeKey } from './contract.ts';

export type WriteKey = z.output<typeof writeKey>;

interface Row {
  write_key_id: number;
  name: string;
  prefix: string;
  created_at: Date;
  created_by: string;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const columns = 'write_key_id, name, prefix, created_at, created_by, last_used_at, revoked_at';
const asWriteKey = (row: Row): WriteKey => ({
  writeKeyId: row.write_key_id,
  name: row.name,
  prefix: row.prefix,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** A page of the keys whose name contains `search`, the newest first, and how many there are. */
export async function readWriteKeys(pool: pg.Pool, search: string, limit: number, offset: number): Promise<{ rows: WriteKey[]; total: number }> {
  const matching = "from write_key where strpos(lower(name), lower($1)) > 0 or $1 = ''";
  const { rows } = await pool.query<Row>(`select ${columns} ${matching} order by write_key_id desc limit $2 offset $3`, [search, limit, offset]);
  const all = await pool.query<{ total: number }>(`select count(*) as total ${matching}`, [search]);
  return { rows: rows.map(asWriteKey), total: all.rows[0].total };
}

export async function insertWriteKey(client: pg.PoolClient, key: { name: string; hash: Buffer; prefix: string; createdBy: string }): Promise<WriteKey> {
  const { rows } = await client.query<Row>(
    `insert into write_key (name, hash, prefix, created_by) values ($1, $2, $3, $4) returning ${columns}`,
    [key.name, key.hash, key.prefix, key.createdBy]);
  return asWriteKey(rows[0]);
}

/** Revokes a key; false when there is none with this number that works. */
export async function markRevoked(client: pg.PoolClient, writeKeyId: number): Promise<boolean> {
  const { rowCount } = await client.query(
    'update write_key set revoked_at = now() where write_key_id = $1 and revoked_at is null', [writeKeyId]);
  return rowCount === 1;
}

/** The keys that work now, by the hexadecimal hash of their secret. */
export async function readWorkingKeys(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ hash: string; write_key_id: number }>(
    "select encode(hash, 'hex') as hash, write_key_id from write_key where revoked_at is null");
  return new Map(rows.map((row) => [row.hash, row.write_key_id]));
}

/** Notes that keys are in use. */
export async function markUsed(pool: pg.Pool, writeKeyIds: number[]): Promise<void> {
  await pool.query('update write_key set last_used_at = now() where write_key_id = any($1)', [writeKeyIds]);
}
