import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { recordAudit } from '../../access/public.ts';
import type { DuplicatePair } from '../contract/merges.ts';
import { kindOf } from '../identifiers/kinds.ts';
import { readRows } from '../lists/rows.ts';
import { requireLineage } from '../profiles/read-profile.ts';
import type { Vault } from '../vault/vault.ts';

interface Pair {
  low_no: number;
  high_no: number;
  kind: number;
  found_at: Date;
  total: number;
}

/** Pairs under the numbers that count today, while both are people of their own; the latest first. */
const waiting = `with recursive pair (low_no, high_no, kind, found_at) as (
    select low_no, high_no, kind, found_at from possible_duplicate where dismissed_at is null
    union
    select coalesce(low.merged_into, p.low_no), coalesce(high.merged_into, p.high_no), p.kind, p.found_at
    from pair p join customer low on low.customer_no = p.low_no join customer high on high.customer_no = p.high_no
    where low.merged_into is not null or high.merged_into is not null
  )
  select least(low_no, high_no) as low_no, greatest(low_no, high_no) as high_no, min(pair.kind)::int as kind, min(found_at) as found_at, count(*) over ()::int as total
  from pair join customer low on low.customer_no = low_no join customer high on high.customer_no = high_no
  where low.status = 0 and high.status = 0 and low_no <> high_no
  group by 1, 2 order by 4 desc, 1, 2`;

/** One page of the pairs that somebody should decide about. */
export async function listDuplicatePairs(platform: Platform, vault: Vault, { page, pageSize }: { page: number; pageSize: number }): Promise<{ rows: DuplicatePair[]; total: number }> {
  const { rows: pairs } = await platform.pg.query<Pair>(`${waiting} limit $1 offset $2`, [pageSize, (page - 1) * pageSize]);
  const people = new Map((await readRows(platform, vault, [...new Set(pairs.flatMap((pair) => [pair.low_no, pair.high_no]))])).map((row) => [row.customerNo, row]));
  const rows = pairs.flatMap(({ low_no, high_no, kind, found_at }): DuplicatePair[] => {
    const [one, other] = [people.get(low_no), people.get(high_no)];
    return one && other ? [{ one, other, kind: kind === 0 ? null : kindOf(kind), foundAt: found_at.toISOString() }] : [];
  });
  return { rows, total: pairs[0]?.total ?? 0 };
}

/** Notes that two customers who share an identifier are not the same person, whichever of their numbers shared it. */
export function dismissDuplicate({ pg: pool, clock }: Platform, customerNo: number, otherNo: number, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    const [ones, others] = [await requireLineage(client, customerNo), await requireLineage(client, otherNo)];
    const { rowCount } = await client.query(
      `update possible_duplicate set dismissed_at = $3, dismissed_by = $4 where dismissed_at is null
        and (low_no = any($1::int[]) and high_no = any($2::int[]) or low_no = any($2::int[]) and high_no = any($1::int[]))`,
      [ones, others, clock.now(), actor.name]);
    if (rowCount === 0) throw notFound('customers.duplicate_not_found', { customerNo, otherNo });
    await recordAudit(client, { actor, action: 'customers.dismiss_duplicate', subject: `customer:${customerNo}`, details: { otherNo } });
  });
}
