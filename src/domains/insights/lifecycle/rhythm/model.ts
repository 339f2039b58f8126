import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { ClickHouse, QueryParams } from '../../../../platform/clickhouse/client.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { momentText } from '../../../commerce/public.ts';
import { lifecycleLimits, type LifecycleLimits } from '../../contract/lifecycle.ts';
import { monthPoints, type TimePoint, weekPoints } from '../../history/points.ts';
import { earliestDay, portionsOf } from '../../history/portions.ts';
import { dropRun, isKept } from '../../models/kept-rows.ts';
import { modelKind } from '../../models/model-kind.ts';
import { endedBy, fitRhythm, type Gaps, type Rhythm, usualGap } from './fit.ts';
import { currentLimits } from './limits.ts';
import { stateParams, statesSql } from './states.ts';

const states = z.array(z.object({ day: daySchema, states: z.array(z.tuple([z.number().int(), z.number().int()])) }));

/** A brand's rhythm, and how many buyers were in which state at which points, the newest first. */
export const lifecycleResult = z.object({
  rhythm: z.object({ shape: z.number(), days: z.number(), people: z.number().int(), shapeError: z.number().nullable(), daysError: z.number().nullable() }),
  months: states,
  weeks: states,
  usualGaps: z.array(z.number()),
  examples: z.array(z.object({ purchases: z.number().int(), everyDays: z.number().nullable(), usualGap: z.number(), atRisk: z.number(), sleeping: z.number(), lost: z.number() })),
  check: z.object({ people: z.number().int(), atRisk: z.number(), sleeping: z.number(), lost: z.number() }).nullable(),
  limits: lifecycleLimits,
  limitsVersion: z.number().int(),
  ignoredOrders: z.number().int(),
});
type LifecycleResult = z.output<typeof lifecycleResult>;

const bounds = { timeoutMs: 600_000, memoryBytes: 3 * 2 ** 30 };
const tables = ['purchase_days', 'lifecycle_state'];
/** From fewer who bought twice no rhythm is learnt. */
const leastPeople = 10;

/**
 * Learns how often the brand's users buy, and finds for everybody in which state they are by their own rhythm: now and at the ends
 * of months and weeks, from the purchases of then. One ruler for all points: the rhythm that is learnt from all purchases.
 */
export const lifecycleKind = ({ clickhouse, pg: pool }: Platform) => modelKind({
  kind: 'lifecycle',
  params: z.object({}),
  result: lifecycleResult,
  begins: { reading: 0, fitting: 0.45, scoring: 0.5, keeping: 0.9 },
  async run({ modelId, asOf, tell }) {
    const { timeZone } = await readBrand(pool);
    for (const table of tables) await dropRun(clickhouse, table, modelId);
    const portions = await portionsOf(clickhouse);
    for (const [i, { where, buyer, params }] of portions.entries()) {
      await tell('reading', i / portions.length);
      await clickhouse.command(daysSql(where, buyer), { ...params, model: modelId, zone: timeZone, before: momentText(asOf), earliest: earliestDay }, bounds);
    }
    await tell('fitting', 0);
    const rhythm = fitRhythm(await readGaps(clickhouse, modelId));
    if (!rhythm || rhythm.people < leastPeople) throw new Problem('insights.no_rhythm', { status: 422, params: { people: rhythm?.people ?? 0, least: leastPeople } });
    const points = { months: monthPoints(asOf, timeZone), weeks: weekPoints(asOf, timeZone) };
    for (;;) {
      const { limits, version } = await currentLimits(pool);
      const asked = { ...stateParams(rhythm, limits), model: modelId };
      await tell('scoring', 0);
      await dropRun(clickhouse, 'lifecycle_state', modelId);
      await clickhouse.command(scoreSql, { ...asked, months: points.months.map(dayNumber), weeks: points.weeks.map(dayNumber) }, bounds);
      await tell('keeping', 0);
      const result = await readResult(clickhouse, asked, rhythm, limits, points);
      // Limits that were changed meanwhile are those that count.
      if ((await currentLimits(pool)).version !== version) continue;
      return { ...result, limits, limitsVersion: version, ignoredOrders: await readIgnored(clickhouse, timeZone) };
    }
  },
  async forget(modelId) {
    for (const table of tables) await dropRun(clickhouse, table, modelId);
  },
  isThere: (modelId) => isKept(clickhouse, 'lifecycle_state', modelId),
});

const dayNumber = ({ day }: TimePoint): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const dayOfLine = 'toInt32(toDate32(toTimeZone(occurred_at, {zone:String})))';

