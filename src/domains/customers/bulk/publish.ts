import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import type { BulkIdentities } from './bulk-identities.ts';
import { CopyRows } from './copy-rows.ts';
import { setAsideIndexes } from './set-aside-indexes.ts';
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
export async function publishIdentities(client: pg.PoolClient, identities: BulkIdentities): Promise<Published> {
  const { of, of: { importId } } = identities;
  await leaveOutChecks(client);
  const table = stagingTable(of);
  await client.query("set local work_mem = '256MB'");
  const anew = await isFirstLoad(client, table);
  // Nobody else may add identifiers from here on: what was added since the import began is known, and the rest
  // cannot meet. The strongest lock that is needed is taken at once: two steps could meet another's two steps.
  await client.query(`lock table identifier in ${anew ? 'access exclusive' : 'share row exclusive'} mode`);
  const lost = await takeOutOvertaken(client, table, identities.opened);
  await copyCustomers(client, importId, identities);
  const identifiers = await insertIdentifiers(client, importId, table, anew);
  await queueKnown(client, table, identities);
  const overtaken = await joinOwners(client, lost);
  await dropStaging(client, of);
  return { customers: identities.numbers.given, identifiers, overtaken };
}

/**
 * Foreign keys hold by construction here, and checking them row by row takes longer than the rows
 * themselves; where the database lets us, the checks are left out for this transaction.
 */
async function leaveOutChecks(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>("select has_parameter_privilege('session_replication_role', 'set') as may");
  if (rows[0].may) await client.query("set local session_replication_role = 'replica'");
}

/** How many times the existing identifiers the new ones must be for the indexes to be built anew. */
const rebuildFactor = 4;
/** Fewer new identifiers than these are quickly added to the indexes as they are. */
const rebuildFrom = 100_000;

/** True where so many identifiers are new that the indexes are better built anew than kept up to date. */
async function isFirstLoad(client: pg.PoolClient, table: string): Promise<boolean> {
  const { rows: [size] } = await client.query<{ staged: number; existing: number }>(
    `select (select count(*) from ${table}) as staged, (select count(*) from identifier) as existing`);
  return Number(size.staged) > rebuildFrom && Number(size.staged) > rebuildFactor * Number(size.existing);
}

async function insertIdentifiers(client: pg.PoolClient, importId: number, table: string, anew: boolean): Promise<number> {
  const restore = anew ? await setAsideIndexes(client, 'identifier') : undefined;
  // In the order of the hashes an index grows page by page instead of being hit at random.
  const { rowCount } = await client.query(
    `insert into identifier (kind, namespace, hash, customer_no, value, import_id)
     select kind, namespace, hash, customer_no, value, $1 from ${table} ${restore ? '' : 'order by hash'}`, [importId]);
  await restore?.();
  return rowCount ?? 0;
}

/** Customers there were before the import, who are now known by more. Those it made are copied by themselves. */
async function queueKnown(client: pg.PoolClient, table: string, { numbers }: BulkIdentities): Promise<void> {
  await client.query(
    `insert into customer_copy (customer_no) select distinct customer_no from ${table} where not $1::int4multirange @> customer_no order by 1
     on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket')`, [numbers.asMultirange()]);
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

/** Takes identifiers out of staging that somebody else made meanwhile, and says whose they are. */
async function takeOutOvertaken(client: pg.PoolClient, table: string, opened: string): Promise<Overtaken[]> {
  const { rows } = await client.query<Overtaken>(
    `with taken as (select kind, namespace, hash, customer_no from identifier where age(xmin) <= age($1::xid8::xid)),
      lost as (delete from ${table} s using taken t where s.kind = t.kind and s.namespace = t.namespace and s.hash = t.hash
        returning s.customer_no, t.customer_no as survivor_no)
     select customer_no as "customerNo", min(survivor_no) as "survivorNo" from lost group by customer_no`, [opened]);
  return rows;
}

/** Makes customers that lost their only identifier part of whoever has it now; returns those. */
async function joinOwners(client: pg.PoolClient, lost: Overtaken[]): Promise<Overtaken[]> {
  if (lost.length === 0) return [];
  const { rows } = await client.query<Overtaken>(
    `update customer c set status = 1, merged_into = lost.survivor_no, merged_at = now()
     from unnest($1::int[], $2::int[]) as lost (customer_no, survivor_no)
     where c.customer_no = lost.customer_no and not exists (select 1 from identifier i where i.customer_no = c.customer_no)
     returning c.customer_no as "customerNo", lost.survivor_no as "survivorNo"`,
    [lost.map((one) => one.customerNo), lost.map((one) => one.survivorNo)]);
  const customerNos = rows.map((row) => row.customerNo);
  await client.query(`insert into customer_merge (survivor_no, absorbed_no, reason, actor)
    select merged_into, customer_no, 'import', 'system' from customer where customer_no = any($1)`, [customerNos]);
  await queueCopies(client, customerNos);
  return rows;
}
