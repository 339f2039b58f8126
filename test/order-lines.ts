import type { ClickHouse } from '../src/platform/clickhouse/client.ts';
import { reloadMerges } from '../src/platform/clickhouse/merge-dictionary.ts';

/** An order line as a test thinks of it. Amounts are whole and positive; a refund is stored negative. */
export interface TestLine {
  customerNo: number;
  /** ISO, UTC. */
  at: string;
  kind: 'sale' | 'refund';
  order: string;
  product: string;
  productName: string;
  category: string;
  brand: string;
  channel: string;
  region: string;
  quantity: number;
  amount: number;
  currency: string;
  source: string;
  /** Minutes from placing to this sale; 0 is not told. */
  placedMinutesBefore: number;
}

const usual: TestLine = {
  customerNo: 1,
  at: '2026-03-01T04:00:00.000Z',
  kind: 'sale',
  order: 'A1',
  product: 'P1',
  productName: '白茶',
  category: '茶叶',
  brand: '常青',
  channel: '天猫旗舰店',
  region: '浙江',
  quantity: 1,
  amount: 10,
  currency: 'CNY',
  source: 'test',
  placedMinutesBefore: 0,
};

let lastFactId = 0;

/** The key an order has in these tests: the same number and source, the same key. */
export const orderKeyOf = (order: string, source = usual.source): string => {
  let hash = 14_695_981_039_346_656_037n;
  for (const byte of Buffer.from(`${source}\n${order}`)) hash = ((hash ^ BigInt(byte)) * 1_099_511_628_211n) & 0xffff_ffff_ffff_ffffn;
  return String(hash);
};

/** A line with what is not given as usual. */
export const testLine = (given: Partial<TestLine>): TestLine => ({ ...usual, ...given });

/** Puts order lines into ClickHouse as if they had come through the fact log. */
export async function insertLines(clickhouse: ClickHouse, given: Partial<TestLine>[], batchNo = 1): Promise<TestLine[]> {
  const lines = given.map(testLine);
  await clickhouse.insertRows('order_line', lines.map((line) => ({
    fact_id: String(++lastFactId),
    batch_no: String(batchNo),
    import_id: 0,
    customer_no: line.customerNo,
    occurred_at: line.at.replace('Z', ''),
    kind: line.kind,
    order_key: orderKeyOf(line.order, line.source),
    order_id: line.order,
    product_id: line.product,
    product_name: line.productName,
    category: line.category,
    brand: line.brand,
    channel: line.channel,
    region: line.region,
    quantity: line.kind === 'refund' ? -line.quantity : line.quantity,
    unit_price: line.quantity === 0 ? 0 : line.amount / line.quantity,
    amount: line.kind === 'refund' ? -line.amount : line.amount,
    currency: line.currency,
    source: line.source,
    placed_before: line.placedMinutesBefore * 60_000,
  })));
  return lines;
}

/** Makes one customer count under another. */
export async function mergeCustomers(clickhouse: ClickHouse, pairs: { absorbed: number; survivor: number }[]): Promise<void> {
  const version = Date.now() * 1000 + ++lastFactId;
  await clickhouse.insertRows('merge_pair', pairs.map(({ absorbed, survivor }) => ({ absorbed_no: absorbed, survivor_no: survivor, version })));
  await reloadMerges(clickhouse);
}
