import type { ClickHouse } from '../../src/platform/clickhouse/client.ts';

const eventsAtOnce = 1_000_000;

/** Two years of looks at products and carts, made by the engine itself; some customers come far more often than others. */
export async function insertEvents(clickhouse: ClickHouse, { customers, events }: { customers: number; events: number }): Promise<void> {
  for (let from = 0; from < events; from += eventsAtOnce) {
    const count = Math.min(eventsAtOnce, events - from);
    await clickhouse.command(generate, { from, count, customers, events }, { timeoutMs: 1_800_000 });
    console.error(`${from + count} of ${events} events`);
  }
}

const generate = `insert into event
  select generateUUIDv4(), 1, 1, if(chance % 50 = 0, 0, toUInt32(1 + {customers:UInt64} * pow(number / {events:UInt64}, 1.5))),
    toDateTime64('2024-11-20 00:00:00', 3, 'UTC') + toIntervalSecond(chance % (730 * 86400)) as occurred_at, occurred_at,
    'track', ['Product Viewed', 'Product Added', 'Order Completed'][1 + chance % 3],
    concat('{"product_id":"P', toString(chance % 5000), '","price":', toString(chance % 100), ',"category":"品类"}'), '官网', 'bench'
  from (select number, cityHash64(number) as chance from numbers({from:UInt64}, {count:UInt64}))`;
