import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackedEvent } from '../decode.ts';
import { allocate, amountOf, NotANumber, times } from './amounts.ts';
import { linesOf, orderKeyOf, OrderUnknown } from './order-events.ts';
import { productLines } from './product-lines.ts';
import type { OpenLine } from './tracked-orders.ts';

const event = (name: string, properties: Record<string, unknown>): TrackedEvent => ({
  row: { seq: 1, receivedAt: new Date(0), writeKeyId: 1, callType: null, eventCount: 1, body: Buffer.alloc(0) },
  eventId: '0'.repeat(32), type: 'track', name, userId: 'u', anonymousId: '', previousId: '', groupId: '', traits: {}, properties,
  context: {}, occurredAtMs: 0, receivedAtMs: 0, original: {},
});
const run = (name: string, properties: Record<string, unknown>, open?: OpenLine[]) => linesOf(event(name, { order_id: 'O', ...properties }), 1n, open);
const net = (lines: { amount: bigint }[]) => lines.reduce((sum, line) => sum + line.amount, 0n);

describe('parting an amount', () => {
  it('adds up to the amount exactly, in the proportion of the weights', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (total, given) => {
      const parts = allocate(total, given);
      expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
      const sum = given.reduce((a, b) => a + b, 0n);
      if (sum === 0n) return;
      for (const [i, part] of parts.entries()) {
        // Off by less than one ten-thousandth a part; who has no weight gets nothing.
        const exact = (total * given[i]) / sum;
        const off = part - exact;
        expect(off >= -1n && off <= 1n).toBe(true);
        if (given[i] === 0n) expect(part).toBe(0n);
      }
    }));
  });

  it('gives equal parts where nothing weighs more', () => {
    expect(allocate(10n, [0n, 0n, 0n])).toEqual([4n, 3n, 3n]);
    expect(allocate(10n, [])).toEqual([]);
  });
});

describe('a figure of an event', () => {
  it.each([
    [19.99, 199_900n], ['19.99', 199_900n], [0.1 + 0.2, 3_000n], [' 5 ', 50_000n], [-3, -30_000n], [0, 0n], [undefined, null], [null, null], ['', null],
  ])('%s is %s ten-thousandths', (given, expected) => {
    expect(amountOf(given, 'p')).toBe(expected);
  });

  it.each(['twelve', '1e3', '１００', {}, [], true, Number.NaN, 1e300, '9'.repeat(30)])('%s is none', (given) => {
    expect(() => amountOf(given, 'properties.total')).toThrow(NotANumber);
  });

  it('times another is rounded half away from zero', () => {
    expect(times(33_333n, 30_000n)).toBe(99_999n);
    expect(times(1n, 5_000n)).toBe(1n);
    expect(times(-1n, 5_000n)).toBe(-1n);
    expect(times(1n, 4_999n)).toBe(0n);
  });
});

describe('the channel of an order', () => {
  const campaign = { campaign: { source: 'xhs' }, channel: 'server' };
  it.each([
    ['its shop', { affiliation: '天猫', channel: 'app' }, campaign, '天猫'],
    ['else the channel it names', { channel: 'app' }, campaign, 'app'],
    ['else what brought the buyer', {}, campaign, 'xhs'],
    ['else the channel of the client', {}, { channel: 'server' }, 'server'],
    ['else none', { channel: { name: 'app' } }, { page: { referrer: 'https://example.com' } }, ''],
  ])('is %s', (_, properties, context, channel) => {
    const order = { ...event('Order Completed', { order_id: 'O', total: 5, ...properties }), context };
    expect(linesOf(order, 1n, undefined).lines.map((line) => line.channel)).toEqual([channel]);
  });
});

describe('the products of an event', () => {
  it('are its list, or what it names itself; without an id the name stands for it', () => {
    expect(productLines({ product_id: 'p', name: 'n', price: 2 })).toMatchObject([{ productId: 'p', name: 'n', price: 20_000n, quantity: 10_000n }]);
    expect(productLines({ products: [{ sku: 's', quantity: '3' }, { name: 'only a name' }, null, 7, {}] })).toMatchObject([
      { productId: 's', price: null, quantity: 30_000n }, { productId: 'only a name' },
    ]);
    expect(productLines({})).toEqual([]);
  });
});

const price = fc.integer({ min: 0, max: 5_000 }).map((n) => n / 100);
const product = fc.record({ product_id: fc.constantFrom('a', 'b', 'c', 'd'), price, quantity: fc.integer({ min: 1, max: 9 }) });

