import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { createCommerce, type Commerce, type OrderCursor } from '../public.ts';

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

  it('are handed over line by line, the refunds too', async () => {
    const lines = await commerce.exportOf([5, 6]);
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toMatchObject({ kind: 'refund', orderId: 'O0', amount: '-10' });
  });
});
