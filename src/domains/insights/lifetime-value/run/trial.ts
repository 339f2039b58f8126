import { z } from 'zod';
import { addDays } from '../../../../kernel/day.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { LifetimeTrial } from '../../contract/lifetime-value.ts';
import type { LaterCells } from '../history/read-cells.ts';
import { type BuyingModel, newcomer } from '../model/buying-model.ts';
import { peopleIn } from '../model/cells.ts';
import type { Pause } from '../numerics/nelder-mead.ts';

/** Whoever bought so often or oftener is shown together. */
const oftenest = 7;

/** Counts how far forecasts were from what people did. */
function errors(actual: Float64Array, people: Float64Array, forecast: (i: number) => number): LifetimeTrial['model'] {
  let [expected, absolute, squared] = [0, 0, 0];
  for (let i = 0; i < people.length; i++) {
    const told = forecast(i);
    expected += people[i] * told;
    absolute += people[i] * Math.abs(told - actual[i]);
    squared += people[i] * (told - actual[i]) ** 2;
  }
  const all = people.reduce((sum, count) => sum + count, 0);
  return { expected, meanError: absolute / all, rootMeanSquare: Math.sqrt(squared / all) };
}

const cellsAtOnce = 1_000;

/** What a model that knows the time before expects of the days after it, beside what happened and what a plain forecast says. */
export async function judge(model: BuyingModel, parameters: readonly number[], cells: LaterCells, days: number, pause: Pause): Promise<Omit<LifetimeTrial, 'learntUntil' | 'weeks'>> {
  const { repeats, recency, age, people, later, laterValue, spend } = cells;
  const expected = new Float64Array(people.length);
  const known = new Map<string, number>();
  for (let i = 0; i < people.length; i++) {
    if (i % cellsAtOnce === 0) await pause();
    const key = `${repeats[i]} ${recency[i]} ${age[i]}`;
    const told = known.get(key) ?? model.expected(parameters, { repeats: repeats[i], recency: recency[i], age: age[i] }, days);
    known.set(key, told);
    expected[i] = told;
  }
  const sum = (of: (i: number) => number): number => people.reduce((total, _count, i) => total + of(i), 0);
  const rate = sum((i) => people[i] * repeats[i]) / Math.max(1, sum((i) => people[i] * age[i]));
  return {
    days,
    people: peopleIn(cells),
    actual: sum((i) => people[i] * later[i]),
    model: errors(later, people, (i) => expected[i]),
    sameRate: errors(later, people, (i) => (repeats[i] / Math.max(1, age[i])) * days),
    mean: errors(later, people, () => rate * days),
    value: { actual: sum((i) => laterValue[i]), expected: sum((i) => spend[i] * expected[i]) },
    byFrequency: byFrequency(cells, expected),
  };
}

function byFrequency({ repeats, people, later }: LaterCells, expected: Float64Array): LifetimeTrial['byFrequency'] {
  const groups = Array.from({ length: oftenest + 1 }, (_, often) => ({ repeats: often, people: 0, actual: 0, expected: 0 }));
  people.forEach((count, i) => {
    const group = groups[Math.min(repeats[i], oftenest)];
    group.people += count;
    group.actual += count * later[i];
    group.expected += count * expected[i];
  });
  return groups.filter((group) => group.people > 0).map((group) => ({ ...group, actual: group.actual / group.people, expected: group.expected / group.people }));
}

const params = z.object({ modelId: z.number(), from: z.number(), split: z.number() });
const repeatsByWeek = question({
  name: 'repeat purchases by week',
  sql: `select toUInt32(intDiv(day - {from:UInt16}, 7)) as week, toUInt32(count()) as purchases from
    (select arrayJoin(arraySlice(days, 2)) as day from lifetime_history where model_id = {modelId:UInt32} and days[1] <= {split:UInt16}) group by week order by week`,
  params,
  row: z.object({ week: z.number(), purchases: z.number() }),
  limits: { timeoutMs: 300_000 },
});
const firstDays = question({
  name: 'customers by the day of their first purchase',
  sql: 'select toUInt32(days[1]) as day, toUInt32(count()) as people from lifetime_history where model_id = {modelId:UInt32} and day <= {split:UInt16} and {from:UInt16} <= day group by day',
  params,
  row: z.object({ day: z.number(), people: z.number() }),
});

/** Repeat purchases of those who had begun by the split, summed up by week over all days, and as many as a model expects of newcomers of their days. */
export async function trackWeeks(reader: ClickHouse, model: BuyingModel, parameters: readonly number[], { modelId, from, split, until }: { modelId: number; from: number; split: number; until: number }): Promise<LifetimeTrial['weeks']> {
  const [bought, begun] = await Promise.all([ask(reader, repeatsByWeek, { modelId, from, split }), ask(reader, firstDays, { modelId, from, split })]);
  const inWeek = new Map(bought.map(({ week, purchases }) => [week, purchases]));
  const after = Array.from({ length: until - from + 1 }, (_, days) => model.expected(parameters, newcomer, days));
  let actual = 0;
  return Array.from({ length: Math.floor((until - from + 1) / 7) }, (_, week) => {
    const last = from + 7 * week + 6;
    actual += inWeek.get(week) ?? 0;
    const expected = begun.reduce((sum, { day, people }) => sum + (day < last ? people * after[last - day] : 0), 0);
    return { until: addDays('1970-01-01', last), actual, expected };
  });
}
