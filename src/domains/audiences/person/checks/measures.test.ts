import { describe, expect, it } from 'vitest';
import { explained, meets, noon, personOf } from '../../../../../test/one-person.ts';

const orders = { fact: 'order' };
const views = { fact: 'event', name: 'Product Viewed' };
const measure = (name: string, compare: object, rest: object = {}): object => ({ kind: 'measure', facts: orders, measure: name, compare, ...rest });
const exactly = (value: number | string): object => ({ is: 'equals', value });
const atLeast = (value: number | string): object => ({ is: 'at_least', value });

const buyer = personOf({
  lines: [
    { at: '2026-03-01T02:00:00Z', order: 'A', amount: 100.5, quantity: 2, product: 'P1' },
    { at: '2026-03-01T02:00:00Z', order: 'A', amount: 20, quantity: 1, product: 'P2', category: '茶具', brand: '' },
    { at: '2026-03-10T02:00:00Z', order: 'A', kind: 'refund', amount: 20, quantity: 1, product: 'P2', category: '茶具', brand: '' },
    { at: '2026-06-17T16:30:00Z', order: 'B', amount: 30, quantity: 0.5, product: 'P1', channel: '门店' },
  ],
});

describe('measures of orders', () => {
  it.each([
    ['orders', 2], ['lines', 3], ['amount', 150.5], ['quantity', 3.5], ['products', 2], ['categories', 2], ['channels', 2], ['days', 2],
    ['largest_order', 120.5], ['smallest_order', 30], ['average_order', 75.25],
  ])('count what was bought: %s are %d', (name, value) => {
    expect(explained(measure(name, exactly(value)), buyer)).toMatchObject({ holds: true, parts: new Map([['', { found: { number: BigInt(value * 10_000) } }]]) });
    expect(explained(measure(name, { is: 'not_equals', value }), buyer).holds).toBe(false);
  });

  it('count no brand where a line names none', () => {
    expect(explained(measure('brands', exactly(1)), buyer).holds).toBe(true);
  });

  it.each([['amount', 20], ['quantity', 1], ['orders', 1], ['largest_order', 20]])('speak of what was given back in positive numbers: %s', (name, value) => {
    expect(explained(measure(name, exactly(value), { facts: { ...orders, of: 'refund' } }), buyer).holds).toBe(true);
  });

  it('set refunds against sales', () => {
    expect(explained(measure('amount', exactly('130.5'), { facts: { ...orders, of: 'net' } }), buyer).holds).toBe(true);
    expect(explained(measure('quantity', exactly('2.5'), { facts: { ...orders, of: 'net' } }), buyer).holds).toBe(true);
    expect(meets(measure('amount', { is: 'less_than', value: 0 }, { facts: { ...orders, of: 'net' } }), { lines: [{ at: '2026-06-01T00:00:00Z', kind: 'refund', amount: 5 }] })).toBe(true);
  });

  it('look only at lines that are meant', () => {
    const of = (...where: object[]): object => ({ facts: { ...orders, where } });
    expect(explained(measure('amount', exactly(30), of({ field: 'channel', test: 'any_of', values: ['门店', '抖音'] })), buyer).holds).toBe(true);
    expect(explained(measure('lines', exactly(1), of({ field: 'brand', test: 'none_of', values: ['常青'] })), buyer).holds).toBe(true);
    expect(explained(measure('lines', exactly(1), of({ field: 'quantity', test: 'compare', compare: { is: 'less_than', value: 1 } })), buyer).holds).toBe(true);
    expect(explained(measure('orders', exactly(1), { facts: { ...orders, of: 'refund', where: [{ field: 'amount', test: 'compare', compare: atLeast(20) }] } }), buyer).holds).toBe(true);
    expect(explained(measure('lines', exactly(0), of({ field: 'product', test: 'any_of', values: ["'; DROP TABLE order_line"] })), buyer).holds).toBe(true);
  });

  it('are of a period, to the first moment of the day after it', () => {
    const june18 = { period: { from: { ago: 0, unit: 'day' } } };
    expect(explained(measure('orders', exactly(1), june18), buyer).holds).toBe(true);
    expect(explained(measure('orders', exactly(0), { period: { to: '2026-02-28' } }), buyer).holds).toBe(true);
    const edge = { lines: [{ at: '2026-06-17T15:59:59.999Z', order: 'A' }, { at: '2026-06-17T16:00:00.000Z', order: 'B' }] };
    expect(meets(measure('orders', exactly(1), june18), edge)).toBe(true);
    expect(meets(measure('orders', exactly(1), { period: { from: '2026-06-17', to: '2026-06-17' } }), edge)).toBe(true);
  });

  it('are nothing for who has bought nothing, and values are not there at all', () => {
    for (const name of ['orders', 'lines', 'amount', 'quantity', 'products', 'categories', 'brands', 'channels', 'days']) {
      expect(meets(measure(name, { is: 'at_most', value: 1 }), {}), name).toBe(true);
      expect(meets(measure(name, atLeast(1)), {}), name).toBe(false);
    }
    for (const name of ['average_order', 'largest_order', 'smallest_order', 'days_since_first', 'days_since_last']) {
      for (const is of ['at_most', 'at_least', 'not_equals'] as const) expect(meets(measure(name, { is, value: 1 }), {}), name).toBe(false);
    }
  });

  it('compare averages exactly, without dividing', () => {
    const thirds = { lines: [{ at: '2026-06-01T00:00:00Z', order: 'A', amount: 10 }, { at: '2026-06-02T00:00:00Z', order: 'B', amount: 0 }, { at: '2026-06-03T00:00:00Z', order: 'C', amount: 0 }] };
    expect(meets(measure('average_order', exactly('3.3333')), thirds)).toBe(false);
    expect(meets(measure('average_order', { is: 'more_than', value: '3.3333' }), thirds)).toBe(true);
    expect(meets(measure('average_order', { is: 'between', from: '3.3333', to: '3.3334' }), thirds)).toBe(true);
  });

  it('lose no digit beyond 2^53', () => {
    const rich = { lines: [{ at: '2026-06-01T00:00:00Z', amount: 1 }] };
    const person = personOf(rich);
    const large = { ...person, lines: [{ ...person.lines[0], amount: 90_071_992_547_409_930_001n }] };
    expect(explained(measure('amount', { is: 'more_than', value: '99999999999999' }), large).holds).toBe(true);
    const close = { ...person, lines: [{ ...person.lines[0], amount: 99_999_999_999_999_9999n }] };
    expect(explained(measure('amount', exactly('99999999999999.9999')), close).holds).toBe(true);
    expect(explained(measure('amount', exactly('99999999999999.9998')), close).holds).toBe(false);
  });
});

