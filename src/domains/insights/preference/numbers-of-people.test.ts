import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../test/order-lines.ts';
import { train } from '../../../../test/train-model.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { Rule } from '../../audiences/contract.ts';
import { readPeople, readPreference } from '../contract.ts';
import { both, preferrersWith, prefers } from '../web/preference/rules.ts';
import { heldPreferences } from './held-data.ts';
import { preferenceKind } from './preference-kind.ts';
import { preferenceFigures } from './person-figures.ts';

const asOf = new Date('2026-06-30T04:00:00Z');
const people = 300;
const hostile = "Robert'); drop table preference; --";

describe('numbers of preferences', () => {
  let insights: InsightsServer;
  let result: Awaited<ReturnType<typeof read>>;
  const read = async () => (await insights.ask(readPreference)).body.result!;
  beforeAll(async () => {
    insights = await createInsightsServer();
    const { platform } = insights;
    platform.clock.now = () => asOf;
    const random = seededRandom(12);
    const given: Partial<TestLine>[] = [];
    for (let no = 1; no <= people; no++) {
      const category = ['茶叶', '咖啡', hostile][no % 3];
      for (let order = 0; order < 2 + (no % 4); order++) {
        const at = new Date(
          Date.UTC(2026, 4, 1 + Math.floor(random() * 28), random() < 0.7 ? no % 12 : Math.floor(random() * 24)),
        ).toISOString();
        const price = no % 7 === 0 ? 0 : 10 + Math.floor(random() * 90);
        given.push({
          customerNo: no,
          at,
          order: `O${no}-${order}`,
          category: random() < 0.8 ? category : '茶叶',
          channel: no % 2 === 0 ? '天猫' : '抖音',
          brand: '常青',
          amount: price,
        });
      }
    }
    given.push({ customerNo: 9, order: 'back', kind: 'refund', amount: 5 });
    await insertLines(platform.clickhouse, given);
    await platform.clickhouse
      .command(`insert into customer (customer_no, version, status, created_at, channel, gender, birth_date, province)
      select number + 1, 1, 'active', '2026-01-01 00:00:00', '官网', '', multiIf(number % 3 = 0, toDate32('1996-06-30'), number % 3 = 1, toDate32('2008-07-01'), null), if(number % 5 = 0, '浙江', '上海') from numbers(${people})`);
    await insights.changed();
    expect((await train(insights, 'preference')).failure).toBeNull();
    result = await read();
  });
  afterAll(() => insights.close());

  const behind = async (rule: Rule): Promise<number> => {
    const { status, body, text } = await insights.ask(readPeople, { body: { of: { kind: 'rule', rule } } });
    expect(status, text).toBe(200);
    return body.size;
  };

  it('are the people that their rules find, every one', async () => {
    expect(result.people).toBe(people);
    expect(result.tiers.reduce((sum, { people: count }) => sum + count, 0)).toBe(people);
    for (const { tier, people: count } of result.tiers)
      if (tier > 0) expect(await behind(prefers('tier', `tier${tier}`)), `tier ${tier}`).toBe(count);
    expect(result.values.map(({ dimension }) => dimension)).toEqual(
      expect.arrayContaining(['category', 'channel', 'hour', 'weekday']),
    );
    for (const { dimension, value, people: count } of result.values)
      expect(await behind(prefers(dimension, value)), `${dimension} ${value}`).toBe(count);
    for (const { category, traits } of result.preferrers) {
      for (const { trait, value, people: count } of traits)
        expect(await behind(preferrersWith(category, trait, value)), `${category}, ${trait} ${value}`).toBe(count);
    }
    for (const { hour, weekday, people: count } of result.week.slice(0, 20))
      expect(await behind(both(prefers('weekday', `day${weekday}`), prefers('hour', `hour${hour}`)))).toBe(count);
  });

  it('know ages on the day of a birthday', () => {
    const ages = new Set(
      result.preferrers.flatMap(({ traits }) =>
        traits.filter(({ trait }) => trait === 'age').map(({ value }) => value),
      ),
    );
    expect(ages).toEqual(new Set(['30-34', '0-17']));
  });

  it('are compared with everybody of whom the trait is known', () => {
    for (const { traits } of result.preferrers) {
      for (const trait of ['channel', 'province', 'age'] as const) {
        const own = traits.filter((row) => row.trait === trait);
        const size = own.reduce((sum, row) => sum + row.people, 0);
        const all = new Map(
          result.preferrers.flatMap((each) =>
            each.traits.filter((row) => row.trait === trait).map((row) => [row.value, row.inBase]),
          ),
        );
        const base = [...all.values()].reduce((sum, count) => sum + count, 0);
        for (const row of own) expect(row.tgi).toBeCloseTo(((row.people / size) * 100) / (row.inBase / base), 8);
      }
    }
    const total = result.week.reduce((sum, { people: count }) => sum + count, 0);
    const [cell] = result.week;
    const sum = (is: (one: typeof cell) => boolean): number =>
      result.week.filter(is).reduce((count, one) => count + one.people, 0);
    expect(cell.index).toBeCloseTo(
      (100 * cell.people * total) / (sum((one) => one.hour === cell.hour) * sum((one) => one.weekday === cell.weekday)),
      8,
    );
  });

  it('of money are what people spent less what they got back, to the last decimal', async () => {
    const [{ net }] = (await insights.platform.clickhouse.rows(
      'select toString(sum(amount)) as net from order_line',
    )) as { net: string }[];
    expect(result.tiers.reduce((sum, { value }) => sum + Number(value), 0)).toBe(Number(net));
    // Of whom every price is zero there is no purchasing power.
    expect(result.tiers.find(({ tier }) => tier === 0)?.people).toBe(Math.floor(people / 7));
  });

  it('are words in rules and on the page of a person', async () => {
    const { body } = await insights.ask(
      readPeople,
      { body: { of: { kind: 'rule', rule: prefers('hour', 'hour11') } } },
      { locale: 'zh-CN' },
    );
    expect(body.sentence).toContain('偏好时段');
    expect(body.sentence).toContain('11–12 点');
    const { modelId } = (await insights.platform.pg.query('select max(model_id) as "modelId" from insight_model'))
      .rows[0];
    const figures = await preferenceFigures(insights.platform, () => modelId).read([4], 'en');
    expect(figures[0]).toEqual({ label: 'insights:preference.field.category', value: '咖啡', unit: 'text' });
    expect(figures.at(-1)).toMatchObject({ label: 'insights:preference.field.tier', unit: 'message' });
    expect(await preferenceFigures(insights.platform, () => modelId).read([people + 1], 'en')).toEqual([]);
  });

  it('count people under one number who were merged since, and forget who is erased', async () => {
    const { clickhouse, pg } = insights.platform;
    const before = await behind(prefers('category', '咖啡'));
    // 4 and 5 prefer other things; 5 has more orders.
    await mergeCustomers(clickhouse, [{ absorbed: 4, survivor: 5 }]);
    await clickhouse.command(
      "insert into customer (customer_no, version, status, created_at) values (4, 2, 'merged', '2026-01-01 00:00:00')",
    );
    await pg.query('update fact_state set data_version = data_version + 1');
    expect(await behind(prefers('category', '咖啡'))).toBe(before - 1);
    const held = heldPreferences(insights.platform);
    const person = { customerNos: [4, 5], identifiers: [] };
    expect(await held.count(person)).toBe(2);
    const exported = await Array.fromAsync(held.export(person));
    expect(exported).toMatchObject([{ customer_no: 4, category: '咖啡' }, { customer_no: 5 }]);
    expect(await held.erase(person)).toBe(2);
    expect([await held.count(person), await held.erase(person)]).toEqual([0, 0]);
  });

  it('are those of the newest run, and are computed anew when they are gone', async () => {
    const { clickhouse, pg } = insights.platform;
    const run = await train(insights, 'preference');
    expect(run.state).toBe('done');
    // What a run before kept is dropped a moment after the newer one is shown.
    await expect
      .poll(() => clickhouse.rows('select distinct model_id as id from preference'))
      .toEqual([{ id: run.modelId }]);
    const kind = preferenceKind(insights.platform);
    const kept = await read();
    expect(await kind.isThere!(run.modelId, kept)).toBe(true);
    await clickhouse.command('truncate table preference');
    expect(await kind.isThere!(run.modelId, kept)).toBe(false);
    expect((await pg.query("select count(*) from insight_model where state = 'done'")).rows[0].count).toBe(2);
  });
});

