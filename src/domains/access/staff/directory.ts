import type pg from 'pg';

/** An account as other domains know it. */
export interface DirectoryEntry {
  staffId: number;
  name: string;
  email: string;
}

/** Everybody who may sign in, by name; who was shut out is not among them. */
export async function readDirectory(connection: pg.Pool | pg.PoolClient): Promise<DirectoryEntry[]> {
  const { rows } = await connection.query<DirectoryEntry>('select staff_id as "staffId", name, email from staff where disabled_at is null order by name, staff_id');
  return rows;
}