describe('measures of events', () => {
  const of = (...where: object[]): object => ({ facts: { ...views, where } });
  const visitor = {
    events: [
      { at: '2026-06-01T15:59:00Z', name: 'Product Viewed', price: '10', category: '茶' },
      { at: '2026-06-01T16:01:00Z', name: 'Product Viewed', price: '2.55559', category: '茶' },
      { at: '2026-06-02T01:00:00Z', name: 'Product Viewed', price: '面议' },
      { at: '2026-06-02T01:00:00Z', name: 'Cart Viewed', price: '99' },
    ],
  };

  it('count times and the brand’s days', () => {
    expect(meets(measure('times', exactly(3), of()), visitor)).toBe(true);
    expect(meets(measure('days', exactly(2), of()), visitor)).toBe(true);
  });

  it('read a property as a number where it spells one, cut after four decimals', () => {
    expect(meets(measure('sum', exactly('12.5555'), { ...of(), property: 'price' }), visitor)).toBe(true);
    expect(meets(measure('maximum', exactly(10), { ...of(), property: 'price' }), visitor)).toBe(true);
    expect(meets(measure('minimum', exactly('2.5555'), { ...of(), property: 'price' }), visitor)).toBe(true);
    expect(meets(measure('average', { is: 'between', from: '6.2777', to: '6.2778' }, { ...of(), property: 'price' }), visitor)).toBe(true);
    expect(meets(measure('distinct', exactly(3), { ...of(), property: 'price' }), visitor)).toBe(true);
  });

  it('have sums and counts of nothing, and no average, smallest or largest of it', () => {
    for (const name of ['sum', 'distinct']) expect(meets(measure(name, exactly(0), { ...of(), property: 'none' }), visitor), name).toBe(true);
    for (const name of ['average', 'minimum', 'maximum']) expect(meets(measure(name, { is: 'not_equals', value: 5 }, { ...of(), property: 'none' }), visitor), name).toBe(false);
  });

  it.each([
    [{ property: 'category', test: 'any_of', values: ['茶'] }, 2],
    [{ property: 'category', test: 'none_of', values: ['茶'] }, 1],
    [{ property: 'category', test: 'known' }, 2],
    [{ property: 'category', test: 'unknown' }, 1],
    [{ property: 'price', test: 'contains', value: '5' }, 1],
    [{ property: 'price', test: 'starts_with', value: '面' }, 1],
    [{ property: 'price', test: 'compare', compare: { is: 'not_equals', value: 10 } }, 1],
    [{ property: 'price', test: 'compare', compare: { is: 'at_least', value: '2.5555' } }, 2],
  ])('mean events by a property: %j', (where, times) => {
    expect(meets(measure('times', exactly(times), of(where)), visitor)).toBe(true);
  });
});

describe('days since something', () => {
  it('are days of the calendar', () => {
    const yesterdayLate = { lines: [{ at: '2026-06-17T15:59:00Z' }] };
    expect(meets(measure('days_since_last', exactly(1)), yesterdayLate)).toBe(true);
    expect(meets(measure('days_since_last', exactly(0)), { lines: [{ at: '2026-06-17T16:00:00Z' }] })).toBe(true);
    expect(meets(measure('days_since_first', atLeast(100)), { lines: [{ at: '2026-03-10T04:00:00Z' }, { at: '2026-06-10T04:00:00Z' }] })).toBe(true);
    expect(meets(measure('days_since_last', atLeast(100)), { lines: [{ at: '2026-03-10T04:00:00Z' }, { at: '2026-06-10T04:00:00Z' }] })).toBe(false);
  });

  it('hold through a night in which an hour is skipped', () => {
    const berlin = { ...noon, now: new Date('2026-03-29T10:00:00Z'), timeZone: 'Europe/Berlin' };
    const beirut = { ...noon, now: new Date('2026-03-29T10:00:00Z'), timeZone: 'Asia/Beirut' };
    expect(meets(measure('days_since_last', exactly(1)), { lines: [{ at: '2026-03-28T22:59:00Z' }] }, berlin)).toBe(true);
    expect(meets(measure('days_since_last', exactly(0)), { lines: [{ at: '2026-03-28T23:00:00Z' }] }, berlin)).toBe(true);
    // In Beirut the 29th begins at one: there is no midnight.
    expect(meets(measure('days_since_last', exactly(1)), { lines: [{ at: '2026-03-28T21:59:59Z' }] }, beirut)).toBe(true);
    expect(meets(measure('days', exactly(2)), { lines: [{ at: '2026-03-28T21:59:59Z' }, { at: '2026-03-28T22:00:00Z' }] }, beirut)).toBe(true);
  });
});
