import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { reloadMerges } from '../../../platform/clickhouse/merge-dictionary.ts';
import { createCommerce } from '../../commerce/public.ts';
import { rule } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { Bindings } from './bindings.ts';
import { createSetEvaluator } from './evaluator.ts';
import { printCondition } from './print.ts';

const noSets = { members: () => Promise.reject(new Error()), list: () => Promise.reject(new Error()), tag: () => Promise.resolve(null) };
const fields = createFieldRegistry();
const present = { now: new Date('2026-06-30T04:00:00Z'), timeZone: 'Asia/Shanghai', untilMs: null };
const measure = (name: string, compare: object, over: object = {}) => rule.parse({ kind: 'measure', facts: { fact: 'order' }, measure: name, compare, ...over });
const since = (which: string, days: number) => measure(`days_since_${which}`, { is: 'at_most', value: days });

/** Whose orders lie how many days back: 1 ordered twice, 2 lately, 3 long ago, 4 gave back only, 5 nothing. */
const orders: [no: number, daysAgo: number, kind: string][] = [[1, 100, 'sale'], [1, 5, 'sale'], [2, 3, 'sale'], [3, 200, 'sale'], [4, 10, 'refund']];

describe('measures and moments of all time', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.clickhouse.insertRows('customer', [1, 2, 3, 4, 5].map((customer_no) => ({ customer_no, version: 1, status: 'active', created_at: '2024-01-01 00:00:00' })));
    await test.platform.clickhouse.insertRows('order_line', orders.map(([customer_no, daysAgo, kind], i) => ({
      fact_id: i + 1, customer_no, occurred_at: new Date(present.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 19).replace('T', ' '),
      kind, order_id: `o${i}`, quantity: '1', unit_price: '10', amount: kind === 'sale' ? '10' : '-10', source: 't',
    })));
    await createCommerce(test.platform).refreshSummaries('all');
  });
  afterAll(() => test.close());

  const meant = async (asked: ReturnType<typeof measure>, hasMerges: boolean): Promise<number[]> => {
    const evaluator = createSetEvaluator(test.platform, () => Promise.resolve({ hasMerges, facts: `${hasMerges}`, customers: `${hasMerges}` }), noSets);
    return [...(await evaluator.evaluate(resolveRule(asked, fields, present)))];
  };

  it('read no order line', () => {
    for (const asked of [since('first', 30), since('last', 30), measure('orders', { is: 'at_least', value: 2 }), measure('amount', { is: 'more_than', value: 15 })]) {
      const resolved = resolveRule(asked, fields, present);
      if (!('condition' in resolved)) throw new Error('a leaf is meant');
      for (const hasMerges of [false, true]) expect(printCondition(resolved.condition as never, { hasMerges }, new Bindings()).sql).not.toContain('order_line');
    }
  });

  it('mean the first and the last sale; a refund is none, and nothing is in no range', async () => {
    expect(await meant(since('first', 30), false)).toEqual([2]);
    expect(await meant(since('last', 30), false)).toEqual([1, 2]);
    expect(await meant(measure('days_since_last', { is: 'at_least', value: 6 }), false)).toEqual([3]);
    expect(await meant(since('last', 100_000), false)).toEqual([1, 2, 3]);
  });

  it('hold for merged people together', async () => {
    await test.platform.clickhouse.insertRows('merge_pair', [{ absorbed_no: 2, survivor_no: 3, version: 1 }]);
    await test.platform.clickhouse.insertRows('customer', [{ customer_no: 2, version: 2, status: 'merged', created_at: '2024-01-01 00:00:00' }]);
    await reloadMerges(test.platform.clickhouse);
    expect(await meant(since('first', 30), true)).toEqual([]);
    expect(await meant(since('last', 30), true)).toEqual([1, 3]);
    expect(await meant(measure('orders', { is: 'at_least', value: 2 }), true)).toEqual([1, 3]);
  });
});
