import { createHash } from 'node:crypto';
import type pg from 'pg';
import { notFound } from '../../../../kernel/problem.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { SavedMapping } from '../contract.ts';

type Connection = pg.Pool | pg.PoolClient;

/** The same for two files with the same columns, in whatever order. */
export const signatureOf = (columns: readonly string[]): Buffer =>
  createHash('sha256').update([...columns].sort().join('\0')).digest();

const columns = `mapping_id as "mappingId", name, kind, mapping, used_at as "usedAt", created_by as "createdBy"`;
type Row = Omit<SavedMapping, 'usedAt'> & { usedAt: Date };
const shown = (row: Row): SavedMapping => ({ ...row, usedAt: row.usedAt.toISOString() });

/** Mappings saved for just these columns, or all, the one used last first. */
export async function findMappings(connection: Connection, fileColumns?: readonly string[]): Promise<SavedMapping[]> {
  const { rows } = await connection.query<Row>(
    `select ${columns} from import_mapping where $1::bytea is null or signature = $1 order by used_at desc limit 100`,
    [fileColumns ? signatureOf(fileColumns) : null]);
  return rows.map(shown);
}

/** Saves a mapping under a name, in place of one of that kind and name. */
export async function keepMapping(connection: Connection, given: { name: string; mapping: Mapping; columns: readonly string[]; by: string }): Promise<SavedMapping> {
  const { rows } = await connection.query<Row>(
    `insert into import_mapping (name, kind, signature, mapping, created_by) values ($1, $2, $3, $4, $5)
     on conflict (kind, name) do update set signature = $3, mapping = $4, created_by = $5, used_at = now()
     returning ${columns}`,
    [given.name, given.mapping.kind, signatureOf(given.columns), JSON.stringify(given.mapping), given.by]);
  return shown(rows[0]);
}

/** Forgets a saved mapping, or 404 `collect.mapping_not_found`. */
export async function forgetMapping(connection: Connection, mappingId: number): Promise<void> {
  const { rowCount } = await connection.query('delete from import_mapping where mapping_id = $1', [mappingId]);
  if (rowCount === 0) throw notFound('collect.mapping_not_found', { mappingId });
}
