import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { createCommerce, type Commerce } from '../public.ts';

describe('totals of customers', () => {
  let test: TestPlatform;
  let commerce: Commerce;
  beforeAll(async () => {
    test = await createTestPlatform();
    commerce = createCommerce(test.platform);
    await insertLines(test.platform.clickhouse, [
      { customerNo: 1, order: 'A1', amount: 10.25, at: '2026-01-01T00:00:00.000Z' },
      { customerNo: 1, order: 'A1', amount: 4, at: '2026-01-01T00:00:00.000Z' },
      { customerNo: 1, order: 'A2', amount: 6, at: '2026-02-01T00:00:00.000Z' },
      { customerNo: 1, order: 'A1', amount: 4, kind: 'refund', at: '2026-03-01T00:00:00.000Z' },
      { customerNo: 2, order: 'B1', amount: 3, kind: 'refund', at: '2026-03-01T00:00:00.000Z' },
      { customerNo: 0, order: 'N1', amount: 99 },
    ]);
  });
  afterAll(() => test.close());
  const stored = () => test.platform.clickhouse.rows(
    `select customer_no, first_order_at, last_order_at, orders, refunds, sales, refunded from customer_summary final order by customer_no`);
  const one = {
    customer_no: 1, first_order_at: '2026-01-01T00:00:00.000Z', last_order_at: '2026-02-01T00:00:00.000Z',
    orders: 2, refunds: 1, sales: '20.25', refunded: '4',
  };
  const two = { customer_no: 2, first_order_at: null, last_order_at: null, orders: 0, refunds: 1, sales: '0', refunded: '3' };
  const nothing = (customerNo: number) => ({ ...two, customer_no: customerNo, refunds: 0, refunded: '0' });

  it('are made from the facts for those asked; nobody has none', async () => {
    await commerce.refreshSummaries([1, 1, 0]);
    expect(await stored()).toEqual([one]);
    await commerce.refreshSummaries([2, 7]);
    expect(await stored()).toEqual([one, two, nothing(7)]);
  });

  it('are the same when all are made at once', async () => {
    await commerce.refreshSummaries('all');
    await commerce.refreshSummaries('all');
    expect(await stored()).toEqual([one, two, nothing(7)]);
    expect(await commerce.totalsOf([1, 2])).toEqual({
      firstOrderAt: one.first_order_at, lastOrderAt: one.last_order_at, orders: 2, refunds: 2, sales: '20.25', refunded: '7',
    });
  });

  it.each([['for those asked', [2]], ['for all', 'all']] as const)('become nothing when the facts are gone, %s', async (_name, who) => {
    await insertLines(test.platform.clickhouse, [{ customerNo: 2, order: 'B2', amount: 5 }]);
    await commerce.refreshSummaries(who);
    expect((await stored())[1]).toMatchObject({ orders: 1, sales: '5' });
    await test.platform.clickhouse.command('delete from order_line where customer_no = 2');
    await commerce.refreshSummaries(who);
    expect((await stored())[1]).toEqual(nothing(2));
  });

  it('hold for more customers than one statement takes', async () => {
    const many = Array.from({ length: 45_000 }, (_, i) => ({ customerNo: 1_000 + i, order: `M${i}`, amount: 1 }));
    await insertLines(test.platform.clickhouse, many);
    await commerce.refreshSummaries(many.map((line) => line.customerNo));
    const [row] = await test.platform.clickhouse.rows('select sum(orders) as orders from customer_summary final where customer_no >= 1000');
    expect(row).toEqual({ orders: '45000' });
  });

  it('leave out nobody at the edges of what is made at once', async () => {
    const numbers = [999_999, 1_000_000, 1_000_001, 2_000_000, 2_000_001];
    await insertLines(test.platform.clickhouse, numbers.map((customerNo) => ({ customerNo, order: `E${customerNo}`, amount: 5 })));
    await commerce.refreshSummaries('all');
    const found = await test.platform.clickhouse.rows('select customer_no from customer_summary final where customer_no > 900000 and sales = 5 order by customer_no');
    expect(found).toEqual(numbers.map((customer_no) => ({ customer_no })));
  });
});
