import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import type { BulkIdentities } from './bulk-identities.ts';
import { CopyRows } from './copy-rows.ts';
import { dropStaging, stagingTable } from './staging.ts';

/** A customer made by an import whose identifier somebody else made meanwhile. */
export interface Overtaken {
  customerNo: number;
  /** Whose the identifier is now, and whom this customer is part of from the start. */
  survivorNo: number;
}

export interface Published {
  customers: number;
  identifiers: number;
  overtaken: Overtaken[];
}

/**
 * Makes an import's new customers and identifiers visible, within the caller's transaction.
 * Identifiers that the live intake made in the meantime stay as they are: a customer of ours that
 * has none left becomes part of their owner, so that facts with our number count under it.
 */
export async function publishIdentities(client: pg.PoolClient, importId: number, identities: BulkIdentities): Promise<Published> {
  await trustReferences(client);
  const table = stagingTable(importId);
  await copyCustomers(client, importId, identities);
  await client.query("set local work_mem = '256MB'");
  const { rows: [staged] } = await client.query<{ n: number }>(`select count(*) as n from ${table}`);
  // In the order of the hashes the index grows page by page instead of being hit at random.
  const inserted = await client.query(
    `insert into identifier (kind, namespace, hash, customer_no, value, import_id)
     select kind, namespace, hash, customer_no, value, $1 from ${table} order by kind, namespace, hash
     on conflict (kind, namespace, hash) do nothing`, [importId]);
  const identifiers = inserted.rowCount ?? 0;
  const overtaken = identifiers < Number(staged.n) ? await yieldOvertaken(client, table) : [];
  await dropStaging(client, importId);
  return { customers: identities.numbers.given, identifiers, overtaken };
}

/**
 * Foreign keys hold by construction here, and checking them row by row takes longer than the rows
 * themselves; where the database lets us, the checks are left out for this transaction.
 */
export async function trustReferences(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>("select has_parameter_privilege('session_replication_role', 'set') as may");
  if (rows[0].may) await client.query("set local session_replication_role = 'replica'");
}

async function copyCustomers(client: pg.PoolClient, importId: number, { numbers, firstSeenMs }: BulkIdentities): Promise<void> {
  if (numbers.given === 0) return;
  const copy = new CopyRows(client, 'customer', ['customer_no', 'created_at', 'import_id']);
  for (let index = 0; index < numbers.given; index++) {
    copy.startRow(3, 16);
    copy.int4(numbers.at(index));
    copy.time(firstSeenMs[index]);
    copy.int4(importId);
    if (index % 20_000 === 0) await copy.settle();
  }
  await copy.finish();
}

async function yieldOvertaken(client: pg.PoolClient, table: string): Promise<Overtaken[]> {
  const { rows } = await client.query<{ customer_no: number; survivor_no: number }>(
    `with lost as (
       select s.customer_no, min(i.customer_no) as survivor_no
       from ${table} s join identifier i using (kind, namespace, hash)
       where i.customer_no <> s.customer_no group by s.customer_no)
     update customer c set status = 1, merged_into = lost.survivor_no, merged_at = now()
     from lost where c.customer_no = lost.customer_no
       and not exists (select 1 from identifier i where i.customer_no = c.customer_no)
     returning c.customer_no, lost.survivor_no`);
  const customerNos = rows.map((row) => row.customer_no);
  await client.query(`insert into customer_merge (survivor_no, absorbed_no, reason, actor)
    select merged_into, customer_no, 'import', 'system' from customer where customer_no = any($1)`, [customerNos]);
  await queueCopies(client, customerNos);
  return rows.map((row) => ({ customerNo: row.customer_no, survivorNo: row.survivor_no }));
}
