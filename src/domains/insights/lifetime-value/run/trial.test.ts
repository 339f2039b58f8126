import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { bgNbd } from '../model/bg-nbd.ts';
import { newcomer } from '../model/buying-model.ts';
import { judge, trackWeeks } from './trial.ts';

const atOnce = (): Promise<void> => Promise.resolve();
const parameters = [0.6, 40, 0.8, 3];
const days = 90;

/** Repeats, recency, age, later, people, value later, what an order is expected to bring times people. */
const rows: [number, number, number, number, number, number, number][] = [
  [0, 0, 100, 0, 30, 0, 3_000],
  [0, 0, 100, 2, 10, 1_800, 1_000],
  [1, 20, 90, 1, 5, 400, 600],
  [9, 80, 85, 6, 2, 1_500, 260],
  [12, 70, 99, 3, 1, 420, 130],
  [0, 0, 0, 0, 4, 0, 400],
];
const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]);
const cells = { repeats: column(0), recency: column(1), age: column(2), later: column(3), people: column(4), laterValue: column(5), spend: column(6) };

/** The same a person at a time. */
const people = rows.flatMap(([repeats, recency, age, later, count]) => Array.from({ length: count }, () => ({ repeats, recency, age, later })));
const mean = (of: (person: (typeof people)[number]) => number): number => people.reduce((sum, person) => sum + of(person), 0) / people.length;

describe('a model held against what happened', () => {
  it('is as far off as person by person', async () => {
    const found = await judge(bgNbd, parameters, cells, days, atOnce);
    const expected = (person: (typeof people)[number]): number => bgNbd.expected(parameters, person, days);
    expect(found).toMatchObject({ people: people.length, days, actual: 20 + 5 + 12 + 3 });
    expect(found.model.expected).toBeCloseTo(mean(expected) * people.length, 8);
    expect(found.model.meanError).toBeCloseTo(mean((person) => Math.abs(expected(person) - person.later)), 10);
    expect(found.model.rootMeanSquare).toBeCloseTo(Math.sqrt(mean((person) => (expected(person) - person.later) ** 2)), 10);
  });

  it('has beside it who goes on as before, and who is like all', async () => {
    const { sameRate, mean: all } = await judge(bgNbd, parameters, cells, days, atOnce);
    const rate = ({ repeats, age }: (typeof people)[number]): number => (repeats / Math.max(1, age)) * days;
    expect(sameRate.meanError).toBeCloseTo(mean((person) => Math.abs(rate(person) - person.later)), 10);
    const common = (mean(({ repeats }) => repeats) / mean(({ age }) => age)) * days;
    expect(all.expected).toBeCloseTo(common * people.length, 8);
    expect(all.rootMeanSquare).toBeCloseTo(Math.sqrt(mean(({ later }) => (common - later) ** 2)), 10);
  });

  it('is shown by how often people had bought, the oftenest together', async () => {
    const { byFrequency } = await judge(bgNbd, parameters, cells, days, atOnce);
    expect(byFrequency.map(({ repeats, people: count, actual }) => [repeats, count, actual])).toEqual([[0, 44, 20 / 44], [1, 5, 1], [7, 3, 5]]);
    const often = people.filter(({ repeats }) => repeats >= 7);
    expect(byFrequency[2].expected).toBeCloseTo(often.reduce((sum, person) => sum + bgNbd.expected(parameters, person, days), 0) / 3, 10);
  });

  it('is judged by money, too', async () => {
    const { value } = await judge(bgNbd, parameters, cells, days, atOnce);
    expect(value.actual).toBe(1_800 + 400 + 1_500 + 420);
    const told = rows.reduce((sum, [repeats, recency, age, , , , spend]) => sum + spend * bgNbd.expected(parameters, { repeats, recency, age }, days), 0);
    expect(value.expected).toBeCloseTo(told, 8);
  });
});

describe('repeat purchases week by week', () => {
  let test: TestPlatform;
  const histories: number[][] = [[0, 3, 20], [1], [5, 6, 7, 30], [13, 14], [25, 27]];
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.clickhouse.insertRows('lifetime_history', histories.map((days_, i) => ({ model_id: 3, customer_no: i + 1, days: days_.map((day) => 1_000 + day), own_days: days_.length, spent: 1, spent_before: 1, channel: '' })));
    await test.platform.clickhouse.insertRows('lifetime_history', [{ model_id: 4, customer_no: 1, days: [1_000, 1_001], own_days: 2, spent: 1, spent_before: 1, channel: '' }]);
  });
  afterAll(() => test.close());

  it('are those of who had begun by the split, summed up, beside newcomers of the same days', async () => {
    const weeks = await trackWeeks(test.platform.clickhouse, bgNbd, parameters, { modelId: 3, from: 1_000, split: 1_020, until: 1_030 });
    const begun = histories.filter(([first]) => first <= 20);
    const ends = [6, 13, 20, 27];
    expect(weeks.map(({ until }) => until)).toEqual(['1972-10-03', '1972-10-10', '1972-10-17', '1972-10-24']);
    expect(weeks.map(({ actual }) => actual)).toEqual(ends.map((end) => begun.flatMap((all) => all.slice(1)).filter((day) => day <= end).length));
    weeks.forEach(({ expected }, week) => {
      const told = begun.reduce((sum, [first]) => sum + (first < ends[week] ? bgNbd.expected(parameters, newcomer, ends[week] - first) : 0), 0);
      expect(expected).toBeCloseTo(told, 10);
    });
  });
});
