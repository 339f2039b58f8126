import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { insertLines, mergeCustomers } from '../../../../../test/order-lines.ts';
import { ask } from '../../../../platform/clickhouse/query.ts';
import { buyersIn, itemsOf, salesExtent } from './items.ts';
import { type Level, readLines, spanParams } from './order-stream.ts';

describe('lines of orders', () => {
  let test: TestPlatform;
  const span = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-02-01T00:00:00Z') };
  const at = (day: string): string => `2026-${day}T10:00:00.000Z`;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse } = test.platform;
    // In two parts, as two imports leave them: the engine has to put them in one order.
    await insertLines(clickhouse, [
      {
        customerNo: 5,
        order: 'B',
        at: at('01-20'),
        product: 'p2',
        category: 'x',
        amount: 30,
        quantity: 2,
      },
      { customerNo: 5, order: 'A', at: at('01-10'), product: 'p1', category: 'x', amount: 10 },
      { customerNo: 2, order: 'C', at: at('01-05'), product: 'p1', category: '', amount: 20 },
      { customerNo: 0, order: 'N2', at: at('01-05'), product: 'p1' },
      { customerNo: 0, order: 'N1', at: at('01-05'), product: 'p2' },
    ]);
    await insertLines(clickhouse, [
      { customerNo: 0, order: 'N2', at: at('01-06'), product: 'p3' },
      { customerNo: 3, order: 'D', at: at('01-15'), product: 'p1', currency: 'USD', amount: 999 },
      { customerNo: 9, order: 'E', at: at('01-12'), product: 'p2', category: 'y' },
      // Out of the span, given back, without a product.
      { customerNo: 3, order: 'F', at: '2026-02-01T00:00:00.000Z', product: 'p1' },
      { customerNo: 3, order: 'G', at: '2025-12-31T23:59:59.999Z', product: 'p1' },
      { customerNo: 3, order: 'D', at: at('01-16'), product: 'p1', kind: 'refund' },
      { customerNo: 3, order: 'H', at: at('01-17'), product: '' },
    ]);
    await mergeCustomers(clickhouse, [{ absorbed: 9, survivor: 3 }]);
  });
  afterAll(() => test.close());

  const read = async (level: Level, whose: 'all' | 'people' = 'all') => {
    const rows: { no: number; day: number; ofNobody: boolean; order: bigint }[] = [];
    for await (const block of readLines(test.platform.reader, { ...span, level }, whose)) {
      const orders = new BigUint64Array(block.orderKeys.slice().buffer);
      for (let n = 0; n < block.count; n++) {
        rows.push({
          no: block.customerNos[n],
          day: new Date(block.seconds[n] * 1_000).getUTCDate(),
          ofNobody: block.ofNobody,
          order: orders[n],
        });
      }
    }
    return rows;
  };

  it('come person by person in the order of time, those of merged people together', async () => {
    const people = (await read('product', 'people')).map(({ no, day }) => [no, day]);
    expect(people).toEqual([
      [2, 5],
      [5, 10],
      [5, 20],
      [3, 12],
      [3, 15],
    ]);
  });

  it('of nobody come order by order, after everybody', async () => {
    const all = await read('product');
    const ofNobody = all.filter((row) => row.ofNobody);
    expect(all.slice(-3)).toEqual(ofNobody);
    expect(new Set(ofNobody.map(({ order }) => order)).size).toBe(2);
    const inTurns = ofNobody.filter(({ order }, n) => n > 0 && order !== ofNobody[n - 1].order);
    expect(inTurns).toHaveLength(1);
  });

  it('are left out where they do not say what was bought', async () => {
    // The category of an order line as a test writes it is never empty unless it is said so.
    expect((await read('category', 'people')).map(({ no, day }) => [no, day])).toEqual([
      [5, 10],
      [5, 20],
      [3, 12],
      [3, 15],
      [3, 17],
    ]);
  });

  it("say what was sold, the most frequent first, at the price of the brand's currency", async () => {
    const { reader } = test.platform;
    const sold = await ask(reader, itemsOf('product'), {
      ...spanParams(span),
      currency: 'CNY',
      recently: '2026-01-11 00:00:00.000',
    });
    // p3 was sold once: nothing can be said of it.
    expect(sold.map(({ id, lines, recent, price }) => ({ id, lines, recent, price }))).toEqual([
      { id: 'p1', lines: 4, recent: 1, price: (10 + 20 + 10) / 3 },
      { id: 'p2', lines: 3, recent: 2, price: (30 + 10 + 10) / 4 },
    ]);
    expect(new Set(sold.map(({ hash }) => hash)).size).toBe(2);
  });

  it('say how far they reach, and of how many people', async () => {
    const { reader } = test.platform;
    expect(await ask(reader, buyersIn, spanParams(span))).toEqual([
      { lines: 9, pieces: 10, people: 4 },
    ]);
    const [{ newest }] = await ask(reader, salesExtent, { asOf: '2026-01-31 00:00:00.000' });
    expect(new Date(newest).toISOString()).toBe('2026-01-20T10:00:00.000Z');
  });
});