describe('an order', () => {
  it('is worth its subtotal, else its revenue, else its lines less the discount, else its total', () => {
    const products = [{ product_id: 'a', price: 10, quantity: 2 }];
    expect(net(run('Order Completed', { subtotal: 15, revenue: 16, total: 30, products }).lines)).toBe(150_000n);
    expect(net(run('Order Completed', { revenue: 16, total: 30, products }).lines)).toBe(160_000n);
    expect(net(run('Order Completed', { discount: 4, total: 30, products }).lines)).toBe(160_000n);
    expect(net(run('Order Completed', { total: 30, products: [{ product_id: 'a' }] }).lines)).toBe(300_000n);
    expect(run('Order Completed', { total: 30 }).lines).toMatchObject([{ productId: '', quantity: 10_000n, amount: 300_000n }]);
  });

  it('says on its first line what of its money is not goods or was not paid with money', () => {
    const products = [{ product_id: 'a', price: 10 }, { product_id: 'b', price: 5 }];
    const paid = (properties: Record<string, unknown>) => run('Order Completed', { subtotal: 12, products, ...properties }).lines.map((line) => line.ofOrder);
    expect(paid({ tax: 1, shipping: '2.5', discount: -3, coupon: 'SPRING', points_paid: 4, gift_card_paid: 5 })).toEqual([
      { tax: 10_000n, freight: 25_000n, coupon_paid: 30_000n, points_paid: 40_000n, gift_card_paid: 50_000n, placed_before: 0n }, undefined,
    ]);
    // A discount without a coupon is a lower price.
    expect(paid({ discount: 3 })[0]).toMatchObject({ coupon_paid: 0n, tax: 0n });
    expect(() => paid({ tax: 'some' })).toThrow(NotANumber);
    const placed = (moment: unknown) => paid({ placed_at: moment })[0]?.placed_before;
    const soldMs = event('Order Completed', {}).occurredAtMs;
    expect([new Date(soldMs - 90_000).toISOString(), new Date(soldMs + 1).toISOString(), 'yesterday', 7].map(placed)).toEqual([90_000n, 0n, 0n, 0n]);
  });

  it('is known by its id from trackers; other events are none', () => {
    expect(orderKeyOf(event('Order Completed', { order_id: 'O' }))).toBe(orderKeyOf(event('Order Refunded', { order_id: 'O' })));
    expect(orderKeyOf(event('Order Completed', {}))).toBeNull();
    expect(orderKeyOf(event('Product Viewed', { order_id: 'O' }))).toBeNull();
  });

  it('comes to nothing when it is given back whole, whatever was given back before, and never to less', () => {
    const back = fc.array(fc.record({ product_id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), quantity: fc.integer({ min: 1, max: 4 }) }), { maxLength: 3 });
    fc.assert(fc.property(fc.array(product, { minLength: 1, maxLength: 6 }), fc.array(back, { maxLength: 3 }), (products, refunds) => {
      const sold = run('Order Completed', { products });
      const lines = [...sold.lines];
      let { open } = sold;
      for (const some of refunds) {
        // Only what the shop sold, and no more than is left of it.
        const possible = some.filter((r) => open!.some((l) => l.productId === r.product_id && BigInt(l.quantity) >= BigInt(r.quantity) * 10_000n));
        const distinct = possible.filter((r, i) => possible.findIndex((o) => o.product_id === r.product_id) === i);
        if (distinct.length === 0) continue;
        const result = run('Order Refunded', { products: distinct }, open);
        lines.push(...result.lines);
        open = result.open;
        expect(net(lines) >= 0n).toBe(true);
      }
      const rest = run('Order Cancelled', {}, open);
      expect(net([...lines, ...rest.lines])).toBe(0n);
      expect([...lines, ...rest.lines].reduce((sum, l) => sum + l.quantity, 0n)).toBe(0n);
      expect(run('Order Refunded', {}, rest.open).lines).toEqual([]);
    }));
  });

  it('gives back part of the money over all its lines when only an amount is said', () => {
    const { open } = run('Order Completed', { products: [{ product_id: 'a', price: 30 }, { product_id: 'b', price: 10 }] });
    const part = run('Order Refunded', { total: 4 }, open);
    expect(part.lines.map((l) => [l.productId, l.amount, l.quantity])).toEqual([['a', -30_000n, 0n], ['b', -10_000n, 0n]]);
    expect(net(run('Order Refunded', {}, part.open).lines)).toBe(-360_000n);
  });

  it('that nobody knows cannot be cancelled, and is given back only with an amount', () => {
    expect(run('Order Cancelled', {}).lines).toEqual([]);
    expect(net(run('Order Refunded', { total: 5 }).lines)).toBe(-50_000n);
    expect(net(run('Order Refunded', { products: [{ product_id: 'a', price: 2, quantity: 3 }] }).lines)).toBe(-60_000n);
    expect(() => run('Order Refunded', {})).toThrow(OrderUnknown);
    expect(() => run('Order Refunded', { products: [{ product_id: 'a' }] })).toThrow(OrderUnknown);
  });
});
