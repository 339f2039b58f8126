import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer } from '../../../../test/customers-server.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import { mergeCustomers, type TimelineEntry } from '../../customers/contract.ts';
import type { TimelinePosition } from '../../customers/public.ts';
import type { readOrdersOfCustomer } from '../contract.ts';
import { createCommerce, type Commerce, type OrderCursor } from '../public.ts';

type Page = EndpointReply<typeof readOrdersOfCustomer>;

describe("a person's orders", () => {
  let test: TestPlatform;
  let commerce: Commerce;
  beforeAll(async () => {
    test = await createTestPlatform();
    commerce = createCommerce(test.platform);
    await insertLines(test.platform.clickhouse, [
      // Three orders of one moment, so that the cursor must tell them apart.
      ...['S1', 'S2', 'S3'].map((order) => ({ customerNo: 5, order, at: '2026-02-01T00:00:00.000Z' })),
      ...Array.from({ length: 9 }, (_, i) => ({ customerNo: 5 + (i % 2), order: `O${i}`, at: `2026-03-0${i + 1}T00:00:00.500Z` })),
      // The same product on a second line.
      { customerNo: 9, order: 'X', at: '2026-03-03T00:00:00.000Z' },
      { customerNo: 6, order: 'O0', kind: 'refund' as const, at: '2026-05-01T00:00:00.000Z' },
      { customerNo: 9, order: 'X', at: '2026-03-03T00:00:00.000Z' },
    ]);
  });
  afterAll(() => test.close());

  it('come page by page, newest first, each once, of all numbers that are theirs', async () => {
    const seen: string[] = [];
    let cursor: OrderCursor | null = null;
    do {
      const page = await commerce.ordersOf([5, 6], cursor, 2);
      seen.push(...page.orders.map((order) => order.orderId));
      cursor = page.next;
    } while (cursor);
    expect(seen.slice(0, 9)).toEqual(['O8', 'O7', 'O6', 'O5', 'O4', 'O3', 'O2', 'O1', 'O0']);
    expect(seen.slice(9).toSorted()).toEqual(['S1', 'S2', 'S3']);
  });

  it('are none for somebody without facts', async () => {
    expect(await commerce.ordersOf([4711], null)).toEqual({ orders: [], next: null });
    expect(await commerce.totalsOf([4711])).toMatchObject({ orders: 0, firstOrderAt: null });
  });

  it('are the newest of each where only the last is asked for, with what was bought and its price', async () => {
    const last = await commerce.lastOrdersOf([5, 6, 9, 4711]);
    expect([...last.keys()].toSorted()).toEqual([5, 6, 9]);
    expect(last.get(5)).toMatchObject({ id: 'O8', at: '2026-03-09T00:00:00.500Z', products: [{ id: 'P1', name: '白茶' }] });
    expect(last.get(9)?.products).toHaveLength(1);
    expect(last.get(6)?.id).toBe('O7');
    expect(await commerce.lastOrdersOf([])).toEqual(new Map());
    await test.platform.pg.query("insert into product (product_id, name, list_price, first_seen_at, described_at) values ('P1', '白茶', 98, now(), now()), ('P2', '红茶', null, now(), now())");
    expect([...(await commerce.products.pricesOf(['P1', 'P2', 'P3'])).entries()]).toEqual([['P1', '98.0000']]);
    expect(await commerce.products.pricesOf([])).toEqual(new Map());
  });

  it('stand on their timeline, each order and refund once whatever the size of a page', async () => {
    for (const kind of ['order', 'refund'] as const) {
      const seen: string[] = [];
      let place: TimelinePosition | null = null;
      for (let turn = 0; turn < 50; turn++) {
        const entries: TimelineEntry[] = await commerce.timelineSource.page([5, 6], { [kind]: place }, 2);
        const last = entries.at(-1);
        if (!last) break;
        expect(new Set(entries.map((entry) => entry.kind))).toEqual(new Set([kind]));
        seen.push(...entries.map((entry) => entry.id));
        place = { at: new Date(last.at), id: last.id };
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toHaveLength(kind === 'order' ? 12 : 1);
    }
    // Both at once, each from where it stands: three orders and the refund, though it is the newest.
    const both = await commerce.timelineSource.page([5, 6], { order: { at: new Date('2026-03-05T00:00:00Z'), id: '0' }, refund: null }, 3);
    expect(both.map(({ kind, params }) => [kind, params.orderId])).toEqual([['refund', 'O0'], ['order', 'O3'], ['order', 'O2'], ['order', 'O1']]);
    const [newest] = await commerce.timelineSource.page([5, 6], { refund: null }, 5);
    expect(newest).toMatchObject({
      kind: 'refund',
      at: '2026-05-01T00:00:00.000Z',
      text: 'commerce:timeline.refund',
      params: { orderId: 'O0' },
      facts: [{ label: 'commerce:timeline.amount', value: '-10', unit: 'money' }, { value: '白茶' }, { value: '天猫旗舰店' }],
    });
  });

  it('make the figures at the head of their page', async () => {
    await commerce.refreshSummaries([5, 6]);
    expect(await commerce.figureSource.read([5, 6], 'en')).toEqual([
      { label: 'commerce:figure.orders', value: '12', unit: 'number' },
      { label: 'commerce:figure.net', value: '110', unit: 'money' },
      { label: 'commerce:figure.refunded', value: '10', unit: 'money' },
      { label: 'commerce:figure.firstOrder', value: '2026-02-01T00:00:00.000Z', unit: 'date' },
      { label: 'commerce:figure.lastOrder', value: '2026-03-09T00:00:00.500Z', unit: 'date' },
    ]);
  });

  it('are handed over line by line, and go when the person is erased', async () => {
    const deleted: number[] = [];
    const [lines, totals] = commerce.heldData(async (customerNos) => void deleted.push(...customerNos));
    const person = { customerNos: [5, 6], identifiers: [] };
    const handedOver = await Array.fromAsync(lines.export(person));
    expect(handedOver).toHaveLength(13);
    expect(handedOver.at(-1)).toMatchObject({ kind: 'refund', orderId: 'O0', amount: '-10' });
    expect([await lines.count(person), await totals.count(person)]).toEqual([13, 2]);
    expect([await lines.erase(person), await totals.erase(person)]).toEqual([13, 2]);
    expect(deleted).toEqual([5, 6]);
    expect(await totals.count(person)).toBe(0);
  });
});

describe("the orders on a customer's page", () => {
  it('are those of everybody who became part of the customer, page after page', async () => {
    const shop = await createCustomersServer();
    try {
      const kept = await shop.person({ external_id: 'O1' });
      const gone = await shop.person({ external_id: 'O2' });
      await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: kept, absorbedNo: gone } });
      await insertLines(shop.platform.clickhouse, Array.from({ length: 5 }, (_, i) => ({ customerNo: i % 2 ? kept : gone, order: `P${i}`, at: `2026-03-0${i + 1}T00:00:00.000Z` })));
      const server = await createTestServer(shop.platform, createCommerce(shop.platform).routes);
      const read = async (customerNo: number, query = ''): Promise<Page> =>
        (await server.inject({ url: `/api/customers/${customerNo}/orders?limit=3${query}`, headers: { 'x-test-permissions': 'commerce.read' } })).json();
      const first = await read(gone);
      expect(first.orders.map((order) => order.orderId)).toEqual(['P4', 'P3', 'P2']);
      const second = await read(kept, `&beforeAt=${first.next?.occurredAt}&beforeKey=${first.next?.orderKey}`);
      expect([second.orders.map((order) => order.orderId), second.next]).toEqual([['P1', 'P0'], null]);
      expect(await read(999_999)).toMatchObject({ status: 404, code: 'customers.not_found' });
      await server.close();
    } finally {
      await shop.close();
    }
  });
});
