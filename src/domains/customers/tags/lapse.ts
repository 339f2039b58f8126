import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { queueCopies } from '../copies/queue.ts';
import { activeRoots } from '../merges/lineages.ts';

/** So many at a time, that nobody who tags meanwhile waits for long. */
const batchSize = 5_000;

/**
 * Takes away every tag whose time is over, as of the moment at which it was, and returns how many.
 * The history names who had given it.
 */
export async function lapseTags({ pg: pool, clock }: Platform): Promise<number> {
  for (let lapsed = 0; ;) {
    const batch = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ customer_no: number }>(
        `with due as (
            select customer_no, tag_id from customer_tag where lapses_at <= $1 order by lapses_at limit $2 for update skip locked
          ), lapsed as (
            delete from customer_tag held using due where held.customer_no = due.customer_no and held.tag_id = due.tag_id returning held.*
          )
          insert into customer_change (customer_no, kind, at, actor, details)
          select customer_no, 'tag_lapsed', lapses_at, added_by, jsonb_build_object('tagId', tag_id, 'name', name)
          from lapsed join tag using (tag_id) returning customer_no`, [clock.now(), batchSize]);
      await queueCopies(client, await activeRoots(client, rows.map((row) => row.customer_no)));
      return rows.length;
    });
    lapsed += batch;
    if (batch < batchSize) return lapsed;
  }
}
