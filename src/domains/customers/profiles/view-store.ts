import type pg from 'pg';

export interface MergeRow {
  mergeId: number;
  survivorNo: number;
  absorbedNo: number;
  reason: 'device' | 'staff';
  at: Date;
  actor: string;
  undoneAt: Date | null;
  undoneBy: string | null;
}

/** A person who was met on many devices has many merges; nobody reads more of them on a page. */
const mostMerges = 200;

/** The merges these numbers took part in, newest first. */
export async function readMerges(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<MergeRow[]> {
  const { rows } = await connection.query<MergeRow>({
    name: 'customers.merges',
    text: `select merge_id as "mergeId", survivor_no as "survivorNo", absorbed_no as "absorbedNo", reason, at, actor,
        undone_at as "undoneAt", undone_by as "undoneBy"
      from customer_merge where survivor_no = any($1::int[]) or absorbed_no = any($1::int[]) order by at desc, merge_id desc limit $2`,
    values: [customerNos, mostMerges],
  });
  return rows;
}

export interface DuplicateRow {
  customerNo: number;
  kind: number;
  foundAt: Date;
}

const mostDuplicates = 50;

/** Customers who were said to share an identifier with one of these numbers and are active people of their own. */
export async function readDuplicates(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<DuplicateRow[]> {
  const { rows } = await connection.query<DuplicateRow>({
    name: 'customers.duplicates',
    text: `with recursive other (customer_no, kind, found_at) as (
        select case when low_no = any($1::int[]) then high_no else low_no end, kind, found_at
        from possible_duplicate where dismissed_at is null and (low_no = any($1::int[]) or high_no = any($1::int[]))
        union
        select c.merged_into, o.kind, o.found_at from customer c join other o using (customer_no) where c.merged_into is not null
      )
      select customer_no as "customerNo", min(kind)::int as kind, min(found_at) as "foundAt"
      from other join customer using (customer_no)
      where status = 0 and customer_no <> all($1::int[]) group by customer_no order by min(found_at) desc limit $2`,
    values: [customerNos, mostDuplicates],
  });
  return rows;
}
