import type pg from 'pg';
import { z } from 'zod';

const name = 'earning';

/** How far earning has come with what happened. */
const position = z.object({
  /** Facts applied before this moment were seen. */
  appliedBefore: z.coerce.date(),
  /** Imports, and their undoing, that were dealt with lately. */
  imports: z.array(z.string()),
  /** The first version of the programme: with another one everything is looked at again. */
  firstVersion: z.number(),
  /** Joinings up to this change were seen. */
  joinsUpTo: z.object({ transactionId: z.string(), changeNo: z.number() }),
  /** Everybody up to this number was looked at; null while no look at everybody is going on. */
  passAfter: z.number().nullable(),
});
export type Position = z.infer<typeof position>;

/** Null where earning never began. */
export async function readPosition(pool: pg.Pool): Promise<Position | null> {
  const { rows } = await pool.query<{ position: unknown }>('select position from membership_cursor where name = $1', [name]);
  return rows.length === 0 ? null : position.parse(rows[0].position);
}

export async function writePosition(connection: pg.Pool | pg.PoolClient, at: Position): Promise<void> {
  await connection.query('insert into membership_cursor (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position', [name, JSON.stringify(at)]);
}
