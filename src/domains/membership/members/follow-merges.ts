import type pg from 'pg';
import { z } from 'zod';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { changedMerges, lineagesOf } from '../../customers/public.ts';

const cursorName = 'merges';
const position = z.object({ transactionId: z.string(), mergeId: z.number() });
const mergesAtOnce = 1_000;

/**
 * Whoever became one person, or two again, is due at once: growth counts together from now on, and one number's points pay what another
 * owes. Returns true while there is more.
 */
export function followMerges({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { customerNos, until, isMore } = await changedMerges(client, await readPosition(client), mergesAtOnce);
    if (customerNos.length === 0) return false;
    const lineages = await lineagesOf(client, customerNos);
    await makeDue(client, [...new Set([...lineages.values()].flat())], clock.now());
    await client.query('insert into membership_cursor (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position', [cursorName, JSON.stringify(until)]);
    return isMore;
  });
}

async function readPosition(client: pg.PoolClient): Promise<z.infer<typeof position>> {
  const { rows: [row] } = await client.query<{ position: unknown }>('select position from membership_cursor where name = $1', [cursorName]);
  return row ? position.parse(row.position) : { transactionId: '0', mergeId: 0 };
}

/** Rows are locked in their order, as everybody locks them, so that nobody waits in a circle. Twice is as good as once. */
async function makeDue(client: pg.PoolClient, customerNos: readonly number[], at: Date): Promise<void> {
  for (const [table, also] of [['member', ''], ['points_account', ', one_since = $2']] as const) {
    await client.query(
      `with own as (select customer_no from ${table} where customer_no = any($1::int[]) order by customer_no for update)
        update ${table} t set due_at = least(t.due_at, $2)${also} from own where t.customer_no = own.customer_no`, [customerNos, at]);
  }
}
