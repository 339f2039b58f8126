import { describe, expect, it } from 'vitest';
import { demoBrand } from './brand.ts';

const brand = demoBrand({ seed: 9, customers: 3_000, endMs: Date.UTC(2026, 10, 23, 7) });
const accounts = [...brand.accounts()].map((account) => ({ ...account, visits: account.events() }));
const events = accounts.flatMap(({ visits }) => visits);

describe('visits', () => {
  it('lie between the first sight and the end, in time order', () => {
    const wrong = accounts.filter(({ customer, visits }) => {
      const times = visits.map(({ occurredAtMs }) => occurredAtMs);
      const steps = [customer.firstSeenAtMs, ...times, brand.endMs - 1];
      return steps.some((step, at) => at > 0 && steps[at - 1] > step);
    });
    expect(wrong).toEqual([]);
  });

  it('have message ids of their own', () => {
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
  });

  it('are anonymous until the sign-up, under the device that is then known', () => {
    const anonymous = events.filter(({ identified }) => !identified);
    expect(anonymous.length).toBeGreaterThan(400);
    for (const { customer, visits } of accounts) {
      const device = customer.identifiers.find(({ kind }) => kind === 'device')?.value;
      const wrong = visits.filter(
        ({ identified, occurredAtMs, deviceId }) =>
          deviceId !== device || identified !== (occurredAtMs >= customer.registeredAtMs),
      );
      expect(wrong).toEqual([]);
      if (customer.firstSeenAtMs < customer.registeredAtMs) {
        expect(visits[0].occurredAtMs).toBe(customer.firstSeenAtMs);
      }
    }
  });

  it('happen on the tracked channels, under names of the e-commerce spec', () => {
    expect(new Set(events.map(({ channel }) => channel))).toEqual(new Set(['微信小程序', '官网']));
    expect(new Set(events.filter(({ kind }) => kind === 'track').map(({ name }) => name))).toEqual(
      new Set([
        'Signed Up',
        'Products Searched',
        'Product Viewed',
        'Product Added',
        'Checkout Started',
        'Order Completed',
        'Order Refunded',
      ]),
    );
  });

  it('tell of every order and refund on those channels once, with the same total', () => {
    const told = (name: string) => events.filter((event) => event.name === name);
    const tracked = accounts
      .flatMap(({ orders }) => orders)
      .filter(({ channel }) => channel === '微信小程序' || channel === '官网');
    const totals = new Map(tracked.map(({ orderId, total }) => [orderId, Number(total) / 10_000]));
    expect(told('Order Completed')).toHaveLength(tracked.length);
    for (const { properties } of told('Order Completed')) {
      expect(properties.total).toBe(totals.get(properties.order_id as string));
    }
    expect(told('Order Refunded')).toHaveLength(tracked.flatMap(({ refunds }) => refunds).length);
  });

  it('view and add every product before it is ordered', () => {
    for (const { orders, visits } of accounts.slice(0, 1_000)) {
      for (const order of orders.filter(({ channel }) => channel === '官网')) {
        for (const { product } of order.lines) {
          const before = visits.filter(
            ({ occurredAtMs, properties }) =>
              occurredAtMs <= order.occurredAtMs && properties.product_id === product.productId,
          );
          const names = before.map(({ name }) => name);
          expect(names).toContain('Product Viewed');
          expect(names).toContain('Product Added');
        }
      }
    }
  });
});
