import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';

/** One customer becomes part of another. Both are locked by the caller's transaction. */
export interface Absorption {
  absorbedNo: number;
  survivorNo: number;
  at: Date;
  reason: 'device' | 'staff';
  actor: string;
}

/**
 * Writes merges: the edges, their history, and whose the identifiers are now. Nothing else moves:
 * profiles, tags and consents stay with the number they were given to, and are read by lineage.
 * The pairs may form chains. Returns the ids of the merges, in the order given.
 */
export async function absorbMany(client: pg.PoolClient, pairs: readonly Absorption[]): Promise<number[]> {
  if (pairs.length === 0) return [];
  const absorbed = pairs.map((p) => p.absorbedNo);
  await client.query(
    `update customer c set status = 1, merged_into = p.survivor_no, merged_at = p.at
      from unnest($1::int[], $2::int[], $3::timestamptz[]) as p (absorbed_no, survivor_no, at)
      where c.customer_no = p.absorbed_no`,
    [absorbed, pairs.map((p) => p.survivorNo), pairs.map((p) => p.at)]);
  const roots = rootsOf(pairs);
  await client.query(
    `update identifier i set home_no = coalesce(i.home_no, i.customer_no), customer_no = p.root_no
      from unnest($1::int[], $2::int[]) as p (absorbed_no, root_no) where i.customer_no = p.absorbed_no`,
    [absorbed, absorbed.map((no) => roots.get(no))]);
  const { rows } = await client.query<{ merge_id: number }>(
    `insert into customer_merge (survivor_no, absorbed_no, at, reason, actor)
      select survivor_no, absorbed_no, at, reason, actor
      from unnest($1::int[], $2::int[], $3::timestamptz[], $4::text[], $5::text[]) with ordinality
        as p (survivor_no, absorbed_no, at, reason, actor, position)
      order by position returning merge_id`,
    [pairs.map((p) => p.survivorNo), absorbed, pairs.map((p) => p.at), pairs.map((p) => p.reason), pairs.map((p) => p.actor)]);
  const parts = await subtreesOf(client, absorbed);
  await queueCopies(client, [...parts, ...roots.values()]);
  return rows.map((row) => row.merge_id);
}

function rootsOf(pairs: readonly Absorption[]): Map<number, number> {
  const survivors = new Map(pairs.map((p) => [p.absorbedNo, p.survivorNo]));
  const root = (no: number): number => {
    let found = no;
    for (let next = survivors.get(found); next !== undefined; next = survivors.get(found)) found = next;
    return found;
  };
  return new Map(pairs.map((p) => [p.absorbedNo, root(p.absorbedNo)]));
}

/** These customers and everybody who became part of them, directly or through others. */
export async function subtreesOf(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<number[]> {
  const { rows } = await connection.query<{ customer_no: number }>({
    name: 'customers.subtrees',
    text: `with recursive part (customer_no) as (
        select unnest($1::int[])
        union
        select c.customer_no from customer c join part p on c.merged_into = p.customer_no where c.status = 1
      ) select customer_no from part`,
    values: [customerNos],
  });
  return rows.map((row) => row.customer_no);
}
