import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';

/** An account as other domains know it. */
export interface DirectoryEntry {
  staffId: number;
  name: string;
  email: string;
  /** The language they chose; null where they did not. */
  language: Locale | null;
}

/** Everybody who may sign in, by name; who was shut out is not among them. */
export async function readDirectory(connection: pg.Pool | pg.PoolClient): Promise<DirectoryEntry[]> {
  const { rows } = await connection.query<DirectoryEntry>('select staff_id as "staffId", name, email, language from staff where disabled_at is null order by name, staff_id');
  return rows;
}
