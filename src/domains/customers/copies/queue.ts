import type pg from 'pg';

/** Notes, in the caller's transaction, that these customers' copies in ClickHouse are behind. */
export async function queueCopies(client: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<void> {
  if (customerNos.length === 0) return;
  await client.query({
    name: 'customers.queue-copies',
    text: `insert into customer_copy (customer_no) select distinct no from unnest($1::int[]) as n (no) order by no
      on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket')`,
    values: [customerNos],
  });
}
