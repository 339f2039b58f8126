import type pg from 'pg';
import { createCustomerWriter, type Customers, type NewCustomer } from '../../src/domains/customers/public.ts';
import type { ClickHouse } from '../../src/platform/clickhouse/client.ts';
import { inTransaction } from '../../src/platform/postgres/pool.ts';

/** People who can be looked up: the first numbers. The rest fills the same tables and indexes around them. */
export interface People {
  known: number;
  all: number;
}

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬';
const firstSeenMs = Date.UTC(2024, 10, 20);
const portion = 20_000;

/** What the person with a number is known by. */
export const personOf = (no: number) => ({
  name: surnames[no % 20] + given[(no * 7) % 30] + given[(no * 13) % 30],
  phone: `154${String(no).padStart(8, '0')}`,
  email: `person.${no}@example.com`,
  memberNo: `88${String(no).padStart(8, '0')}`,
  externalId: `CQ${String(no).padStart(8, '0')}`,
});

/** Fills both stores: the known people as the product writes them, the others by the engines themselves. */
export async function insertPeople(pool: pg.Pool, clickhouse: ClickHouse, { vault, nameKeys }: Customers, { known, all }: People): Promise<void> {
  const writer = createCustomerWriter(vault, nameKeys);
  for (let from = 1; from <= known; from += portion) {
    const people = Array.from({ length: Math.min(portion, known - from + 1) }, (_, i) => newCustomer(from + i));
    await inTransaction(pool, (client) => writer.write(client, people, 'bench'));
    console.error(`${from + people.length - 1} of ${known} known people`);
  }
  await inTransaction(pool, async (client) => {
    // The rows are right by construction; checking each reference takes longer than the row.
    await client.query("set local session_replication_role = 'replica'");
    await client.query("set local work_mem = '1GB'");
    for (const [what, sql] of fillers) {
      await client.query(sql, [known + 1, all]);
      console.error(`others: ${what}`);
    }
  });
  await pool.query('update customer_counter set next_no = $1', [all + 1]);
  await pool.query('truncate customer_copy');
  await pool.query('vacuum analyze customer, identifier, customer_profile, consent');
  await insertCopies(clickhouse, all);
}

/** What ClickHouse knows of so many customers. */
export const insertCopies = (clickhouse: ClickHouse, all: number): Promise<void> => clickhouse.command(copies, { all }, { timeoutMs: 1_800_000 });

function newCustomer(customerNo: number): NewCustomer {
  const { name, phone, email, memberNo, externalId } = personOf(customerNo);
  return {
    customerNo, firstSeenMs, channel: '官网', name, gender: customerNo % 2 ? 'male' : 'female', birthDate: '1990-05-17',
    country: null, province: '浙江', city: '杭州', language: null, attributes: { plan: 'gold' }, traitsAtMs: firstSeenMs, tags: [],
    identifiers: [
      { kind: 'external_id', namespace: '', value: externalId }, { kind: 'phone', namespace: '', value: phone },
      { kind: 'email', namespace: '', value: email }, { kind: 'member_no', namespace: '', value: memberNo },
    ],
    consents: [{ channel: 'sms', purpose: 'marketing', granted: true, atMs: firstSeenMs, source: '注册', textVersion: 'v1' }],
  };
}

/** In the order of their hashes, so that the index grows page by page. */
const identifiers = (kind: number): string => `insert into identifier (kind, namespace, hash, customer_no, value)
  select ${kind}, '', hash, no, '\\x00'::bytea from (
    select no, md5('${kind} ' || no)::uuid as hash from generate_series($1::int, $2::int) as n (no)) o order by hash`;

const fillers: [string, string][] = [
  ['customers', "insert into customer (customer_no, created_at, channel) select no, timestamptz '2025-01-01' + no * interval '1 second', '官网' from generate_series($1::int, $2::int) as n (no)"],
  ['external ids', identifiers(1)],
  ['phones', identifiers(2)],
  ['profiles', `insert into customer_profile (customer_no, name_key, province, attributes)
    select no, decode(md5('name ' || no), 'hex'), '浙江', '{"plan": "basic"}' from generate_series($1::int, $2::int) as n (no)`],
  ['consents', `insert into consent (customer_no, channel, purpose, granted, at, source, actor)
    select no, 'sms', 'marketing', true, timestamptz '2025-01-01', '注册', 'bench' from generate_series($1::int, $2::int) as n (no)`],
];

const copies = `insert into customer (customer_no, version, status, created_at, channel, gender, province, city)
  select number + 1, 1, 'active', toDateTime64('2024-11-20 00:00:00', 3, 'UTC') + toIntervalSecond(number),
    ['天猫旗舰店', '微信小程序', '抖音商城', '线下门店', '官网'][1 + number % 5], ['male', 'female', ''][1 + number % 3],
    concat('省份 ', toString(number % 31)), concat('城市 ', toString(number % 300))
  from numbers({all:UInt64})`;
