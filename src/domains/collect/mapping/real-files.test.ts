import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../../../test/import-files.ts';
import { mapOrders } from '../../../../test/order-lines-table.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { openRows } from '../files/open-rows.ts';
import { sampleFile } from '../files/sample.ts';
import { guessMapping } from './guess/guess.ts';
import { planOrderLines } from './order-lines.ts';
import { planRecords } from './records.ts';

const data = join(import.meta.dirname, '../../../../../shared/data');
const now = Date.UTC(2026, 10, 23);
const files = {
  retail: join(data, 'online_retail/online_retail.csv.gz'),
  tmall: join(data, 'tmall_orders/tmall_order_report.csv.gz'),
  trades: join(data, 'taobao_mum_baby/tianchi_mum_baby_trade_history.csv.gz'),
  babies: join(data, 'taobao_mum_baby/tianchi_mum_baby.csv'),
};
const missing = Object.values(files).filter((path) => !existsSync(path));
if (missing.length > 0) process.stderr.write(`Not tested, for lack of the files: ${missing.join(', ')}\n`);

async function guess(path: string, timeZone = 'Asia/Shanghai', currency = 'CNY') {
  const sample = await sampleFile(path, 1000);
  const guessed = guessMapping(sample.columns, sample.rows, { fileName: path, now, timeZone, currency });
  return {
    ...guessed,
    fields: Object.fromEntries(guessed.columns.map(({ column, field }) => [column, field])),
  };
}

describe.skipIf(missing.length > 0)('online_retail', () => {
  it('is guessed right', async () => {
    const { mapping, fields } = await guess(files.retail, 'Europe/London', 'GBP');
    expect(fields).toEqual({
      InvoiceNo: 'order_id',
      StockCode: 'product_id',
      Description: 'product_name',
      Quantity: 'quantity',
      InvoiceDate: 'occurred_at',
      UnitPrice: 'unit_price',
      CustomerID: 'external_id',
      Country: 'region',
    });
    expect(mapping).toMatchObject({
      kind: 'order_lines',
      timeZone: 'Europe/London',
      currency: 'GBP',
      duplicates: 'keep',
      defaults: {},
      rules: { refundWhen: [{ when: 'order_id_starts_with', prefix: 'C' }], unpaid: 'skip' },
    });
    expect(mapping?.columns.find(({ field }) => field === 'external_id')?.wholeNumber).toBe(true);
  });

  it('gives its known totals to the last digit', async () => {
    const { mapping } = await guess(files.retail, 'Europe/London', 'GBP');
    const file = await openRows(files.retail);
    const plan = planOrderLines(mapping!, file.columns, { now });
    const orders = new Set<string>();
    const cancellations = new Set<string>();
    const customers = new Set<string>();
    const seen = { rows: 0, problems: 0, errors: 0, nobody: 0, refundedAmount: 0n, net: 0n };
    for await (const batch of file.rows) {
      const { facts, text, errors, counts } = plan.map(batch);
      seen.rows += facts.count;
      seen.problems += batch.problems.length;
      seen.errors += errors.length;
      seen.nobody += counts.nobody;
      for (let i = 0; i < facts.count; i++) {
        const row = facts.row[i];
        const cell = (column: { starts: Int32Array; ends: Int32Array }) =>
          batch.bytes.toString('utf8', column.starts[row], column.ends[row]);
        (facts.kind[i] === 2 ? cancellations : orders).add(cell(text.order_id));
        const customer = cell(text.external_id!);
        if (customer !== '') customers.add(customer);
        seen.net += BigInt(facts.amount[i]);
        if (facts.kind[i] === 2) seen.refundedAmount += BigInt(facts.amount[i]);
      }
    }
    await file.close();
    expect(seen).toMatchObject({ rows: 541_909, problems: 0, errors: 0, nobody: 135_080 });
    expect(formatDecimal(seen.net)).toBe('9747747.934');
    expect(seen.refundedAmount).toBeLessThan(0n);
    expect(orders.size + cancellations.size).toBe(25_900);
    expect(cancellations.size).toBe(3836);
    expect([...cancellations].every((order) => order.startsWith('C'))).toBe(true);
    expect(customers.size).toBe(4372);
    expect(customers.has('17850')).toBe(true);
  }, 60_000);
});

