import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { addDays } from '../../../kernel/day.ts';
import { askQuestion, listTargets, type QuestionAsked, setTargets } from '../contract.ts';
import { partOf, targetOf } from './target-of.ts';

const months = new Map([['2026-02-01', '280'], ['2026-03-01', '310'], ['2026-04-01', '100']]);

describe('the target of a period', () => {
  it.each([
    ['a month', '2026-03-01', '2026-03-31', '310'],
    ['two months', '2026-02-01', '2026-03-31', '590'],
    ['a day', '2026-03-05', '2026-03-05', '10'],
    ['days of two months', '2026-02-28', '2026-03-02', '30'],
    ['a day whose share is no whole number', '2026-04-01', '2026-04-01', '3.3333'],
    ['a month without one', '2026-05-01', '2026-05-31', null],
    ['days of a month with and one without', '2026-04-30', '2026-05-01', null],
  ])('that adds up, of %s', (_what, from, to, expected) => {
    expect(targetOf(months, { period: { from, to }, isAdditive: true })).toBe(expected);
  });

  it.each([
    ['a month', '2026-03-01', '2026-03-31', '310'],
    ['a part of a month', '2026-03-01', '2026-03-30', null],
    ['two months', '2026-02-01', '2026-03-31', null],
  ])('that does not add up, of %s', (_what, from, to, expected) => {
    expect(targetOf(months, { period: { from, to }, isAdditive: false })).toBe(expected);
  });

  it('shared out over days comes to the whole again, short of what rounding takes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 18 }), (start, length) => {
      const period = { from: addDays('2026-02-01', start), to: addDays('2026-02-01', start + length) };
      const days = Array.from({ length: length + 1 }, (_, i) => addDays(period.from, i));
      const parts = days.map((day) => Number(targetOf(months, { period: { from: day, to: day }, isAdditive: true })));
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - Number(targetOf(months, { period, isAdditive: true })))).toBeLessThan(0.01);
    }));
  });

  it('cuts a week or a month to the days that the period has of it', () => {
    const period = { from: '2026-03-05', to: '2026-04-10' };
    expect(partOf(period, '2026-03-02', 'week')).toEqual({ from: '2026-03-05', to: '2026-03-08' });
    expect(partOf(period, '2026-04-01', 'month')).toEqual({ from: '2026-04-01', to: '2026-04-10' });
    expect(partOf(period, '2026-03-31', 'day')).toEqual({ from: '2026-03-31', to: '2026-03-31' });
  });
});

describe('targets', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    await insertLines(shop.platform.clickhouse, [
      { order: 'A', customerNo: 1, amount: 100, channel: '天猫', at: '2026-03-05T04:00:00.000Z' },
      { order: 'B', customerNo: 2, amount: 50, channel: '门店', at: '2026-03-20T04:00:00.000Z' },
    ]);
    await shop.changed();
  });
  afterAll(() => shop.close());

  const set = (metric: string, given: [month: string, target: string | null][], of: { dimension: string; value: string } | object = {}) =>
    shop.ask(setTargets, { body: { metric, ...of, months: given.map(([month, target]) => ({ month, target })) } });
  const ask = async (given: Partial<QuestionAsked>) => {
    const reply = await shop.ask(askQuestion, { body: { question: { metrics: ['sales', 'buyers'], period: { from: '2026-03-01', to: '2026-03-31' }, compare: 'target', ...given } } });
    expect(reply.status, reply.text).toBe(200);
    return reply.body;
  };

  it('are set, changed and removed month by month, each time with a line in the audit log', async () => {
    expect((await set('sales', [['2026-02-01', '280.50'], ['2026-03-01', '310']])).status).toBe(204);
    expect((await set('sales', [['2026-02-01', null], ['2026-03-01', '311']])).status).toBe(204);
    expect((await shop.ask(listTargets, { query: { metric: 'sales' } })).body.targets).toEqual([{ metric: 'sales', dimension: null, value: null, label: null, month: '2026-03-01', target: '311' }]);
    expect((await shop.ask(listTargets, { query: { year: 2025 } })).body.targets).toEqual([]);
    expect((await shop.platform.pg.query("select from audit_log where action = 'insights.set_targets' and subject = 'metric:sales'")).rowCount).toBe(2);
  });

  it('stand beside figures: in all, by time, by the dimension they are of, and where a filter means just that', async () => {
    await set('sales', [['2026-03-01', '310']]);
    await set('buyers', [['2026-03-01', '4']]);
    await set('sales', [['2026-03-01', '62']], { dimension: 'channel', value: '天猫' });
    expect((await ask({})).totalsAgainst).toEqual({ sales: '310', buyers: 4 });
    const days = await ask({ dimensions: ['day'] });
    expect(days.rows[4]).toMatchObject({ keys: ['2026-03-05'], figures: { sales: '100' }, against: { sales: '10', buyers: null } });
    const channels = await ask({ dimensions: ['channel'] });
    expect(channels.rows.map(({ keys, against }) => [keys[0], against?.sales])).toEqual([['天猫', '62'], ['门店', null]]);
    const filters = [{ dimension: 'channel', test: 'in' as const, values: ['天猫'] }];
    expect((await ask({ filters })).totalsAgainst).toEqual({ sales: '62', buyers: null });
    const weeks = await ask({ filters, dimensions: ['week'] });
    expect(weeks.rows.map(({ against }) => against?.sales)).toEqual(['2', '14', '14', '14', '14', '4']);
    expect((await ask({ filters: [{ ...filters[0], test: 'not_in' }] })).totalsAgainst).toEqual({ sales: null, buyers: null });
    expect((await ask({ filters, dimensions: ['region'] })).rows[0].against?.sales).toBeNull();
  });

  it.each([
    ['a metric nobody knows', 'profit', {}, 'insights.not_in_registry'],
    ['what cannot be told apart so', 'visitors', { dimension: 'category', value: 'x' }, 'insights.do_not_combine'],
    ['a time, which months are already', 'sales', { dimension: 'day', value: '2026-03-01' }, 'insights.do_not_combine'],
    ['a dimension without a value', 'sales', { dimension: 'channel' }, 'platform.invalid_input'],
  ])('are refused for %s', async (_what, metric, of, code) => {
    expect(await set(metric, [['2026-03-01', '1']], of)).toMatchObject({ status: 400, code });
  });

  it.each([['2026-03-02', '1'], ['2026-03-01', '-1'], ['2026-03-01', '1e3'], ['2026-03-01', '0.00001']])('are refused for %s: %s', async (month, target) => {
    expect((await set('sales', [[month, target]])).status).toBe(400);
  });
});
