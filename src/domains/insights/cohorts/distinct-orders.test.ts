import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DistinctOrders } from './distinct-orders.ts';

/** Halves of keys: low, high. */
const halves = (keys: readonly bigint[]): Uint32Array => new Uint32Array(BigUint64Array.from(keys).buffer);

it('tells orders apart by all 64 bits, however many, each with its earliest day', () => {
  const orders = new DistinctOrders();
  // Few different halves, so that many keys have one of them in common.
  const half = fc.integer({ min: 0, max: 7 });
  const line = fc.record({
    key: fc.tuple(half, half).map(([high, low]) => (BigInt(high) << 32n) | BigInt(low)),
    day: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 200 }), (lines) => {
      orders.takeIn(
        halves(lines.map(({ key }) => key)),
        Uint32Array.from(lines, ({ day }) => day),
        0,
        lines.length,
      );
      const earliest = new Map<bigint, number>();
      for (const { key, day } of lines) {
        if (key !== 0n) earliest.set(key, Math.min(day, earliest.get(key) ?? Infinity));
      }
      const days = [...earliest.values()].sort((a, b) => a - b);
      expect(orders.count).toBe(days.length);
      expect(orders.days.slice(0, orders.count).sort((a, b) => a - b)).toEqual(days);
      if (days.length > 0) expect(orders.firstDay()).toBe(days[0]);
      if (days.length > 1) expect(orders.secondDay()).toBe(days[1]);
    }),
    { numRuns: 500 },
  );
});
