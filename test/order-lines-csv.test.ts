import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseDecimal } from '../src/kernel/decimal.ts';
import { orderLineColumns, orderLinesCsv, writeOrderLinesCsv } from '../bench/input/order-lines-csv.ts';

const options = { customers: 3_000, lines: 9_001, endMs: Date.UTC(2026, 10, 23, 7) };
const textOf = (chosen: typeof options) => Buffer.concat([...orderLinesCsv(chosen)]).toString();
const [head, ...rows] = textOf(options)
  .trimEnd()
  .split('\n')
  .map((line) => line.split(','));
const column = (name: (typeof orderLineColumns)[number]) =>
  rows.map((row) => row[orderLineColumns.indexOf(name)]);

it('has exactly the wanted lines and customers, and no field that needs quotes', () => {
  expect(head).toEqual(orderLineColumns);
  expect(rows).toHaveLength(options.lines);
  expect(rows.every((row) => row.length === orderLineColumns.length)).toBe(true);
  expect(new Set(column('customer_id')).size).toBe(options.customers);
});

it('is in time order, within two years before the end, in local time', () => {
  const times = column('paid_at');
  expect(times).toEqual(times.toSorted());
  expect(times[0]).toBe('2024-11-23 15:00:00');
  expect(times.at(-1)! < '2026-11-23 15:00:00').toBe(true);
});

it('gives one order one customer, one time and one place', () => {
  const heads = new Set(rows.map(([order, customer, paidAt]) => `${order},${customer},${paidAt}`));
  expect(heads.size).toBe(new Set(column('order_id')).size);
});

it('multiplies exactly', () => {
  const wrong = rows.filter((row) => {
    const [quantity, price, amount] = row.slice(-3);
    return BigInt(quantity) * parseDecimal(price)! !== parseDecimal(amount);
  });
  expect(wrong).toEqual([]);
});

it('repeats itself, but for another seed', () => {
  expect(textOf(options)).toBe(textOf({ ...options }));
  expect([...orderLinesCsv({ ...options, seed: 2 })]).not.toEqual([...orderLinesCsv(options)]);
});

it('writes the same to a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'order-lines-'));
  try {
    const path = join(folder, 'lines.csv');
    await writeOrderLinesCsv(path, options);
    expect(readFileSync(path, 'utf8')).toBe(textOf(options));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
