import { describe, expect, it } from 'vitest';
import { demoBrand } from './brand.ts';
import { assortment } from './assortment.ts';
import { associations } from './catalogue.ts';
import type { DemoOrder } from './records.ts';
import { wholeOrderRate } from './refunds.ts';
import { dayInChina, hourInChina } from './world.ts';

const brand = demoBrand({ seed: 7, customers: 10_000, endMs: Date.UTC(2026, 10, 23, 7) });
const orders: DemoOrder[] = [...brand.accounts()].flatMap((account) => account.orders);
const piece = 10_000n;

describe('orders', () => {
  it('add up: quantity times price less coupon is the line, the lines are the total', () => {
    const wrongLines = orders.flatMap(({ lines }) =>
      lines.filter(
        ({ quantity, unitPrice, couponDiscount, amount }) =>
          (quantity / piece) * unitPrice - couponDiscount !== amount ||
          amount <= 0n ||
          amount % 100n !== 0n,
      ),
    );
    const wrongTotals = orders.filter(
      ({ lines, total }) => lines.reduce((sum, line) => sum + line.amount, 0n) !== total,
    );
    expect(wrongLines).toEqual([]);
    expect(wrongTotals).toEqual([]);
  });

  it('hold each product once, never dearer than its list price', () => {
    const twice = orders.filter(
      ({ lines }) => new Set(lines.map(({ product }) => product.productId)).size < lines.length,
    );
    const dearer = orders.filter(({ lines }) =>
      lines.some(({ unitPrice, product }) => unitPrice > product.listPrice),
    );
    expect(twice).toEqual([]);
    expect(dearer).toEqual([]);
  });

  it('have ids of their own', () => {
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(orders.length);
  });

  it('are made in stores between 10 and 22 only', () => {
    const inStore = orders.filter(({ channel }) => channel === '线下门店');
    expect(inStore.length).toBeGreaterThan(1_000);
    const hours = inStore.map(({ occurredAtMs }) => hourInChina(occurredAtMs));
    expect(Math.min(...hours)).toBe(10);
    expect(Math.max(...hours)).toBe(21);
  });

  it('peak on Double 11, 618 and Double 12, and sink at New Year', () => {
    const byDay = new Map<number, number>();
    for (const { occurredAtMs } of orders) {
      const day = dayInChina(occurredAtMs);
      byDay.set(day, (byDay.get(day) ?? 0) + 1);
    }
    const around = (day: number, others: number[]) =>
      byDay.get(day)! / (others.reduce((sum, other) => sum + byDay.get(other)!, 0) / others.length);
    expect(around(20251111, [20251013, 20251014, 20251015])).toBeGreaterThan(4);
    expect(around(20260618, [20260520, 20260521, 20260522, 20260525])).toBeGreaterThan(2.5);
    expect(around(20251212, [20251201, 20251202, 20251203])).toBeGreaterThan(2);
    expect(around(20260218, [20260303, 20260304, 20260305])).toBeLessThan(0.6);
  });

  it.each(associations)('hold $to more often when they hold $from (lift 1.5 to 2)', ({ from, to, chance }) => {
    const sets = orders.map(({ lines }) => new Set(lines.map(({ product }) => product.category)));
    const withFrom = sets.filter((set) => set.has(from));
    const both = withFrom.filter((set) => set.has(to)).length / withFrom.length;
    const base = sets.filter((set) => set.has(to)).length / sets.length;
    expect(both).toBeGreaterThan(chance);
    expect(both / base).toBeGreaterThan(1.5);
    expect(both / base).toBeLessThan(2);
  });
});

describe('refunds', () => {
  const refunded = orders.filter((order) => order.refunds.length > 0);
  const refunds = refunded.flatMap((order) => order.refunds);

  it('come after the sale, before the end, in time order, and have ids of their own', () => {
    for (const order of refunded) {
      const times = order.refunds.map(({ occurredAtMs }) => occurredAtMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.every((time) => time > order.occurredAtMs && time < brand.endMs)).toBe(true);
    }
    expect(new Set(refunds.map(({ refundId }) => refundId)).size).toBe(refunds.length);
  });

  it('never give back more than was paid or more than was bought', () => {
    for (const order of refunded) {
      for (const line of order.lines) {
        const given = order.refunds
          .flatMap(({ lines }) => lines)
          .filter(({ lineNo }) => lineNo === line.lineNo);
        const sum = (of: 'amount' | 'quantity') => given.reduce((all, one) => all + one[of], 0n);
        expect(sum('amount')).toBeLessThanOrEqual(line.amount);
        expect(sum('quantity')).toBeLessThanOrEqual(line.quantity);
        expect(given.every(({ amount }) => amount > 0n)).toBe(true);
      }
    }
  });

  it('add up to their total', () => {
    for (const { lines, total } of refunds) {
      expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total);
    }
  });

  it('are whole, by pieces, in money alone, and twice on one line', () => {
    const lines = refunds.flatMap((refund) => refund.lines);
    expect(lines.some(({ quantity }) => quantity === 0n)).toBe(true);
    expect(refunded.some((order) => order.refunds.some(({ total }) => total === order.total))).toBe(true);
    expect(refunded.some((order) => order.refunds.length > 1)).toBe(true);
  });

  it.each(assortment)('touch $name at its rate and that of whole orders', ({ name, refundRate }) => {
    const settled = orders.filter(({ occurredAtMs }) => occurredAtMs < brand.endMs - 60 * 86_400_000);
    let sold = 0;
    let touched = 0;
    for (const order of settled) {
      const back = new Set(order.refunds.flatMap(({ lines }) => lines.map(({ lineNo }) => lineNo)));
      for (const line of order.lines.filter(({ product }) => product.category === name)) {
        sold += 1;
        if (back.has(line.lineNo)) touched += 1;
      }
    }
    const expected = refundRate + (1 - refundRate) * wholeOrderRate;
    const standardError = Math.sqrt((expected * (1 - expected)) / sold);
    expect(Math.abs(touched / sold - expected)).toBeLessThan(4 * standardError);
  });
});
