import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { cutPlace, type Cuts, readRfmLimits, withOwn } from '../../audiences/public.ts';
import { momentText } from '../../commerce/public.ts';
import { monthPoints, type TimePoint } from '../history/points.ts';
import { type Portion, portionsOf } from '../history/portions.ts';
import { dropRun, isKept } from '../models/kept-rows.ts';
import { modelKind } from '../models/model-kind.ts';

/** How many buyers each cell had at the ends of months, the newest first; a cell is the number that `rfm_month` keeps. */
export const rfmMonths = z.object({
  months: z.array(z.object({ day: daySchema, cells: z.array(z.tuple([z.number().int(), z.number().int()])) })),
  limitsVersion: z.number().int(),
});

const limits = { timeoutMs: 600_000, memoryBytes: 3 * 2 ** 30 };
/** No day of an order: longer ago than any. */
const never = -1_000_000;

/**
 * Scores every buyer as of the end of each month, from the facts that had happened by then: not from what was kept at the
 * time. So many orders, refunds and merges as are known today of then.
 */
export const rfmMonthsKind = ({ clickhouse, pg: pool }: Platform) => modelKind({
  kind: 'rfm_months',
  params: z.object({}),
  result: rfmMonths,
  begins: { reading: 0, fitting: 0.6, scoring: 0.75, keeping: 0.95 },
  async run({ modelId, asOf, tell }) {
    const { timeZone } = await readBrand(pool);
    const points = monthPoints(asOf, timeZone);
    for (const table of ['rfm_measure', 'rfm_month']) await dropRun(clickhouse, table, modelId);
    const portions = await portionsOf(clickhouse);
    for (const [i, portion] of portions.entries()) {
      await tell('reading', i / portions.length);
      await measure(clickhouse, portion, { modelId, points, timeZone });
    }
    for (;;) {
      await tell('fitting', 0);
      const own = await readRfmLimits(pool);
      const cuts = (await readMonthlyCuts(clickhouse, modelId, points.length)).map((each) => withOwn(each, own.limits));
      if (cuts.length === 0) throw new Problem('insights.no_buyers', { status: 422 });
      await tell('scoring', 0);
      await dropRun(clickhouse, 'rfm_month', modelId);
      await clickhouse.command(scoreSql(cuts), { model: modelId }, limits);
      await tell('keeping', 0);
      const months = await countCells(clickhouse, modelId, points);
      // Limits that were changed meanwhile are those that count.
      if ((await readRfmLimits(pool)).version !== own.version) continue;
      await dropRun(clickhouse, 'rfm_measure', modelId);
      return { months, limitsVersion: own.version };
    }
  },
  async forget(modelId) {
    for (const table of ['rfm_measure', 'rfm_month']) await dropRun(clickhouse, table, modelId);
  },
  isThere: (modelId) => isKept(clickhouse, 'rfm_month', modelId),
});

interface Measuring {
  modelId: number;
  points: readonly TimePoint[];
  timeZone: string;
}

/**
 * What the buyers of a portion are scored by at each point, by one reading of their lines. A line is seen by the newest points: by
 * as many as end after it. Who has bought before a point has bought before every later one, so that a list ends where they began.
 */
async function measure(clickhouse: ClickHouse, { where, buyer, params }: Portion, { modelId, points, timeZone }: Measuring): Promise<void> {
  const seen = points.map((_, i) => `(occurred_at < {before${i}:DateTime64(3, 'UTC')})`).join(' + ');
  const sql = `insert into rfm_measure
    select {model:UInt32}, no,
      arrayMap(point -> toInt32({days:Array(Int32)}[point] - arrayMax((day, by) -> if(by >= point, day, ${never}), days, seen)), points),
      arrayMap(point -> toUInt32(arrayUniq(arrayFilter((order, by) -> by >= point and order != 0, orders, seen))), points),
      arrayMap(point -> arraySum((amount, by) -> if(by >= point, amount, 0), amounts, seen), points)
    from (
      select no, groupArray(by) as seen, groupArray(if(kind = 'sale', order_key, 0)) as orders, groupArray(if(kind = 'sale', day, ${never})) as days, groupArray(worth) as amounts,
        range(1, maxIf(by, kind = 'sale') + 1) as points
      from (select ${buyer} as no, kind, order_key, toUInt16(${seen}) as by, toInt32(toDate32(toTimeZone(occurred_at, {zone:String}))) as day, reinterpretAsInt64(amount) as worth
        from order_line where ${where} and occurred_at < {before0:DateTime64(3, 'UTC')})
      group by no having notEmpty(points))
    settings optimize_aggregation_in_order = 1`;
  const befores = Object.fromEntries(points.map(({ before }, i) => [`before${i}`, momentText(before)]));
  const days = points.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  await clickhouse.command(sql, { ...params, ...befores, days, model: modelId, zone: timeZone }, limits);
}

