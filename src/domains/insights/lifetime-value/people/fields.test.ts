import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { mergeCustomers } from '../../../../../test/order-lines.ts';
import { lifetimeFields } from './fields.ts';

const row = (modelId: number, no: number, over: object = {}) => ({
  model_id: modelId, customer_no: no, first_day: '2026-01-10', last_day: '2026-05-01', orders: 3, channel: '官网', spent: 300, alive: 0.5,
  orders_30: 0.5, orders_90: 1, orders_365: 2.5, value_30: 50, value_90: 100, value_365: 250, value_ever: 600, tenth: 4, ...over,
});

describe('fields of lifetime value', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.clickhouse.insertRows('lifetime_value', [
      row(5, 1), row(5, 2, { channel: '' }), row(5, 3, { alive: 0.25, tenth: 9, first_day: '2025-11-02', channel: '门店' }), row(5, 4, { alive: 0.75 }), row(6, 1, { alive: 1 }),
    ]);
  });
  afterAll(() => test.close());

  const valuesOf = async (name: string, run = 5): Promise<[number, unknown][]> => {
    const field = lifetimeFields(() => run).map((each) => each()).find((each) => each.name === `lifetime.${name}`);
    const rows = await test.platform.reader.rows(`select customer_no as no, toString(value) as value from (${field?.relation}) order by no`) as { no: number; value: unknown }[];
    return rows.map(({ no, value }) => [no, value]);
  };

  it('are those of one run', async () => {
    expect(await valuesOf('alive')).toEqual([[1, '50'], [2, '50'], [3, '25'], [4, '75']]);
    expect(await valuesOf('alive', 6)).toEqual([[1, '100']]);
    expect(await valuesOf('alive', 7)).toEqual([]);
  });

  it('have no value where nothing is known', async () => {
    expect(await valuesOf('channel')).toEqual([[1, '官网'], [2, null], [3, '门店'], [4, '官网']]);
    expect(await valuesOf('first_day')).toEqual([[1, '2026-01-10'], [2, '2026-01-10'], [3, '2025-11-02'], [4, '2026-01-10']]);
  });

  it('count people who were merged since as one: what is to come is added, the likelier life and the higher tenth count, and the earlier beginning', async () => {
    await mergeCustomers(test.platform.clickhouse, [{ absorbed: 3, survivor: 1 }, { absorbed: 4, survivor: 9 }]);
    const merged: [string, string, string][] = [
      ['alive', '50', '75'], ['orders_30', '1', '0.5'], ['orders_90', '2', '1'], ['orders_365', '5', '2.5'], ['value_30', '100', '50'], ['value_90', '200', '100'],
      ['value_365', '500', '250'], ['value_ever', '1200', '600'], ['tenth', '9', '4'], ['days_bought', '6', '3'], ['channel', '门店', '官网'], ['first_day', '2025-11-02', '2026-01-10'],
    ];
    expect(merged).toHaveLength(lifetimeFields(() => 5).length);
    for (const [name, first, ninth] of merged) {
      const values = new Map(await valuesOf(name));
      expect([name, values.get(1), values.get(9), [...values.keys()]]).toEqual([name, first, ninth, [1, 2, 9]]);
    }
  });
});
