import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distributions } from '../../../../../test/buying-process.ts';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { dropRun, dropWork } from '../history/gather.ts';
import { readBuyingCells } from '../history/read-cells.ts';
import { bgNbd } from '../model/bg-nbd.ts';
import { expectationsOf } from '../model/expectations.ts';
import { expectedSpend } from '../model/gamma-gamma.ts';
import { scoreCells, scoreEverybody, type Scoring } from './score.ts';
import { summarise } from './summaries.ts';

const until = 20_600;
const parameters = [0.7, 35, 0.7, 2.5];
const spending = [5, 3.5, 180];

interface Scored {
  no: number;
  alive: number;
  orders30: number;
  orders365: number;
  value90: number;
  value365: number;
  ever: number;
  tenth: number;
}

describe('scores of everybody', () => {
  let test: TestPlatform;
  const { uniform } = distributions(31);
  const people = Array.from({ length: 400 }, (_, i) => {
    const first = until - Math.floor(uniform() * 700);
    const days = [...new Set(Array.from({ length: Math.floor(uniform() ** 3 * 12) }, () => first + Math.floor(uniform() * (until - first + 1))).concat(first))].toSorted((p, q) => p - q);
    return { no: i + 1, days, spent: Math.round(uniform() * 3_000) - 100, channel: ['官网', '门店', ''][i % 3] };
  });
  const scoring = (modelId: number, grain: number): Scoring => ({ modelId, until, grain, model: bgNbd, parameters, spending });
  const score = async (modelId: number, grain: number): Promise<Scored[]> => {
    const { clickhouse } = test.platform;
    await clickhouse.insertRows('lifetime_history', people.map(({ no, days, spent, channel }) => ({ model_id: modelId, customer_no: no, days, own_days: days.length, spent, spent_before: 0, channel })));
    await scoreCells(clickhouse, scoring(modelId, grain), await readBuyingCells(clickhouse, { modelId, until, grain }), () => Promise.resolve());
    await scoreEverybody(clickhouse, scoring(modelId, grain), people.length);
    return (await clickhouse.rows(`select customer_no as no, alive, orders_30 as orders30, orders_365 as orders365, value_90 as value90, value_365 as value365, value_ever as ever, tenth
      from lifetime_value where model_id = {modelId:UInt32} order by no`, { modelId })) as Scored[];
  };
  let exact: Scored[];
  beforeAll(async () => {
    test = await createTestPlatform();
    exact = await score(1, 1);
  });
  afterAll(() => test.close());

  it('are what the model says of each of them', () => {
    expect(exact).toHaveLength(people.length);
    people.forEach(({ days, spent }, i) => {
      const told = expectationsOf(bgNbd, parameters, { repeats: days.length - 1, recency: days[days.length - 1] - days[0], age: until - days[0] });
      const perOrder = expectedSpend(spending, days.length, spent);
      const near = (value: number, other: number): void => expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(other)));
      near(exact[i].alive, told.alive);
      near(exact[i].orders30, told.orders[0]);
      near(exact[i].orders365, told.orders[2]);
      near(exact[i].value90, told.orders[1] * perOrder);
      near(exact[i].value365, told.orders[2] * perOrder);
      near(exact[i].ever, told.ever * perOrder);
    });
  });

  it('part everybody into tenths by the value of the year to come', () => {
    const ordered = exact.toSorted((p, q) => p.value365 - q.value365);
    for (let i = 1; i < ordered.length; i++) expect(ordered[i].tenth).toBeGreaterThanOrEqual(ordered[i - 1].tenth);
    for (let tenth = 1; tenth <= 10; tenth++) expect(Math.abs(ordered.filter((one) => one.tenth === tenth).length - 40)).toBeLessThanOrEqual(8);
  });

  it('are nearly the same where days are put together', async () => {
    const rough = await score(2, 5);
    exact.forEach(({ alive, orders365 }, i) => {
      expect(Math.abs(rough[i].alive - alive)).toBeLessThan(0.08);
      expect(Math.abs(rough[i].orders365 - orders365)).toBeLessThan(0.08 + 0.15 * orders365);
    });
    const sum = (some: Scored[]): number => some.reduce((all, { orders365 }) => all + orders365, 0);
    expect(Math.abs(sum(rough) / sum(exact) - 1)).toBeLessThan(0.02);
  });

  it('are summed up as they are', async () => {
    const { total, channels, cohorts, map, spread } = await summarise(test.platform.clickhouse, 1, until);
    const sum = (of: (one: Scored, i: number) => number): number => exact.reduce((all, one, i) => all + of(one, i), 0);
    expect(total.people).toBe(people.length);
    expect(total.value365).toBeCloseTo(sum(({ value365 }) => value365), 0);
    expect(total.spent).toBeCloseTo(sum((_, i) => people[i].spent), 6);
    expect(total.alive).toBeCloseTo(sum(({ alive }) => alive) / people.length, 6);
    for (const { channel, people: count } of channels) expect(count).toBe(people.filter((one) => one.channel === channel).length);
    const months = Map.groupBy(people, ({ days }) => new Date(days[0] * 86_400_000).toISOString().slice(0, 7));
    expect(cohorts.map(({ month, people: count }) => [month, count])).toEqual([...months].map(([month, some]) => [month, some.length]).toSorted());
    const once = people.filter(({ days }) => days.length === 1 && until - days[0] >= 181 && until - days[0] < 366).length;
    expect(map.find(({ orders, rest }) => orders === 1 && rest === 181)?.people ?? 0).toBe(once);
    const from100 = exact.filter(({ value365 }) => value365 >= 100 && value365 < 200).length;
    expect(spread.find(({ from }) => from === 100)?.people ?? 0).toBe(from100);
  });

  it('stay when the work is dropped, and go with their run alone', async () => {
    const { clickhouse } = test.platform;
    const count = async (table: string): Promise<unknown> => (await clickhouse.rows(`select model_id as id, toUInt32(count()) as rows from ${table} group by id order by id`));
    await dropWork(clickhouse, 1);
    expect(await count('lifetime_history')).toEqual([{ id: 2, rows: 400 }]);
    expect(await count('lifetime_value')).toEqual([{ id: 1, rows: 400 }, { id: 2, rows: 400 }]);
    await dropRun(clickhouse, 2);
    expect(await count('lifetime_value')).toEqual([{ id: 1, rows: 400 }]);
    await dropRun(clickhouse, 99);
  });
});
