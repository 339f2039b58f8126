import type pg from 'pg';
import { noteNamespaces } from '../identifiers/namespaces.ts';
import type { Vault } from '../vault/vault.ts';
import type { Key, PreparedClaim } from './claim.ts';
import { isContested, type Knowledge, type Plan } from './plan.ts';

const unique = (claims: readonly PreparedClaim[]): Key[] => [
  ...new Map(claims.flatMap((claim) => claim.keys.map((key) => [key.id, key] as const))).values(),
];

/** Who has these identifiers, by `Key.id`, which of them an erased person had, and since when their owners are known. */
export async function readOwners(client: pg.PoolClient, keys: readonly Key[]): Promise<Omit<Knowledge, 'slots'>> {
  const { rows } = await client.query<{ position: number; customer_no: number | null; erased: boolean; created_at: Date | null }>({
    name: 'customers.identify',
    text: `select k.position::int, i.customer_no, e.hash is not null as erased, c.created_at
      from unnest($1::smallint[], $2::text[], $3::uuid[]) with ordinality as k (kind, namespace, hash, position)
      left join identifier i using (kind, namespace, hash)
      left join customer c on c.customer_no = i.customer_no
      left join erased_identifier e on e.kind = k.kind and e.namespace = k.namespace and e.hash = k.hash
      where i.customer_no is not null or e.hash is not null`,
    values: [keys.map((k) => k.code), keys.map((k) => k.namespace), keys.map((k) => k.hash)],
  });
  const owners = new Map<string, number>();
  const erased = new Set<string>();
  const createdAt = new Map<number, Date>();
  for (const row of rows) {
    const { id } = keys[row.position - 1];
    if (row.erased) erased.add(id);
    if (row.customer_no === null || row.created_at === null) continue;
    owners.set(id, row.customer_no);
    createdAt.set(row.customer_no, row.created_at);
  }
  return { owners, erased, createdAt };
}

/** Reads what the graph holds about the claims' identifiers, as of now. */
export async function readKnowledge(client: pg.PoolClient, claims: readonly PreparedClaim[]): Promise<Knowledge> {
  const known = await readOwners(client, unique(claims));
  return { ...known, slots: await readSlots(client, contestedOwners(claims, known.owners)) };
}

function contestedOwners(claims: readonly PreparedClaim[], owners: ReadonlyMap<string, number>): number[] {
  const contested = claims.filter((claim) => isContested(claim, owners)).flatMap((claim) => claim.keys);
  return [...new Set(contested.map((key) => owners.get(key.id)).filter((no) => no !== undefined))];
}

async function readSlots(client: pg.PoolClient, customerNos: number[]): Promise<Map<number, Set<string>>> {
  const slots = new Map<number, Set<string>>();
  if (customerNos.length === 0) return slots;
  const { rows } = await client.query<{ customer_no: number; slot: string }>({
    name: 'customers.slots',
    text: "select distinct customer_no, kind || ' ' || namespace as slot from identifier where customer_no = any($1::int[])",
    values: [customerNos],
  });
  for (const row of rows) {
    const own = slots.get(row.customer_no);
    if (own) own.add(row.slot);
    else slots.set(row.customer_no, new Set([row.slot]));
  }
  return slots;
}

/** Keeps others from changing these customers until the transaction ends. */
export async function lockCustomers(client: pg.PoolClient, customerNos: readonly number[]): Promise<void> {
  await client.query('select from customer where customer_no = any($1::int[]) order by customer_no for no key update', [customerNos]);
}

export async function insertCustomers(client: pg.PoolClient, created: Plan['created'], numbers: readonly number[]): Promise<void> {
  if (created.length === 0) return;
  await client.query({
    name: 'customers.insert',
    text: `insert into customer (customer_no, created_at, channel, import_id)
      select * from unnest($1::int[], $2::timestamptz[], $3::text[], $4::int[])`,
    values: [numbers, created.map((c) => c.at), created.map((c) => c.channel ?? null), created.map((c) => c.importId)],
  });
}

/** Gives identifiers to customers; true when each of them was free. Always in the same order, so that two writers do not wait for each other. */
export async function insertIdentifiers(client: pg.PoolClient, vault: Vault, attached: Plan['attached']): Promise<boolean> {
  if (attached.length === 0) return true;
  const { rowCount } = await client.query({
    name: 'customers.identifiers.insert',
    text: `insert into identifier (kind, namespace, hash, customer_no, value, added_at, import_id)
      select * from unnest($1::smallint[], $2::text[], $3::uuid[], $4::int[], $5::bytea[], $6::timestamptz[], $7::int[])
        as new (kind, namespace, hash, customer_no, value, added_at, import_id)
      order by kind, namespace, hash
      on conflict do nothing`,
    values: [
      attached.map((a) => a.key.code), attached.map((a) => a.key.namespace), attached.map((a) => a.key.hash),
      attached.map((a) => a.customerNo), attached.map((a) => vault.seal(a.key.kind, a.key.namespace, a.key.value)),
      attached.map((a) => a.at), attached.map((a) => a.importId),
    ],
  });
  await noteNamespaces(client, attached.map((a) => a.key));
  return rowCount === attached.length;
}

export async function lowerCreatedAt(client: pg.PoolClient, earlier: ReadonlyMap<number, Date>): Promise<void> {
  if (earlier.size === 0) return;
  await client.query(
    `update customer set created_at = least(created_at, e.at)
      from unnest($1::int[], $2::timestamptz[]) as e (customer_no, at) where customer.customer_no = e.customer_no`,
    [[...earlier.keys()], [...earlier.values()]]);
}

export async function insertDuplicates(client: pg.PoolClient, duplicates: Plan['duplicates']): Promise<void> {
  if (duplicates.length === 0) return;
  await client.query(
    `insert into possible_duplicate (low_no, high_no, kind)
      select distinct on (least(a, b), greatest(a, b)) least(a, b), greatest(a, b), kind
      from unnest($1::int[], $2::int[], $3::smallint[]) as d (a, b, kind) order by least(a, b), greatest(a, b), kind
      on conflict do nothing`,
    [duplicates.map((d) => d.aNo), duplicates.map((d) => d.bNo), duplicates.map((d) => d.code)]);
}

/** Takes back customers who were made for identifiers that another transaction was quicker to give away. */
export async function deleteUnidentified(client: pg.PoolClient, customerNos: readonly number[]): Promise<void> {
  await client.query(
    `delete from customer c where customer_no = any($1::int[]) and status = 0
      and not exists (select from identifier i where i.customer_no = c.customer_no)`, [customerNos]);
}
