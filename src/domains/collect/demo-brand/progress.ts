import type pg from 'pg';
import { z } from 'zod';

const progressSchema = z.object({
  /** `adding`: all of its own is in; other domains add what they have to show, one after the other. */
  state: z.enum(['loading', 'adding', 'done']),
  seed: z.int(),
  endMs: z.int(),
  /** Customers of the brand, and how many of them are in the stores. */
  customers: z.int().positive(),
  loaded: z.int().nonnegative(),
  /** How many of the others have added theirs. */
  added: z.int().nonnegative().default(0),
});

/** How far the demonstration brand is. What it is made from stands here too, so that a second start goes on with the same. */
export type DemoProgress = z.infer<typeof progressSchema>;

/** Null where no demonstration brand was ever begun. */
export async function readProgress(connection: pg.Pool | pg.PoolClient): Promise<DemoProgress | null> {
  const { rows } = await connection.query<{ value: unknown }>("select value from setting where name = 'demo'");
  return rows.length === 0 ? null : progressSchema.parse(rows[0].value);
}

export async function writeProgress(connection: pg.Pool | pg.PoolClient, progress: DemoProgress): Promise<void> {
  await connection.query(
    "insert into setting (name, value) values ('demo', $1) on conflict (name) do update set value = $1, updated_at = now()",
    [JSON.stringify(progress)]);
}
