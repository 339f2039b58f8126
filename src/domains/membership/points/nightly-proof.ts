import type pg from 'pg';
import { z } from 'zod';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { PointsProof } from '../contract/points.ts';
import { verifyLedger } from '../ledger/store/verify.ts';

const cursorName = 'points.proof';
const kept = z.object({ provenAt: z.string(), entries: z.number(), fault: z.object({ kind: z.enum(['entry', 'lot', 'account']), no: z.number() }).nullable() });
const everyMs = 24 * 3_600_000;

/** What the ledger was last found to be; null before the first time. */
export async function readProof(pool: pg.Pool): Promise<PointsProof | null> {
  const { rows: [row] } = await pool.query<{ position: unknown }>('select position from membership_cursor where name = $1', [cursorName]);
  return row ? kept.parse(row.position) : null;
}

/** Looks once a day whether the ledger is as it was written, all of it as of one moment. */
export async function proveOnceADay({ pg: pool, clock, log }: Pick<Platform, 'pg' | 'clock' | 'log'>): Promise<void> {
  const now = clock.now();
  const last = await readProof(pool);
  if (last && now.getTime() - Date.parse(last.provenAt) < everyMs) return;
  const { entries, fault } = await inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    // Everything is joined with everything: row by row, as is planned where statistics are missing, it would not come to an end.
    await client.query('set local enable_nestloop = off');
    return verifyLedger(client);
  });
  if (fault) log.error({ fault }, 'the ledger of points is not as it was written');
  await pool.query('insert into membership_cursor (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position', [cursorName, JSON.stringify({ provenAt: now.toISOString(), entries, fault })]);
}
