import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../test/import-files.ts';
import { mapOrders, orderMapping, type FactRow } from '../../../../test/order-lines-table.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';

const write = fileFolder();

/** A row as a shop may write it; an empty text is an empty cell. */
interface ShopRow {
  order: string;
  original: string;
  placed: string;
  paid: string;
  customer: string;
  quantity: string;
  price: string;
  refund: string;
  kind: string;
}

const cents = fc.integer({ min: 0, max: 9_999_999 }).map((value) => formatDecimal(BigInt(value) * 100n));
const moment = fc
  .integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2025, 0, 1) })
  .map((ms) => new Date(Math.floor(ms / 1000) * 1000).toISOString());
const shopRow: fc.Arbitrary<ShopRow> = fc.record({
  order: fc.constantFrom('1001', '1002', 'C1003', '订单4', ''),
  original: fc.constantFrom('', '1001', '订单4'),
  placed: moment,
  paid: fc.oneof(moment, fc.constant('')),
  customer: fc.constantFrom('7', '17850', '王小明', '', 'NULL'),
  quantity: fc.oneof(
    fc.integer({ min: -50, max: 50 }).map(String),
    fc.constantFrom('1.5', '0.25', '', 'x', '1.00001'),
  ),
  price: fc.oneof(cents, fc.constantFrom('¥1,234.50', '', 'free')),
  refund: fc.oneof(cents, fc.constantFrom('', '0')),
  kind: fc.constantFrom('销售', '退款', ''),
});

type Rules = { prefix: boolean; negative: boolean; unpaid: 'skip' | 'keep' };

interface PlainFact {
  rowNumber: number;
  kind: 'sale' | 'refund';
  at: string;
  quantity: bigint;
  amount: bigint;
  order: string;
  customer: string;
}

const magnitude = (value: bigint) => (value < 0n ? -value : value);

/** What a row means, written for the eye and not for speed. Null where the row is at fault. */
function meaning(row: ShopRow, rowNumber: number, rules: Rules): PlainFact[] | null {
  const quantity = row.quantity === '' ? null : parseDecimal(row.quantity);
  const price = row.price === '' ? null : parseDecimal(row.price.replace(/[¥,]/g, ''));
  const refund = row.refund === '' ? 0n : parseDecimal(row.refund)!;
  if (row.quantity !== '' && quantity === null) return null;
  if (row.price !== '' && price === null) return null;
  if (row.paid === '' && rules.unpaid === 'skip') return [];
  if (row.order === '' || (price !== null && quantity === null)) return null;
  const at = row.paid || row.placed;
  const customer = row.customer === 'NULL' ? '' : row.customer;
  const counted = quantity ?? 10_000n;
  const amount = price === null ? (row.refund === '' ? 0n : refund) : rounded(counted * price);
  const isRefund =
    row.kind === '退款' || (rules.prefix && row.order.startsWith('C')) || (rules.negative && counted < 0n);
  const base = { rowNumber, at, order: row.order, customer };
  if (isRefund)
    return [{ ...base, order: row.original || row.order, kind: 'refund', quantity: -magnitude(counted), amount: -magnitude(amount) }];
  const facts: PlainFact[] = [{ ...base, kind: 'sale', quantity: counted, amount }];
  if (refund > 0n) {
    facts.push({ ...base, kind: 'refund', quantity: refund >= amount ? -counted : 0n, amount: -refund });
  }
  return facts;
}

const rounded = (product: bigint): bigint => (product + (product < 0n ? -5000n : 5000n)) / 10_000n;

const plain = ({ rowNumber, kind, at, quantity, amount, text }: FactRow): PlainFact => ({
  rowNumber,
  kind,
  at,
  quantity: parseDecimal(quantity)!,
  amount: parseDecimal(amount)!,
  order: text.order_id ?? '',
  customer: text.external_id ?? '',
});

const fields = {
  order: 'order_id',
  original: 'original_order_id',
  placed: 'occurred_at',
  paid: 'paid_at',
  customer: 'external_id',
  quantity: 'quantity',
  price: 'unit_price',
  refund: 'refund_amount',
  kind: 'order_kind',
};

it('means the same by the fast way as by the plain one, row by row, whatever the file holds', async () => {
  const rules: fc.Arbitrary<Rules> = fc.record({
    prefix: fc.boolean(),
    negative: fc.boolean(),
    unpaid: fc.constantFrom<'skip' | 'keep'>('skip', 'keep'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(shopRow, { minLength: 1, maxLength: 40 }),
      rules,
      fc.integer({ min: 50, max: 2000 }),
      async (rows, chosen, batchBytes) => {
        const columns = Object.keys(fields) as (keyof ShopRow)[];
        const lines = rows.map((row) => columns.map((column) => `"${row[column]}"`).join(','));
        const path = write(`${columns.join(',')}\n${lines.join('\n')}\n`, 'orders.csv');
        const file = await readFile(path, { limits: { batchBytes, rowBytes: 1000 } });
        const refundWhen = [
          ...(chosen.prefix ? [{ when: 'order_id_starts_with', prefix: 'C' }] : []),
          ...(chosen.negative ? [{ when: 'quantity_negative' }] : []),
        ];
        const mapping = orderMapping(fields, { rules: { refundWhen, unpaid: chosen.unpaid } });
        const { facts, errors, counts } = mapOrders(mapping, file.columns, file.batches);

        const meanings = rows.map((row, i) => meaning(row, i + 2, chosen));
        expect(facts.map(plain)).toEqual(meanings.flatMap((found) => found ?? []));
        const faulty = new Set(errors.map((error) => Number(error.split(' ')[0])));
        expect([...faulty].sort((a, b) => a - b)).toEqual(
          meanings.flatMap((found, i) => (found === null ? [i + 2] : [])),
        );
        expect(counts.sales + counts.refunds).toBe(facts.length);
        expect(counts.unpaid).toBe(meanings.filter((found) => found?.length === 0).length);
      },
    ),
    { numRuns: 150 },
  );
});
