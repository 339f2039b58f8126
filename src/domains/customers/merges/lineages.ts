import type { Connection } from '../sources.ts';

/** A number and whose part it is. */
export interface LineageMember {
  rootNo: number;
  customerNo: number;
  status: number;
  /** Whom it became part of, and when. */
  mergedInto: number | null;
  mergedAt: Date | null;
  createdAt: Date;
  channel: string | null;
}

/** Each of these customers with everybody who became part of them, the customer first. */
export async function readLineages(connection: Connection, customerNos: readonly number[]): Promise<Map<number, LineageMember[]>> {
  const { rows } = await connection.query<LineageMember>(
    `with recursive part (root_no, customer_no, depth) as (
        select no, no, 0 from unnest($1::int[]) as n (no)
        union all
        select p.root_no, c.customer_no, p.depth + 1 from customer c join part p on c.merged_into = p.customer_no where c.status = 1
      ) select root_no as "rootNo", customer_no as "customerNo", status, merged_into as "mergedInto", merged_at as "mergedAt",
        created_at as "createdAt", channel
      from part join customer using (customer_no) order by root_no, depth, customer_no`, [customerNos]);
  return Map.groupBy(rows, (row) => row.rootNo);
}

/** Who these numbers count as today, each once, in the order given; erased people are left out. */
export async function activeRoots(connection: Connection, customerNos: readonly number[]): Promise<number[]> {
  if (customerNos.length === 0) return [];
  const { rows } = await connection.query<{ customerNo: number }>(
    `with recursive way (position, customer_no, merged_into, status) as (
        select n.position, c.customer_no, c.merged_into, c.status
        from unnest($1::int[]) with ordinality as n (no, position) join customer c on c.customer_no = n.no
        union all
        select w.position, c.customer_no, c.merged_into, c.status from customer c join way w on c.customer_no = w.merged_into
      ) select customer_no as "customerNo" from way where status = 0 group by customer_no order by min(position)`, [customerNos]);
  return rows.map((row) => row.customerNo);
}
