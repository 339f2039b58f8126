import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertLines } from '../../../../test/order-lines.ts';
import { createPlanningServer, type PlanningServer } from '../../../../test/planning-server.ts';
import { daysOf, listPlanMetrics, partsOf, periodOf, planPeriod, readFigures, unitOf } from '../contract.ts';
import { batchesOf } from './batches.ts';
import { createFigures, type Figures } from './figures.ts';
import { createKeptAnswers } from './kept-answers.ts';

const ask = (metric: string, filter: { dimension: string; value: string } | null = null) => ({ metric, filter });

describe('periods of a plan', () => {
  it('are years, quarters and months with all their days, in their order', () => {
    expect(['2026', '2026-Q1', '2024-02'].map((period) => ({ unit: unitOf(period), ...daysOf(period) }))).toEqual([
      { unit: 'year', from: '2026-01-01', to: '2026-12-31' }, { unit: 'quarter', from: '2026-01-01', to: '2026-03-31' }, { unit: 'month', from: '2024-02-01', to: '2024-02-29' }]);
    expect([periodOf('2026-11-26', 'year'), periodOf('2026-11-26', 'quarter'), periodOf('2026-11-26', 'month')]).toEqual(['2026', '2026-Q4', '2026-11']);
    expect([partsOf('2026', 'quarter'), partsOf('2026-Q4', 'month')]).toEqual([['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'], ['2026-10', '2026-11', '2026-12']]);
    expect(['2026-Q5', '2026-13', '1826', '2026-1'].map((text) => planPeriod.safeParse(text).success)).toEqual([false, false, false, false]);
  });
});

describe('live figures of a plan', () => {
  let team: PlanningServer;
  let figures: Figures;
  let questions = 0;
  beforeAll(async () => {
    team = await createPlanningServer('planning.read');
    await insertLines(team.platform.clickhouse, [
      { order: 'A', customerNo: 1, amount: 100, channel: '天猫', at: '2026-03-05T04:00:00.000Z' },
      { order: 'B', customerNo: 1, amount: 50, channel: '门店', at: '2026-05-20T04:00:00.000Z' },
      { order: 'C', customerNo: 2, amount: 30, kind: 'refund', channel: '门店', at: '2026-06-01T04:00:00.000Z' },
    ]);
    await team.platform.pg.query('update fact_state set data_version = data_version + 1');
    const { insights } = team;
    figures = createFigures(team.platform, { ...insights, answer: (...asked) => (questions++, insights.answer(...asked)) });
  });
  afterAll(() => team.close());

  it('come in the place they were asked at, by month, with their period and time; those of one table by one question', async () => {
    const readings = await figures.read([ask('sales'), ask('buyers'), ask('sales', { dimension: 'channel', value: '门店' }), ask('sales')], daysOf('2026'));
    expect(readings.map(({ value }) => value)).toEqual(['150', '1', '50', '150']);
    expect(questions).toBe(2);
    expect(readings[0]).toMatchObject({ state: 'known', period: { from: '2026-01-01', to: '2026-12-31' }, computedAt: '2026-06-18T04:00:00.000Z' });
    expect(readings[0].months.slice(1, 6).map(({ month, value }) => [month, value])).toEqual([['2026-02-01', null], ['2026-03-01', '100'], ['2026-04-01', null], ['2026-05-01', '50'], ['2026-06-01', '0']]);
  });

  it('are none, and said to be none, where nothing was recorded, where it is still to come, and where nobody counts it', async () => {
    const states = async (asked: ReturnType<typeof ask>, period: string) => (await figures.read([asked], daysOf(period)))[0];
    expect(await states(ask('sales'), '2026-02')).toMatchObject({ state: 'no_data', value: null });
    // A month in which something was recorded, of which none was sold.
    expect(await states(ask('sales'), '2026-06')).toMatchObject({ state: 'known', value: '0' });
    expect(await states(ask('averageOrder'), '2026-06')).toMatchObject({ state: 'no_data', value: null });
    expect(await states(ask('sales'), '2026-07')).toMatchObject({ state: 'not_begun', value: null });
    expect(await states(ask('profit'), '2026-03')).toMatchObject({ state: 'not_in_registry' });
    expect(await states(ask('customers', { dimension: 'category', value: 'x' }), '2026-03')).toMatchObject({ state: 'not_in_registry' });
    expect(await states(ask('customers'), '2026-03')).toMatchObject({ state: 'known', value: '0', months: [] });
  });

  it('are named in the reader’s language, with how their parts make the whole', async () => {
    const { body } = await team.ask(listPlanMetrics, {}, { locale: 'zh-CN' });
    const natures = new Map(body.metrics.map(({ name, nature }) => [name, nature]));
    expect(['sales', 'buyers', 'refundRate', 'customers'].map((name) => natures.get(name))).toEqual(['sum', 'distinct', 'level', 'standing']);
    expect(body.metrics.find(({ name }) => name === 'sales')).toMatchObject({ label: '销售额', unit: 'money' });
    expect(body.metrics.flatMap(({ dimensions }) => dimensions)).not.toContain('month');
    expect((await team.ask(readFigures, { body: { asked: [{ metric: 'sales' }], period: daysOf('2026-Q1') } })).body.readings[0]).toMatchObject({ state: 'known', value: '100' });
    expect((await team.ask(readFigures, { body: { asked: [], period: { from: '2026-02-01', to: '2026-01-01' } } })).status).toBe(400);
  });

  it('of two hundred goals are few questions, of no more metrics than one may ask for', () => {
    const names = team.insights.metrics().filter(({ isStanding }) => !isStanding).map(({ name }) => name);
    const asked = Array.from({ length: 200 }, (_, n) => ask(names[n % names.length], n % 4 ? null : { dimension: 'channel', value: '天猫' }));
    const metricOf = (name: string) => team.insights.metrics().find((each) => each.name === name)!;
    const batches = batchesOf(asked, metricOf, daysOf('2026'));
    expect(batches.flatMap((batch) => batch.asked)).toHaveLength(200);
    expect(batches.length).toBeLessThan(40);
    expect(Math.max(...batches.map(({ question }) => question.metrics.length))).toBeLessThanOrEqual(20);
  });

  it('are shown as they were a moment ago rather than waited for', async () => {
    let value = 1;
    let release = (): void => undefined;
    const answer = () => new Promise<never>((resolve) => { release = () => resolve({ totals: { sales: value } } as never); });
    const kept = createKeptAnswers(answer, team.platform.clock);
    const [{ question }] = batchesOf([ask('sales')], (name) => team.insights.metrics().find((each) => each.name === name)!, daysOf('2026'));
    expect(await kept(question, 5)).toBeNull();
    release();
    expect(await kept(question, 1_000)).toMatchObject({ totals: { sales: 1 } });
    value = 2;
    team.setTime('2026-06-18T04:10:00Z');
    expect(await kept(question, 1_000)).toMatchObject({ totals: { sales: 1 } });
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await kept(question, 1_000)).toMatchObject({ totals: { sales: 2 } });
  });
});
