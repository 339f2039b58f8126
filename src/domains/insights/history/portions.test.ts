import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines, mergeCustomers } from '../../../../test/order-lines.ts';
import { hasMerges, portionsOf } from './portions.ts';

describe('portions of customers', () => {
  let test: TestPlatform;
  const numbers = [1, 2, 3, 999_999, 1_000_000, 1_000_001, 2_500_000];
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  /** Whom the lines of all portions count for, and how many lines each has. */
  const counted = async (): Promise<[number, number][]> => {
    const found: [number, number][] = [];
    for (const { where, buyer, params } of await portionsOf(test.platform.clickhouse)) {
      const rows = await test.platform.clickhouse.rows(`select toUInt32(${buyer}) as no, toUInt32(count()) as lines from order_line where ${where} group by no`, params) as { no: number; lines: number }[];
      found.push(...rows.map(({ no, lines }): [number, number] => [no, lines]));
    }
    return found.toSorted(([a], [b]) => a - b);
  };

  it('are none where nobody ordered', async () => {
    expect(await portionsOf(test.platform.clickhouse)).toEqual([]);
  });

  it('hold everybody once, at their edges too, and nobody without a number', async () => {
    await insertLines(test.platform.clickhouse, [...numbers, 0].map((customerNo) => ({ customerNo, order: `P${customerNo}` })));
    expect(await counted()).toEqual(numbers.map((no) => [no, 1]));
    expect(await hasMerges(test.platform.clickhouse)).toBe(false);
  });

  it('hold who was merged under the survivor, however far their numbers lie apart, and apart again when that is undone', async () => {
    await mergeCustomers(test.platform.clickhouse, [{ absorbed: 2_500_000, survivor: 2 }, { absorbed: 1_000_000, survivor: 999_999 }]);
    expect(await counted()).toEqual([[1, 1], [2, 2], [3, 1], [999_999, 2], [1_000_001, 1]]);
    expect(await hasMerges(test.platform.clickhouse)).toBe(true);
    await mergeCustomers(test.platform.clickhouse, [{ absorbed: 2_500_000, survivor: 2_500_000 }]);
    expect((await counted()).map(([no]) => no)).toEqual([1, 2, 3, 999_999, 1_000_001, 2_500_000]);
  });
});