describe('preferences of a brand that has', () => {
  let insights: InsightsServer;
  beforeAll(async () => {
    insights = await createInsightsServer();
    insights.platform.clock.now = () => asOf;
  });
  afterAll(() => insights.close());

  const computed = async (lines: Partial<TestLine>[]) => {
    const { clickhouse } = insights.platform;
    for (const table of ['order_line', 'customer', 'customer_summary'])
      await clickhouse.command(`truncate table ${table}`);
    await insertLines(clickhouse, lines);
    await clickhouse.command(
      `insert into customer (customer_no, version, status, created_at) select distinct customer_no, 1, 'active', '2026-01-01 00:00:00' from order_line where customer_no > 0`,
    );
    await insights.changed();
    const run = await train(insights, 'preference');
    return {
      run,
      result: (await insights.ask(readPreference)).body.result,
      rows: (await clickhouse.rows(
        'select customer_no as no, toString(category) as category, tier, orders from preference where model_id = {modelId:UInt32} order by no',
        { modelId: run.modelId },
      )) as object[],
    };
  };

  it('nothing, only refunds, or sales of nobody are refused, and it is said what is needed', async () => {
    for (const lines of [[], [{ kind: 'refund' as const }], [{ customerNo: 0 }]]) {
      const { run } = await computed(lines);
      expect(run.state).toBe('failed');
      expect(run.failure).toContain('Import orders');
    }
  });

  it('three orders of one person are computed, and nothing is claimed of how good they are', async () => {
    const { run, result, rows } = await computed(
      ['A', 'B', 'C'].map((order) => ({ order, at: '2026-06-01T04:00:00.000Z' })),
    );
    expect(run.failure).toBeNull();
    // Of one person, and of one category, everybody is the same as this one.
    expect(rows).toEqual([{ no: 1, category: '', tier: expect.any(Number), orders: 3 }]);
    expect(result).toMatchObject({ people: 1, quality: [], preferrers: [], values: [] });
  });

  it('prices of zero and in two currencies, orders of 1970, and no second purchase are computed', async () => {
    const { run, result, rows } = await computed([
      { customerNo: 1, order: 'A', category: '茶叶', amount: 0, at: '2026-06-01T04:00:00.000Z' },
      { customerNo: 2, order: 'B', category: '咖啡', amount: 900, currency: 'USD', at: '2026-06-01T04:00:00.000Z' },
      { customerNo: 3, order: 'C', category: '坚果', amount: 10, at: '1970-01-01T00:00:00.000Z' },
      { customerNo: 4, order: 'D', category: hostile, amount: 20, at: '2026-06-01T04:00:00.000Z' },
      { customerNo: 5, order: 'E', category: '茶叶', quantity: 0, amount: 7, at: '2026-06-01T04:00:00.000Z' },
      { customerNo: 6, order: 'F', category: '', brand: '', channel: '', amount: 7, at: '2026-06-01T04:00:00.000Z' },
    ]);
    expect(run.failure).toBeNull();
    expect(result).toMatchObject({ people: 6, inOtherCurrency: 1, withoutPrice: 3, quality: [] });
    expect(rows).toMatchObject([
      { no: 1, category: '茶叶', tier: 0 },
      { no: 2, category: '咖啡', tier: 0 },
      { no: 3, category: '' },
      { no: 4, category: hostile },
      { no: 5, tier: 0 },
      { no: 6, category: '' },
    ]);
  });

  it('more people who came back than one statement can name, and categories with very long names', async () => {
    const { clickhouse } = insights.platform;
    const many = 21_000;
    for (const table of ['order_line', 'customer']) await clickhouse.command(`truncate table ${table}`);
    await clickhouse.command(`insert into order_line (fact_id, customer_no, occurred_at, kind, order_key, order_id, product_id, category, brand, channel, quantity, unit_price, amount, currency)
      select number, 10000001 + number % ${many}, toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + toIntervalHour(number % 3000), 'sale', number, toString(number), 'P',
        concat(repeat('很长的名字', 40), '\\'', toString(number % 400)), '常青', '天猫', 1, 10 + number % 7, 10 + number % 7, 'CNY' from numbers(${2 * many})`);
    await clickhouse.command(`insert into customer (customer_no, version, status, created_at) select 10000001 + number, 1, 'active', '2026-01-01 00:00:00' from numbers(${many})`);
    await insights.changed();
    expect((await train(insights, 'preference')).failure).toBeNull();
    const { result } = (await insights.ask(readPreference)).body;
    expect(result).toMatchObject({ people: many, lines: 2 * many });
    expect(result!.quality[0].people).toBeGreaterThan(9_000);
    expect(result!.values.filter(({ dimension }) => dimension === 'category').length).toBeGreaterThan(10);
  });

  it('is closed to who may not read, and empty before anything is computed', async () => {
    expect((await insights.ask(readPreference, {}, { permissions: 'insights.export' })).status).toBe(403);
    await insights.platform.pg.query('delete from insight_model');
    expect((await insights.ask(readPreference)).body).toEqual({ result: null, asOf: null, currency: 'CNY' });
  });
});