/** An order counts on the day of its sale, whatever was given back of it later: somebody came and bought. */
const daysSql = (where: string, buyer: string): string => `insert into purchase_days
  select {model:UInt32}, no, arraySort(groupUniqArray(day)) from (
    select ${buyer} as no, ${dayOfLine} as day from order_line
    where ${where} and kind = 'sale' and occurred_at < {before:DateTime64(3, 'UTC')} and day >= toInt32(toDate32({earliest:String})))
  group by no settings optimize_aggregation_in_order = 1`;

const scoreSql = `insert into lifecycle_state
  select {model:UInt32}, customer_no, ({scale:Float64} + days[-1] - days[1]) / ({shape:Float64} + length(days) - 1), ${statesSql('{months:Array(Int32)}')}, ${statesSql('{weeks:Array(Int32)}')}
  from purchase_days where model_id = {model:UInt32}`;

const readGaps = (clickhouse: ClickHouse, model: number): Promise<Gaps[]> => clickhouse.rows(
  `select gaps, together as days, toUInt32(count()) as people
    from (select toUInt32(length(days) - 1) as gaps, toInt32(days[-1] - days[1]) as together from purchase_days where model_id = {model:UInt32} and length(days) > 1)
    group by gaps, together`, { model }, bounds) as Promise<Gaps[]>;

async function readResult(clickhouse: ClickHouse, asked: QueryParams & { model: number }, rhythm: Rhythm, limits: LifecycleLimits, points: Record<'months' | 'weeks', TimePoint[]>): Promise<Omit<LifecycleResult, 'limits' | 'limitsVersion' | 'ignoredOrders'>> {
  const sizesOf = async (by: 'months' | 'weeks') => {
    const rows = await clickhouse.rows(`select toUInt8(place) as place, state, toUInt32(count()) as people from (select ${by} as states from lifecycle_state where model_id = {model:UInt32})
      array join states as state, arrayEnumerate(states) as place group by place, state order by place, state`, asked, bounds) as { place: number; state: number; people: number }[];
    const byPlace = Map.groupBy(rows, ({ place }) => place);
    return points[by].map(({ day }, i) => ({ day, states: (byPlace.get(i + 1) ?? []).map(({ state, people }): [number, number] => [state, people]) }));
  };
  const [{ gaps }] = await clickhouse.rows('select quantiles(0.1, 0.25, 0.5, 0.75, 0.9)(usual_gap) as gaps from lifecycle_state where model_id = {model:UInt32}', asked, bounds) as { gaps: number[] }[];
  const [{ people, ...check }] = await clickhouse.rows(`select toUInt32(count()) as people, avg(overdue < {atRisk:Float64}) as atRisk, avg(overdue < {sleeping:Float64}) as sleeping, avg(overdue < {lost:Float64}) as lost
    from (select ({shape:Float64} + length(days) - 2) * log1p((days[-1] - days[-2]) / ({scale:Float64} + days[-2] - days[1])) as overdue from purchase_days where model_id = {model:UInt32} and length(days) > 2)`,
  asked, bounds) as { people: number; atRisk: number; sleeping: number; lost: number }[];
  const finite = (error: number): number | null => (Number.isFinite(error) ? error : null);
  return {
    rhythm: { shape: rhythm.shape, days: rhythm.days, people: rhythm.people, shapeError: finite(rhythm.shapeError), daysError: finite(rhythm.daysError) },
    months: await sizesOf('months'), weeks: await sizesOf('weeks'), usualGaps: gaps, examples: examplesOf(rhythm, limits), check: people > 0 ? { people, ...check } : null,
  };
}

/** After how many days whoever bought once, or five times at usual intervals, has been silent for too long. */
function examplesOf(rhythm: Rhythm, { atRisk, sleeping, lost }: LifecycleLimits): LifecycleResult['examples'] {
  return ([[1, null], [5, 7], [5, 30], [5, 90]] as const).map(([purchases, everyDays]) => {
    const own = { gaps: purchases - 1, days: (purchases - 1) * (everyDays ?? 0) };
    const by = (share: number): number => endedBy(rhythm, own, share);
    return { purchases, everyDays, usualGap: usualGap(rhythm, own), atRisk: by(atRisk), sleeping: by(sleeping), lost: by(lost) };
  });
}

async function readIgnored(clickhouse: ClickHouse, zone: string): Promise<number> {
  const [{ orders }] = await clickhouse.rows(`select toUInt32(uniqExact(order_key)) as orders from order_line
    where kind = 'sale' and customer_no > 0 and occurred_at < toDateTime64('2000-01-03 00:00:00', 3, 'UTC') and ${dayOfLine} < toInt32(toDate32({earliest:String}))`, { zone, earliest: earliestDay }, bounds) as { orders: number }[];
  return orders;
}
