import type pg from 'pg';

/** What is gone with an import; the ranges are of the removed customers' numbers. */
export interface Removed {
  customers: number;
  identifiers: number;
  ranges: [number, number][];
}

/** Tables with rows that go with a removed customer, and the column of its number. */
const belongings = ['profile_before_import', 'customer_profile', 'consent', 'customer_tag', 'customer_change', 'customer_copy', 'identifier', 'customer'] as const;

/** What ClickHouse knows of those who lost something and stay is behind. */
const queueCopies = 'insert into customer_copy (customer_no)';
const again = "on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket')";

/**
 * Takes back, in the caller's transaction, the customers an import made and nobody else knows of,
 * with all that is theirs, and the identifiers, consents and tags it gave to others. `kept` are
 * numbers that have facts from elsewhere; a customer whom a person merged, edited, tagged or noted
 * a consent of stays too. Numbers are not given again.
 */
export async function removeImported(client: pg.PoolClient, importId: number, kept: readonly number[]): Promise<Removed> {
  const actor = `import ${importId}`;
  await client.query('drop table if exists removed_customer');
  await client.query(
    `create temporary table removed_customer on commit drop as
     select customer_no from customer c where import_id = $1 and status = 0 and customer_no <> all($2::int[])
       and not exists (select 1 from identifier i where i.customer_no = c.customer_no and i.import_id <> $1)
       and not exists (select 1 from customer_merge m where m.survivor_no = c.customer_no or m.absorbed_no = c.customer_no)
       and not exists (select 1 from consent s where s.customer_no = c.customer_no and s.actor <> $3)
       and not exists (select 1 from customer_tag t where t.customer_no = c.customer_no and t.added_by <> $3)
       and not exists (select 1 from customer_change h where h.customer_no = c.customer_no and h.actor <> $3)`, [importId, kept, actor]);
  await client.query('alter table removed_customer add primary key (customer_no)');
  const alone = 'customer_no in (select customer_no from removed_customer)';
  const { rows: [identifiers] } = await client.query<{ gone: number }>(
    `with gone as (delete from identifier where import_id = $1
         and (${alone} or customer_no not in (select customer_no from customer where import_id = $1)) returning customer_no),
       others as (${queueCopies} select distinct customer_no from gone where not (${alone}) ${again})
     select count(*)::int as gone from gone`, [importId]);
  for (const given of ['consent where actor', 'customer_tag where added_by']) {
    await client.query(
      `with gone as (delete from ${given} = $1 returning customer_no)
       ${queueCopies} select distinct customer_no from gone where not (${alone}) ${again}`, [actor]);
  }
  await client.query('delete from possible_duplicate where low_no in (select customer_no from removed_customer) or high_no in (select customer_no from removed_customer)');
  for (const table of belongings) await client.query(`delete from ${table} where ${alone}`);
  const { rows } = await client.query<{ low: number; high: number; n: number }>(
    `select min(customer_no) as low, max(customer_no) as high, count(*) as n
     from (select customer_no, customer_no - row_number() over (order by customer_no) as run from removed_customer) as numbered
     group by run order by 1`);
  return {
    customers: rows.reduce((sum, row) => sum + Number(row.n), 0),
    identifiers: identifiers.gone,
    ranges: rows.map((row) => [Number(row.low), Number(row.high)]),
  };
}