/** The cuts between fifths at each point at which anybody had bought. */
async function readMonthlyCuts(clickhouse: ClickHouse, modelId: number, points: number): Promise<Cuts[]> {
  const from = 'from rfm_measure where model_id = {model:UInt32}';
  const places = Array.from({ length: points }, (_, i) => i + 1);
  const [{ counts }] = await clickhouse.rows(`select [${places.map((place) => `toUInt32(countIf(length(recency) >= ${place}))`).join(', ')}] as counts ${from}`, { model: modelId }, limits) as { counts: number[] }[];
  const held = places.filter((place) => counts[place - 1] > 0);
  if (held.length === 0) return [];
  const levelsOf = (count: number): string => [1, 2, 3, 4].map((group) => (cutPlace(group, 5, count) + 0.5) / count).join(', ');
  const cutsOf = async (measured: string): Promise<string[][]> => {
    const each = held.map((place) => `arrayMap(cut -> toString(cut), quantilesExactIf(${levelsOf(counts[place - 1])})(${measured}[${place}], length(${measured}) >= ${place}))`);
    const [{ cuts }] = await clickhouse.rows(`select [${each.join(', ')}] as cuts ${from}`, { model: modelId }, limits) as { cuts: string[][] }[];
    return cuts;
  };
  // One after the other: each holds a number for every buyer and month.
  const [recency, frequency, value] = [await cutsOf('recency'), await cutsOf('frequency'), await cutsOf('value')];
  return held.map((_, i) => ({ recency: recency[i].map(Number), frequency: frequency[i].map(Number), value: value[i] }));
}

/** The cell of every buyer at every point; the limits are numbers of ours. */
function scoreSql(cuts: readonly Cuts[]): string {
  const rows = cuts.map(({ recency, frequency, value }) => `(${[...recency, ...frequency, ...value].map((cut) => `toInt64(${BigInt(cut)})`).join(', ')})`);
  const above = (measured: string, from: number): string => [0, 1, 2, 3].map((i) => `(${measured} > cut.${from + i})`).join(' + ');
  return `insert into rfm_month with [${rows.join(', ')}] as cuts
    select {model:UInt32}, customer_no, arrayMap((r, f, m, cut) -> toUInt8(1 + 25 * (4 - (${above('r', 1)})) + 5 * (${above('f', 5)}) + ${above('m', 9)}), recency, frequency, value, arraySlice(cuts, 1, length(recency)))
    from rfm_measure where model_id = {model:UInt32}`;
}

async function countCells(clickhouse: ClickHouse, modelId: number, points: readonly TimePoint[]): Promise<z.output<typeof rfmMonths>['months']> {
  const counted = await clickhouse.rows(`select toUInt8(place) as place, cell, toUInt32(count()) as people from (select cells from rfm_month where model_id = {model:UInt32})
    array join cells as cell, arrayEnumerate(cells) as place group by place, cell order by place, cell`, { model: modelId }, limits) as { place: number; cell: number; people: number }[];
  const byPlace = Map.groupBy(counted, ({ place }) => place);
  return points.map(({ day }, i) => ({ day, cells: (byPlace.get(i + 1) ?? []).map(({ cell, people }): [number, number] => [cell, people]) }));
}
