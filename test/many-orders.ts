import type { Platform } from '../src/platform/platform.ts';

/** Members with orders of one to three lines each and a return now and then, made by the engines; returns how many orders there are. */
export async function manyOrders({ pg, clickhouse }: Pick<Platform, 'pg' | 'clickhouse'>, people: number, ordersEach: number): Promise<number> {
  await pg.query('insert into customer (customer_no, created_at) select no, now() from generate_series(1, $1::int) no', [people]);
  await pg.query(
    `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      select no, '2020-01-01', 'policy', 'silver', '2020-01-01', '2020-01-01', (select min(version_no) from programme_version) from generate_series(1, $1::int) no`, [people]);
  const at = "toDateTime64('2021-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(cityHash64(order_no) % 157680000)";
  const columns = 'fact_id, batch_no, import_id, customer_no, occurred_at, kind, order_key, order_id, product_id, product_name, category, brand, channel, region, quantity, unit_price, amount, currency, source';
  const lineOf = (kind: 'sale' | 'refund') => `select order_no * 4 + line + ${kind === 'sale' ? 0 : 3}, 1, 0, toUInt32(1 + intDiv(order_no, {each:UInt32})), ${at}${kind === 'sale' ? '' : ' + toIntervalDay(9)'}, '${kind}',
    cityHash64('order', order_no), concat('O-', toString(order_no)), concat('P', toString((order_no + line) % 500)), '', concat('c', toString((order_no + line) % 20)), '', 'app', '',
    1, 0, ${kind === 'sale' ? '' : '-'}toDecimal64(20 + cityHash64(order_no, line) % 400, 4)${kind === 'sale' ? '' : ' / 2'}, 'CNY', 'made'`;
  const params = { each: ordersEach, orders: people * ordersEach };
  const limits = { timeoutMs: 600_000 };
  await clickhouse.command(`insert into order_line (${columns}) ${lineOf('sale')} from (select number as order_no, arrayJoin(range(1 + number % 3)) as line from numbers({orders:UInt64}))`, params, limits);
  await clickhouse.command(`insert into order_line (${columns}) ${lineOf('refund')} from (select number as order_no, 0 as line from numbers({orders:UInt64}) where number % 16 = 0)`, params, limits);
  return people * ordersEach;
}
