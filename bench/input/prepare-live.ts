import type pg from 'pg';
import { createCommerce } from '../../src/domains/commerce/public.ts';
import { createCustomers, createCustomerWriter, type NewCustomer } from '../../src/domains/customers/public.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { inTransaction } from '../../src/platform/postgres/pool.ts';
import { insertEvents } from './events.ts';
import { liveRules, probeRules } from './live-rules.ts';
import { openPlatform } from './open-platform.ts';
import { insertOrderLines } from './order-lines.ts';
import { insertCopies } from './people.ts';
import { shopperId, shopperNo, type Shoppers } from './shopping-batch.ts';

export interface LiveSize {
  customers: number;
  lines: number;
  events: number;
  audiences: number;
}

/** What a prepared folder holds. */
export interface Prepared {
  shoppers: Shoppers;
  /** Numbers of people who do nothing else, in their order. */
  probes: Shoppers & { from: number };
  /** The audiences of the probes by name. */
  probeIds: Map<string, number>;
}

const shoppersAtMost = 200_000;
const portion = 20_000;

/** Fills a data folder with what is missing: customers with their history in ClickHouse, those of them who will come again in PostgreSQL, and live audiences without members. */
export async function prepareLive(dataDir: string, { customers, lines, events, audiences }: LiveSize): Promise<Prepared> {
  const { platform, close } = await openPlatform(dataDir);
  try {
    const count = Math.min(shoppersAtMost, Math.floor(customers / 2));
    const shoppers = { count, apart: Math.floor(customers / count) };
    await fillClickHouse(platform, { customers, lines, events });
    await fillPostgres(platform, shoppers, customers);
    const probeIds = await makeAudiences(platform.pg, audiences);
    return { shoppers, probes: { ...shoppers, from: count - 10_000 }, probeIds };
  } finally {
    await close();
  }
}

async function rowsOf({ clickhouse }: Platform, table: string): Promise<number> {
  const [{ rows }] = (await clickhouse.rows(`select toUInt32(count()) as rows from ${table}`)) as { rows: number }[];
  return rows;
}

async function fillClickHouse(platform: Platform, { customers, lines, events }: Omit<LiveSize, 'audiences'>): Promise<void> {
  const { clickhouse, pg } = platform;
  if (await rowsOf(platform, 'customer') === 0) await insertCopies(clickhouse, customers);
  if (await rowsOf(platform, 'order_line') === 0) await insertOrderLines(clickhouse, { customers, lines });
  if (await rowsOf(platform, 'customer_summary') === 0) await createCommerce(platform).refreshSummaries('all');
  if (events > 0 && await rowsOf(platform, 'event') === 0) await insertEvents(clickhouse, { customers, events });
  // The register says of all of it that it is there: otherwise the start would take it out again.
  const counts = { order_line: await rowsOf(platform, 'order_line'), event: await rowsOf(platform, 'event') };
  await pg.query(`insert into fact_batch (batch_no, file, byte_offset, byte_length, checksum, row_counts, import_id, applied_at)
    values (1, 'bench', 0, 0, '', $1, 1, now()) on conflict do nothing`, [JSON.stringify(counts)]);
  await pg.query("select setval(pg_get_serial_sequence('fact_batch', 'batch_no'), greatest(2, (select max(batch_no) from fact_batch)))");
  const [{ id }] = (await clickhouse.rows('select toString(uuid) as id from system.databases where name = currentDatabase()')) as { id: string }[];
  await pg.query('update fact_state set clickhouse_id = $1', [id]);
}

/** Those who come again, as the product writes them. */
async function fillPostgres(platform: Platform, shoppers: Shoppers, customers: number): Promise<void> {
  const { pg } = platform;
  const { rows } = await pg.query('select from customer limit 1');
  if (rows.length > 0) return;
  const { vault, nameKeys } = createCustomers(platform);
  const writer = createCustomerWriter(vault, nameKeys);
  for (let from = 0; from < shoppers.count; from += portion) {
    const people = Array.from({ length: Math.min(portion, shoppers.count - from) }, (_, i) => shopper(shopperNo(from + i, shoppers)));
    await inTransaction(pg, (client) => writer.write(client, people, 'bench'));
    console.error(`${from + people.length} of ${shoppers.count} shoppers`);
  }
  await pg.query('update customer_counter set next_no = $1', [customers + 1]);
  await pg.query('truncate customer_copy');
  await pg.query('select setval($1, greatest(10, (select last_value from customer_copy_ticket)))', ['customer_copy_ticket']);
  await pg.query('vacuum analyze customer, identifier, customer_profile');
}

const shopper = (customerNo: number): NewCustomer => ({
  customerNo, firstSeenMs: Date.UTC(2024, 10, 20), channel: '官网', name: null, gender: customerNo % 2 ? 'male' : 'female', birthDate: null,
  country: null, province: `省份 ${customerNo % 31}`, city: `城市 ${customerNo % 300}`, language: null, attributes: {}, traitsAtMs: Date.UTC(2024, 10, 20), tags: [],
  identifiers: [{ kind: 'external_id', namespace: '', value: shopperId(customerNo) }],
  consents: [],
});

/** Live audiences that have no members yet: the worker finds them. */
async function makeAudiences(pool: pg.Pool, count: number): Promise<Map<string, number>> {
  await pool.query('truncate audience_reference, audience_cursor; delete from audience');
  const ids: number[] = [];
  const probeIds = new Map<string, number>();
  for (const { name, rule } of [...probeRules, ...liveRules(count - probeRules.length)]) {
    const made = rule(ids);
    const { rows: [{ id }] } = await pool.query<{ id: number }>(
      `insert into audience (name, reason, kind, rule, owner, is_due, created_at, updated_at) values ($1, '', 'live', $2, 'bench', true, now(), now()) returning audience_id as id`, [name, JSON.stringify(made)]);
    const used = [...JSON.stringify(made).matchAll(/"audienceId":(\d+)/g)].map((match) => Number(match[1]));
    await pool.query('insert into audience_reference select distinct $1::int, unnest($2::int[])', [id, used]);
    if (probeIds.size < probeRules.length) probeIds.set(name, id);
    ids.push(id);
  }
  return probeIds;
}
