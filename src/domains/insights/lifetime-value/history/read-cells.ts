import type { ClickHouse, QueryLimits, QueryParams } from '../../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import type { BuyingCells } from '../model/cells.ts';
import type { SpendingCells } from '../model/gamma-gamma.ts';

const limits: QueryLimits = { timeoutMs: 300_000 };

/** Of which run, observed until which day, with so many days put together. */
export interface CellsAsked {
  modelId: number;
  until: number;
  grain: number;
}

/** `bought` purchases until the day; the days themselves come in their order. */
const until = `with arrayCount(day -> day <= {until:UInt16}, days) as bought`;
const ofRun = 'from lifetime_history where model_id = {modelId:UInt32} and days[1] <= {until:UInt16}';
const cell = `toUInt32(bought - 1) as repeats, toUInt32(intDiv(days[bought] - days[1], {grain:UInt16})) as recency, toUInt32(intDiv({until:UInt16} - days[1], {grain:UInt16})) as age`;
const buyingSql = `${until} select ${cell}, toUInt32(count()) as people ${ofRun} group by repeats, recency, age`;

/** What days in a group stand for: its middle; nobody who bought once has waited. */
const daysOf = (groups: number, grain: number): number => groups * grain + (grain - 1) / 2;
const recencyOf = (repeats: number, groups: number, grain: number): number => (repeats === 0 ? 0 : daysOf(groups, grain));

/** Cells of everybody, and the whole numbers by which the database tells them apart. */
export interface CountedCells {
  cells: BuyingCells;
  keys: { repeats: Uint32Array; recency: Uint32Array; age: Uint32Array };
}

/** Everybody who had bought until a day, counted by what the likelihood needs. */
export async function readBuyingCells(reader: ClickHouse, asked: CellsAsked): Promise<CountedCells> {
  const [repeats, recency, age, people] = await readColumns(reader, buyingSql, { ...asked }, ['u', 'u', 'u', 'u']) as Uint32Array[];
  return {
    keys: { repeats, recency, age },
    cells: {
      repeats: Float64Array.from(repeats),
      recency: Float64Array.from(recency, (groups, i) => recencyOf(repeats[i], groups, asked.grain)),
      age: Float64Array.from(age, (groups) => daysOf(groups, asked.grain)),
      people: Float64Array.from(people),
    },
  };
}

/** Averages are put together where they differ by less than two in a hundred. */
const logStep = 0.02;
const spentSql = `${until}, least(own_days, bought) as purchases, if({until:UInt16} < {end:UInt16}, spent_before, spent) as value`;
const spendingSql = `${spentSql} select toUInt32(purchases) as often, avg(log(value / purchases)) as log_average, toUInt32(count()) as people
  ${ofRun} and purchases > 0 and value > 0 group by often, round(log(value / purchases) / ${logStep})`;

/** What they had spent until a day, by how often they bought; who had nothing left after refunds is left out. */
export async function readSpendingCells(reader: ClickHouse, asked: Omit<CellsAsked, 'grain'> & { end: number }): Promise<SpendingCells> {
  const [purchases, logAverage, people] = await readColumns(reader, spendingSql, { ...asked }, ['u', 'f', 'u']);
  return { purchases: Float64Array.from(purchases), logAverage: logAverage as Float64Array, people: Float64Array.from(people) };
}

/** What people of a cell did in the period held out: how often they bought, what they brought, and what an order of theirs was expected to bring. */
export interface LaterCells extends BuyingCells {
  later: Float64Array;
  laterValue: Float64Array;
  spend: Float64Array;
}

const laterSql = `${spentSql} select ${cell}, toUInt32(length(days) - bought) as later, toUInt32(count()) as people, sum(spent - value) as later_value,
    sum({p:Float64} * ({gamma:Float64} + greatest(value, 0)) / ({p:Float64} * purchases + {q:Float64} - 1)) as spend
  ${ofRun} group by repeats, recency, age, later`;

export async function readLaterCells(reader: ClickHouse, asked: CellsAsked & { end: number }, [p, q, gamma]: readonly number[]): Promise<LaterCells> {
  const [repeats, recency, age, later, people, laterValue, spend] = await readColumns(reader, laterSql, { ...asked, p, q, gamma }, ['u', 'u', 'u', 'u', 'u', 'f', 'f']);
  return {
    repeats: Float64Array.from(repeats),
    recency: Float64Array.from(recency, (groups, i) => recencyOf(repeats[i], groups, asked.grain)),
    age: Float64Array.from(age, (groups) => daysOf(groups, asked.grain)),
    people: Float64Array.from(people),
    later: Float64Array.from(later),
    laterValue: laterValue as Float64Array,
    spend: spend as Float64Array,
  };
}

/** Columns of whole numbers (`u`) and of floats (`f`), from all blocks. */
async function readColumns(reader: ClickHouse, sql: string, params: QueryParams, types: readonly ('u' | 'f')[]): Promise<(Uint32Array | Float64Array)[]> {
  const blocks = await Array.fromAsync(readNativeBlocks(reader.bytes(sql, 'Native', params, limits)));
  const rows = blocks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return types.map((type, column) => {
    const all = type === 'u' ? new Uint32Array(rows) : new Float64Array(rows);
    let at = 0;
    for (const { rowCount, columns } of blocks) {
      all.set(type === 'u' ? new Uint32Array(columns[column].buffer) : new Float64Array(columns[column].buffer), at);
      at += rowCount;
    }
    return all;
  });
}
