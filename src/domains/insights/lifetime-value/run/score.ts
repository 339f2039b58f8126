import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { z } from 'zod';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { CountedCells } from '../history/read-cells.ts';
import type { BuyingModel } from '../model/buying-model.ts';
import { expectationsOf } from '../model/expectations.ts';
import type { Pause } from '../numerics/nelder-mead.ts';

export interface Scoring {
  modelId: number;
  until: number;
  grain: number;
  model: BuyingModel;
  parameters: readonly number[];
  spending: readonly number[];
}

const rowBytes = 8 * 4;
const cellsAtOnce = 500;
/** So many people tell where tenths begin, to a thousandth. */
const boundsOf = 500_000;
const columns = ['model_id', 'repeats', 'recency', 'age', 'alive', 'orders_30', 'orders_90', 'orders_365', 'orders_ever'];
const limits = { timeoutMs: 300_000 };

/** Whoever bought alike is told the same: once a cell, a row each. */
export async function scoreCells(clickhouse: ClickHouse, { modelId, model, parameters }: Scoring, { cells, keys }: CountedCells, pause: Pause): Promise<void> {
  const size = 4 + rowBytes;
  const rows = Buffer.allocUnsafe(cells.people.length * size);
  for (let i = 0; i < cells.people.length; i++) {
    if (i % cellsAtOnce === 0) await pause();
    const { alive, orders, ever } = expectationsOf(model, parameters, { repeats: cells.repeats[i], recency: cells.recency[i], age: cells.age[i] });
    [modelId, keys.repeats[i], keys.recency[i], keys.age[i]].forEach((value, at) => rows.writeUInt32LE(value, i * size + 4 * at));
    [alive, ...orders, ever].forEach((value, at) => rows.writeFloatLE(value, i * size + 16 + 4 * at));
  }
  await clickhouse.insertStream('lifetime_cell', columns, 'RowBinary', rows);
}

/** Everybody with what is expected of their cell, and what an order of theirs is worth. */
const scored = `
  select history.customer_no as no, history.days as days, history.channel as channel, history.spent as spent, cell.alive as alive,
    cell.orders_30 as orders_30, cell.orders_90 as orders_90, cell.orders_365 as orders_365, cell.orders_ever as orders_ever,
    {p:Float64} * ({gamma:Float64} + greatest(history.spent, 0)) / ({p:Float64} * history.own_days + {q:Float64} - 1) as per_order
  from (select * from lifetime_history where model_id = {modelId:UInt32}) as history
  inner join (select * from lifetime_cell where model_id = {modelId:UInt32}) as cell
    on cell.repeats = toUInt32(length(history.days) - 1)
    and cell.recency = toUInt32(intDiv(history.days[-1] - history.days[1], {grain:UInt16}))
    and cell.age = toUInt32(intDiv({until:UInt16} - history.days[1], {grain:UInt16}))`;

const bounds = question({
  name: 'bounds of the tenths of value',
  sql: `select quantilesTDigest(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)(toFloat32(orders_365 * per_order)) as bounds from (${scored} where history.customer_no % {every:UInt32} = 0)`,
  params: z.record(z.string(), z.number()),
  row: z.object({ bounds: z.array(z.number()) }),
  limits,
});

const keep = `insert into lifetime_value
  select {modelId:UInt32}, no, toDate(days[1]), toDate(days[-1]), length(days), channel, spent, alive, orders_30, orders_90, orders_365,
    orders_30 * per_order, orders_90 * per_order, toFloat32(orders_365 * per_order) as year, orders_ever * per_order,
    1 + arrayCount(bound -> year >= bound, {bounds:Array(Float32)})
  from (${scored})`;

/** Gives everybody what their cell was told, and their tenth by the value of the year to come. */
export async function scoreEverybody(clickhouse: ClickHouse, { modelId, until, grain, spending: [p, q, gamma] }: Scoring, buyers: number): Promise<void> {
  const params = { modelId, until, grain, p, q, gamma };
  const [{ bounds: found }] = await ask(clickhouse, bounds, { ...params, every: Math.max(1, Math.floor(buyers / boundsOf)) });
  await clickhouse.command(keep, { ...params, bounds: found }, limits);
}
