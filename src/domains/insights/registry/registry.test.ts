import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { askQuestion, readChoices, readDefinitions } from '../contract.ts';

const period = { from: '2026-03-01', to: '2026-03-31' };

describe('the registry', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { clickhouse } = shop.platform;
    await insertLines(clickhouse, [
      { order: 'A', customerNo: 1, amount: 10, category: '茶叶', product: 'P1', productName: '白茶' },
      { order: 'B', customerNo: 2, amount: 20, category: '茶叶', product: 'P2', productName: 'Teapot' },
      { order: 'C', customerNo: 2, amount: 30, category: "it's 茶具", product: 'P2', productName: 'Teapot' },
    ]);
    await insertCustomers(clickhouse, [{ customerNo: 1, gender: 'female' }, { customerNo: 2, gender: 'male' }]);
    await shop.changed();
    // What a domain of points would bring.
    shop.insights.registerTable({ name: 'test.points', from: "(select 1 as no, toDateTime64('2026-03-02 00:00:00', 3, 'UTC') as granted_at, 5 as points union all select 2, toDateTime64('2026-02-10 00:00:00', 3, 'UTC'), 7)", at: 'granted_at', customer: 'no', columns: 'no, points' });
    shop.insights.registerMetric({
      name: 'test.points_granted', words: 'insights:metric.units', subject: 'members', table: 'test.points', unit: 'count', more: 'good', isAdditive: true,
      reckoned: { kind: 'aggregate', sql: (when) => `sumIf(points, ${when})` }, people: () => 'person > 0',
    });
    shop.insights.registerDimension({ name: 'test.tier', words: 'insights:dimension.brand', group: 'members', ofPerson: "select 1 as customer_no, 'gold' as value" });
  });
  afterAll(() => shop.close());

  it('takes what other domains bring: told apart by time and by their people, beside any other table', async () => {
    const { body, text } = await shop.ask(askQuestion, { body: { question: { metrics: ['test.points_granted', 'sales', 'buyers'], dimensions: ['month', 'test.tier'], period: { from: '2026-02-01', to: '2026-03-31' } } } });
    expect(body.rows, text).toMatchObject([
      { keys: ['2026-02-01', ''], figures: { 'test.points_granted': 7, sales: '0', buyers: 0 } },
      { keys: ['2026-03-01', ''], figures: { 'test.points_granted': 0, sales: '50', buyers: 1 } },
      { keys: ['2026-03-01', 'gold'], figures: { 'test.points_granted': 5, sales: '10', buyers: 1 } },
    ]);
    expect(body.totals).toEqual({ 'test.points_granted': 12, sales: '60', buyers: 2 });
  });

  it('gives a name once, and only to what its parts are there for', () => {
    const metric = { name: 'sales', words: 'insights:metric.sales', subject: 'sales' as const, table: 'lines', unit: 'count' as const, more: 'good' as const, isAdditive: true, reckoned: { kind: 'ratio' as const, of: ['sales', 'orders'] as [string, string] } };
    expect(() => shop.insights.registerMetric(metric)).toThrow('insights.name_taken');
    expect(() => shop.insights.registerMetric({ ...metric, name: 'x', table: 'nowhere' })).toThrow('insights.not_in_registry');
    expect(() => shop.insights.registerMetric({ ...metric, name: 'x', reckoned: { kind: 'ratio', of: ['sales', 'nothing'] } })).toThrow('insights.not_in_registry');
  });

  it.each(['zh-CN', 'zh-TW', 'en'])('says in %s what everything means, and what goes together', async (locale) => {
    const { body: { metrics, dimensions } } = await shop.ask(readDefinitions, {}, { locale });
    for (const { name, label, definition } of [...metrics, ...dimensions]) {
      expect(label, name).not.toMatch(/^(metric|dimension)\./);
      expect(definition.length, name).toBeGreaterThan(3);
    }
    const goesWith = (name: string): string[] => metrics.find((metric: { name: string }) => metric.name === name)?.dimensions ?? [];
    expect(goesWith('sales')).toEqual(expect.arrayContaining(['day', 'category', 'gender', 'test.tier']));
    expect(goesWith('visitors')).not.toContain('category');
    expect(goesWith('customers')).not.toContain('month');
    const values = dimensions.flatMap((dimension) => dimension.values ?? []);
    expect(values.filter(({ value, label }) => label === '' || label.includes('.') || (label === value && value !== ''))).toEqual([]);
  });

  it.each([
    ['category', '', ['茶叶', "it's 茶具"]],
    ['category', "IT'S", ["it's 茶具"]],
    ['category', "' or 1=1 --", []],
    ['product', 'teapot', ['P2']],
    ['gender', '', ['female', 'male']],
    ['newness', '', ['new', 'returning']],
    ['test.tier', '', ['gold']],
    ['month', '', []],
  ])('offers values of %s that contain "%s"', async (dimension, q, expected) => {
    const { body } = await shop.ask(readChoices, { query: { dimension, q } });
    expect(body.choices.map(({ value }) => value)).toEqual(expected);
  });

  it('offers them under the names that people know, and refuses a dimension nobody knows', async () => {
    expect((await shop.ask(readChoices, { query: { dimension: 'gender' } }, { locale: 'zh-CN' })).body.choices.map(({ label }) => label).sort()).toEqual(['女', '男'].sort());
    expect(await shop.ask(readChoices, { query: { dimension: 'nothing' } })).toMatchObject({ status: 400, code: 'insights.not_in_registry' });
    expect((await shop.ask(askQuestion, { body: { question: { metrics: ['sales'], period } } }, { permissions: 'insights.export' })).status).toBe(403);
  });
});
