import type pg from 'pg';

/** The customer a number counts under today: itself, or whoever it became part of in the end. Undefined for a number never given. */
export async function rootOf(connection: pg.Pool | pg.PoolClient, customerNo: number): Promise<number | undefined> {
  const { rows } = await connection.query<{ customer_no: number }>({
    name: 'customers.root',
    text: `with recursive way (customer_no, merged_into) as (
        select customer_no, merged_into from customer where customer_no = $1
        union all
        select c.customer_no, c.merged_into from customer c join way w on c.customer_no = w.merged_into
      ) select customer_no from way where merged_into is null`,
    values: [customerNo],
  });
  return rows[0]?.customer_no;
}

/** A number of a lineage as PostgreSQL holds it. */
export interface PartRow {
  customerNo: number;
  status: number;
  mergedInto: number | null;
  mergedAt: Date | null;
  createdAt: Date;
  channel: string | null;
  importId: number;
}

/**
 * Everybody whose facts belong to a customer today, the customer first: the root of the tree of merges
 * the number is in, and everybody in it. Empty for a number never given.
 */
export async function readLineage(connection: pg.Pool | pg.PoolClient, customerNo: number): Promise<PartRow[]> {
  const { rows } = await connection.query<PartRow>({
    name: 'customers.lineage',
    text: `with recursive way (customer_no, merged_into) as (
        select customer_no, merged_into from customer where customer_no = $1
        union all
        select c.customer_no, c.merged_into from customer c join way w on c.customer_no = w.merged_into
      ), part (customer_no, depth) as (
        select customer_no, 0 from way where merged_into is null
        union all
        select c.customer_no, p.depth + 1 from customer c join part p on c.merged_into = p.customer_no where c.status = 1
      ) select customer_no as "customerNo", status, merged_into as "mergedInto", merged_at as "mergedAt", created_at as "createdAt",
        channel, import_id as "importId" from part join customer using (customer_no) order by depth, customer_no`,
    values: [customerNo],
  });
  return rows;
}

/** The numbers of a lineage: see `readLineage`. */
export const lineageOf = async (connection: pg.Pool | pg.PoolClient, customerNo: number): Promise<number[]> =>
  (await readLineage(connection, customerNo)).map((part) => part.customerNo);

/** Of each of these numbers that somebody has, all numbers of the person it is part of today, the one they count under first. */
export async function lineagesOf(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, number[]>> {
  const { rows } = await connection.query<{ askedNo: number; lineage: number[] }>({
    name: 'customers.lineages',
    text: `with recursive way (asked_no, customer_no, merged_into) as (
        select customer_no, customer_no, merged_into from customer where customer_no = any($1::int[])
        union all
        select w.asked_no, c.customer_no, c.merged_into from customer c join way w on c.customer_no = w.merged_into
      ), part (asked_no, customer_no, depth) as (
        select asked_no, customer_no, 0 from way where merged_into is null
        union all
        select p.asked_no, c.customer_no, p.depth + 1 from customer c join part p on c.merged_into = p.customer_no where c.status = 1
      ) select asked_no as "askedNo", array_agg(customer_no order by depth, customer_no) as lineage from part group by asked_no`,
    values: [customerNos],
  });
  return new Map(rows.map(({ askedNo, lineage }) => [askedNo, lineage]));
}