describe.skipIf(missing.length > 0)('tmall_orders', () => {
  it('is a file of orders, of which the paid ones are sales and the refunds their own facts', async () => {
    const { mapping, fields } = await guess(files.tmall);
    expect(fields).toEqual({
      订单编号: 'order_id',
      总金额: 'order_total',
      买家实际支付金额: 'paid_amount',
      收货地址: 'address',
      订单创建时间: 'occurred_at',
      订单付款时间: 'paid_at',
      退款金额: 'refund_amount',
    });
    expect(mapping).toMatchObject({
      source: 'tmall',
      defaults: { channel: 'tmall' },
      rules: { paidAmount: 'after_refund', unpaid: 'skip' },
    });
    const { columns, batches } = await readFile(files.tmall);
    const { facts, errors, counts } = mapOrders(mapping!, columns, batches, now);
    expect(errors).toEqual([]);
    expect(counts).toEqual({ sales: 24_087, refunds: 5646, unpaid: 3923, amountUnknown: 0, nobody: 24_087 });
    const sum = (kind?: string) =>
      formatDecimal(
        facts
          .filter((fact) => !kind || fact.kind === kind)
          .reduce((total, { amount }) => total + parseDecimal(amount)!, 0n),
      );
    // What is left after refunds is what the column of real payments adds up to.
    expect([sum(), sum('sale'), sum('refund')]).toEqual(['1902487.15', '2474823.07', '-572335.92']);
    const regions = new Set(facts.map(({ text }) => text.region));
    expect(regions.size).toBe(31);
    expect(regions).toContain('内蒙古');
    expect(facts.find(({ text }) => text.order_id === '2')).toMatchObject({
      at: '2020-02-20T16:00:02.000Z',
      amount: '21',
      text: { region: '内蒙古', channel: 'tmall' },
    });
  }, 60_000);
});

describe.skipIf(missing.length > 0)('taobao_mum_baby', () => {
  it('has purchases without price and order number: quantities count, amounts are unknown', async () => {
    const { mapping, fields } = await guess(files.trades);
    expect(fields).toEqual({
      user_id: 'external_id',
      auction_id: 'product_id',
      category_2: 'category',
      category_1: 'category_parent',
      buy_mount: 'quantity',
      day: 'occurred_at',
    });
    const { columns, batches } = await readFile(files.trades);
    const { facts, errors, counts } = mapOrders(mapping!, columns, batches, now);
    expect(errors).toEqual([]);
    expect(counts).toEqual({ sales: 29_971, refunds: 0, unpaid: 0, amountUnknown: 29_971, nobody: 0 });
    expect(facts[0]).toMatchObject({
      at: '2014-09-18T16:00:00.000Z',
      quantity: '2',
      amount: '0',
      amountUnknown: true,
    });
    expect(new Set(facts.map(({ text }) => text.order_id)).size).toBe(29_970);
  }, 60_000);

  it('has birthdays that are those of children', async () => {
    const { mapping } = await guess(files.babies);
    expect(mapping).toMatchObject({ kind: 'customers', source: 'taobao' });
    expect(mapping?.columns.map(({ field, attribute }) => attribute?.name ?? field)).toEqual([
      'external_id',
      'child_birthday',
      'child_gender',
    ]);
    const { columns, batches } = await readFile(files.babies);
    const records = planRecords({ ...mapping!, kind: 'customers' }, columns).map(batches[0]);
    expect(records.errors).toEqual([]);
    const genders = records.columns[2].column;
    const words =
      genders.type === 'text'
        ? Array.from(genders.starts, (start, row) =>
            batches[0].bytes.toString('utf8', start, genders.ends[row]),
          )
        : [];
    expect(['male', 'female', 'unknown'].map((word) => words.filter((w) => w === word).length)).toEqual([
      489, 438, 26,
    ]);
  });
});
