import type pg from 'pg';
import { subtreesOf } from './absorb.ts';

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

/**
 * The numbers whose facts belong to a customer today, the customer's own first: the root of the
 * tree of merges the number is in, and everybody in it. Empty for a number never given.
 */
export async function lineageOf(connection: pg.Pool | pg.PoolClient, customerNo: number): Promise<number[]> {
  const root = await rootOf(connection, customerNo);
  if (root === undefined) return [];
  const parts = await subtreesOf(connection, [root]);
  return [root, ...parts.filter((no) => no !== root)];
}
