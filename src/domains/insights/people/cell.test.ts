import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers, insertEvents } from '../../../../test/audience-people.ts';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers } from '../../../../test/order-lines.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { Rule } from '../../audiences/contract.ts';
import { askQuestion, type QuestionAsked, readPeople } from '../contract.ts';

const period = { from: '2026-02-01', to: '2026-04-30' };

/** Metrics that count people, so that a cell's number is how many its people are. */
const counts: Record<string, string[]> = {
  buyers: ['channel', 'month', 'newness', 'gender', 'week'], newBuyers: ['channel', 'month', 'firstChannel'], returningBuyers: ['month', 'category'], refundingBuyers: ['category'],
  visitors: ['event', 'month', 'province'], newCustomers: ['province', 'month', 'ageBand'], customers: ['province', 'gender'], reachableCustomers: ['gender'],
};

describe('the people behind a number of an answer', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { clickhouse } = shop.platform;
    const random = seededRandom(11);
    const some = <T>(of: T[]): T => of[Math.floor(random() * of.length)];
    const at = (): string => new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 130) * 86_400_000).toISOString();
    await insertCustomers(clickhouse, Array.from({ length: 60 }, (_, i) => ({
      customerNo: i + 1, createdAt: at(), gender: some(['female', 'male', '']), province: some(['浙江', '上海']), channel: some(['天猫', '门店']), birthDate: some([null, '1990-01-01']),
      status: i >= 55 ? 'merged' as const : 'active' as const, consents: some([[], ['sms/marketing/granted']]),
    })));
    await insertLines(clickhouse, Array.from({ length: 300 }, (_, i) => ({
      order: `O${i}`, customerNo: Math.floor(random() * 61), at: at(), kind: some(['sale', 'sale', 'refund']), channel: some(['天猫', '门店']), category: some(['茶叶', '茶具', '']), amount: 10,
    })));
    await insertEvents(clickhouse, Array.from({ length: 200 }, () => ({ customerNo: Math.floor(random() * 61), at: at(), name: some(['Product Viewed', 'Signed Up']), properties: {} })));
    await mergeCustomers(clickhouse, [56, 57, 58, 59, 60].map((absorbed, i) => ({ absorbed, survivor: i + 1 })));
    await shop.changed();
  });
  afterAll(() => shop.close());

  const peopleOf = (question: QuestionAsked, metric: string, at: { dimension: string; key: string }[] = []) =>
    shop.ask(readPeople, { body: { of: { kind: 'cell', question, metric, at } } });

  it.each(Object.entries(counts))('are as many as the number says: %s', async (metric, dimensions) => {
    let checked = 0;
    for (const by of [[], ...dimensions.map((name) => [name]), dimensions.slice(0, 2)]) {
      const question = { metrics: [metric], dimensions: by, period, compare: 'before' as const };
      const { body, text } = await shop.ask(askQuestion, { body: { question } });
      expect(body.rows, text).toBeDefined();
      for (const row of body.rows) {
        const people = await peopleOf(question, metric, by.map((dimension, i) => ({ dimension, key: row.keys[i] })));
        expect(people.body.size, `${metric} ${by} ${row.keys} ${people.text}`).toBe(row.figures[metric]);
        checked += people.body.size;
      }
      expect((await peopleOf(question, metric)).body.size).toBe(body.totals[metric]);
    }
    expect(checked).toBeGreaterThan(30);
  });

  it('are said in words, and are those whom a rule means where one can', async () => {
    const question = { metrics: ['sales'], dimensions: ['channel'], filters: [{ dimension: 'category', test: 'not_in' as const, values: ['茶具'] }], period };
    const { body } = await shop.ask(readPeople, { body: { of: { kind: 'cell', question, metric: 'sales', at: [{ dimension: 'channel', key: '天猫' }] } } }, { locale: 'zh-CN' });
    expect(body.sentence).toBe('2026-02-01 至 2026-04-30「销售额」中的用户，品类不是茶具，渠道为天猫');
    expect(body.rule).toMatchObject({ kind: 'measure', measure: 'orders', period });
    const byRule = await shop.ask(readPeople, { body: { of: { kind: 'rule', rule: body.rule as Rule } } });
    expect(body.size).toBeGreaterThan(5);
    expect(byRule.body.size).toBe(body.size);
    expect((await peopleOf({ metrics: ['visitors'], period: { relative: 'last30' } }, 'visitors')).body.rule).toBeNull();
  });

  it.each([
    ['last30', { from: { ago: 30, unit: 'day' }, to: { ago: 1, unit: 'day' } }],
    ['thisMonth', { from: { calendar: 'month', ago: 0 }, to: { ago: 0, unit: 'day' } }],
    ['lastWeek', { from: { calendar: 'week', ago: 1 }, to: { calendar: 'week', ago: 1 } }],
    ['yesterday', { from: { ago: 1, unit: 'day' }, to: { ago: 1, unit: 'day' } }],
    ['today', { from: { ago: 0, unit: 'day' }, to: { ago: 0, unit: 'day' } }],
  ] as const)('of a period that moves on have a rule that moves on: %s', async (relative, expected) => {
    expect((await peopleOf({ metrics: ['buyers'], period: { relative } }, 'buyers')).body.rule).toMatchObject({ period: expected });
  });

  it('are refused where a number stands for nobody, or nothing has its name', async () => {
    expect(await peopleOf({ metrics: ['refundRate'], period }, 'refundRate')).toMatchObject({ status: 400, code: 'insights.nobody_behind' });
    expect(await peopleOf({ metrics: ['profit'], period }, 'profit')).toMatchObject({ status: 400, code: 'insights.not_in_registry' });
    expect(await peopleOf({ metrics: ['visitors'], period }, 'visitors', [{ dimension: 'category', key: '' }])).toMatchObject({ status: 400, code: 'insights.do_not_combine' });
  });
});
