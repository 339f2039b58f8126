import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../../test/order-lines.ts';
import { gatherHistories } from './gather.ts';

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const line = (customerNo: number, at: string, over: Partial<TestLine> = {}): Partial<TestLine> => ({ customerNo, at, order: `${customerNo} ${at}`, amount: 10, ...over });

interface History {
  no: number;
  days: number[];
  own: number;
  spent: number;
  before: number;
  channel: string;
}

describe('histories of who bought when', () => {
  let test: TestPlatform;
  let shares: number[];
  const histories = new Map<number, History>();
  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse } = test.platform;
    await insertLines(clickhouse, [
      // Half an hour before midnight in Shanghai and half an hour after it.
      line(1, '2026-03-01T15:30:00.000Z', { channel: '官网' }), line(1, '2026-03-01T16:30:00.000Z', { channel: '门店' }),
      // The last moment of the window, and the first beyond it; the first of it, and the last before it.
      line(2, '2026-06-30T15:59:59.000Z'), line(2, '2026-06-30T16:00:00.000Z'),
      line(3, '2025-12-31T16:00:00.000Z'), line(3, '2025-12-31T15:59:59.000Z'),
      // Two orders of one day in two currencies, and a day in the other one alone.
      line(4, '2026-02-01T04:00:00.000Z', { amount: 7 }), line(4, '2026-02-01T05:00:00.000Z', { currency: 'USD', amount: 900 }), line(4, '2026-02-03T05:00:00.000Z', { currency: 'USD', amount: 900 }), line(4, '2026-02-05T05:00:00.000Z', { currency: '', amount: 5 }),
      // Bought before the split, given back after it; given back without having bought.
      line(5, '2026-03-10T04:00:00.000Z', { amount: 100.1 }), line(5, '2026-05-10T04:00:00.000Z', { kind: 'refund', amount: 100.1 }), line(6, '2026-03-10T04:00:00.000Z', { kind: 'refund' }),
      // Nobody's, and two who are one today, far apart in numbers.
      line(0, '2026-03-10T04:00:00.000Z'), line(7, '2026-04-02T04:00:00.000Z', { channel: '天猫' }), line(2_500_000, '2026-04-01T04:00:00.000Z', { channel: '官网' }), line(2_500_001, '2026-04-01T04:00:00.000Z'),
    ]);
    await mergeCustomers(clickhouse, [{ absorbed: 2_500_000, survivor: 7 }]);
    shares = [];
    await gatherHistories(clickhouse, {
      modelId: 8, zone: 'Asia/Shanghai', currency: 'CNY', fromAt: '2025-12-31T16:00:00.000Z', untilAt: '2026-06-30T16:00:00.000Z', split: dayOf('2026-04-30'),
    }, async (share) => void shares.push(share));
    const rows = await clickhouse.rows('select customer_no as no, days, own_days as own, spent, spent_before as before, channel from lifetime_history where model_id = 8') as History[];
    for (const row of rows) histories.set(row.no, row);
    expect(rows).toHaveLength(histories.size);
  });
  afterAll(() => test.close());

  const days = (no: number): number[] | undefined => histories.get(no)?.days;

  it('go by the days of the brand, and by the channel of the first purchase', () => {
    expect(days(1)).toEqual([dayOf('2026-03-01'), dayOf('2026-03-02')]);
    expect(histories.get(1)?.channel).toBe('官网');
  });

  it('begin and end with the window, to the second', () => {
    expect(days(2)).toEqual([dayOf('2026-06-30')]);
    expect(days(3)).toEqual([dayOf('2026-01-01')]);
    expect(histories.get(3)).toMatchObject({ spent: 10 });
  });

  it('count days of another currency as purchases, and its money not', () => {
    expect(days(4)).toEqual(['2026-02-01', '2026-02-03', '2026-02-05'].map(dayOf));
    expect(histories.get(4)).toMatchObject({ own: 2, spent: 12 });
  });

  it('take what was given back off the day it was given back on, to exactly nothing', () => {
    expect(histories.get(5)).toMatchObject({ days: [dayOf('2026-03-10')], spent: 0, before: 100.1 });
    expect(histories.has(6)).toBe(false);
  });

  it('put merged people together, whatever their numbers, and nobody else', () => {
    expect(histories.get(7)).toMatchObject({ days: [dayOf('2026-04-01'), dayOf('2026-04-02')], spent: 20, channel: '官网' });
    expect(histories.has(2_500_000)).toBe(false);
    expect(days(2_500_001)).toEqual([dayOf('2026-04-01')]);
    expect([...histories.keys()].toSorted((p, q) => p - q)).toEqual([1, 2, 3, 4, 5, 7, 2_500_001]);
  });

  it('tell how far they are, range by range', () => {
    expect(shares).toHaveLength(3);
    expect(shares.every((share, i) => share >= 0 && share < 1 && (i === 0 || share > shares[i - 1]))).toBe(true);
  });
});
