import type { Day } from '../../src/kernel/day.ts';
import type { ClickHouse } from '../../src/platform/clickhouse/client.ts';

/** The last day with orders; they begin two years before. */
export const lastDay: Day = '2026-11-20';

const linesAtOnce = 2_000_000;

/**
 * Two years of order lines, two an order, made by the engine itself: some customers order far more
 * than others, every fiftieth order is nobody's, every twentieth line is a refund; 5,000 products in
 * 30 categories, 31 regions, 5 channels. The same numbers give the same lines.
 */
export async function insertOrderLines(clickhouse: ClickHouse, { customers, lines }: { customers: number; lines: number }): Promise<void> {
  for (let from = 0; from < lines; from += linesAtOnce) {
    const count = Math.min(linesAtOnce, lines - from);
    await clickhouse.command(generate, { from, count, customers, lines }, { timeoutMs: 1_800_000 });
    console.error(`${from + count} of ${lines} lines`);
  }
}

const generate = `insert into order_line (fact_id, batch_no, import_id, customer_no, occurred_at, kind, order_key, order_id, product_id,
    product_name, category, brand, channel, region, quantity, unit_price, amount, currency, source)
  select fact_id, 1, 1, customer_no, occurred_at, kind, order_key, concat('NO', toString(order_no)), concat('P', leftPad(toString(product), 5, '0')),
    concat('商品 ', toString(product)), concat('品类 ', toString(product % 30)), concat('品牌 ', toString(product % 40)),
    ['天猫旗舰店', '微信小程序', '抖音商城', '线下门店', '官网'][1 + chance % 5], concat('地区 ', toString(moment % 31)),
    pieces, price, if(kind = 'refund', -1, 1) * pieces * price, 'CNY', 'bench'
  from (
    select number as fact_id, intDiv(number, 2) as order_no, cityHash64(order_no) as order_key,
      cityHash64(order_no, 1) as chance, cityHash64(order_no, 2) as moment, cityHash64(number, 3) as draw,
      if(chance % 50 = 0, 0, toUInt32(1 + {customers:UInt64} * pow(order_no * 2 / {lines:UInt64}, 1.5))) as customer_no,
      toDateTime64('2024-11-20 00:00:00', 3, 'UTC') + toIntervalSecond(moment % (730 * 86400)) as occurred_at,
      if(draw % 20 = 0, 'refund', 'sale') as kind,
      toUInt32(5000 * pow(draw / 18446744073709551615, 2)) as product,
      toDecimal64(1 + draw % 3, 4) as pieces, toDecimal64(10 + (product * 37) % 400, 4) as price
    from numbers({from:UInt64}, {count:UInt64})
  )`;
