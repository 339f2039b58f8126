import type pg from 'pg';
import { lineagesOf } from '../../../customers/public.ts';

/** Who some numbers are today. */
export interface People {
  /** By each number asked for: the one they count under; absent where the person is erased. */
  personNo: Map<number, number>;
  /** Of people who were merged all their numbers; whoever stands alone is not in it. */
  merged: Map<number, number[]>;
}

/** Who these numbers are today: nearly all stand alone, and of those one statement says so. */
export async function readPeople(client: pg.PoolClient, customerNos: readonly number[]): Promise<People> {
  const { rows } = await client.query<{ no: number; gone: boolean }>({
    name: 'gate.people',
    text: `select customer_no as no, true as gone from customer where customer_no = any($1::int[]) and status <> 0
      union all select distinct merged_into, false from customer where merged_into = any($1::int[]) and status = 1`,
    values: [customerNos],
  });
  const special = new Set(rows.map((row) => row.no));
  const personNo = new Map(customerNos.filter((no) => !special.has(no)).map((no) => [no, no]));
  const merged = new Map<number, number[]>();
  if (special.size === 0) return { personNo, merged };
  const lineages = await lineagesOf(client, [...special]);
  const { rows: erased } = await client.query<{ no: number }>('select customer_no as no from customer where customer_no = any($1::int[]) and status = 2', [[...lineages.values()].map(([root]) => root)]);
  const asked = new Set(customerNos);
  const isErased = new Set(erased.map((row) => row.no));
  for (const [no, lineage] of lineages) {
    if (isErased.has(lineage[0])) continue;
    if (asked.has(no)) personNo.set(no, lineage[0]);
    if (lineage.length > 1) merged.set(lineage[0], lineage);
  }
  return { personNo, merged };
}

/** How many numbers share a lock: few locks for a run that means many, little waiting for one that means one. */
const perShard = 4_096;
const shards = 256;
const lockSpace = 0x6a7e;

/**
 * Lets nobody else decide about these people until the transaction ends. Locks are taken in their order, so that two gates wait for
 * each other and never for ever.
 */
export async function lockPeople(client: pg.PoolClient, personNos: Iterable<number>): Promise<void> {
  const wanted = new Set<number>();
  for (const no of personNos) wanted.add(Math.floor(no / perShard) % shards);
  await client.query({
    name: 'gate.lock',
    text: 'select pg_advisory_xact_lock($1, shard) from (select unnest($2::int[]) as shard order by 1) as wanted',
    values: [lockSpace, [...wanted]],
  });
}
