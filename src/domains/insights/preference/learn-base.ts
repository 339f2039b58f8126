import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../platform/clickhouse/native-blocks.ts';
import { type Base, baseOf, type Settings } from './affinity/settings.ts';
import type { BoughtAt } from './credibility.ts';
import { dimensions, type Values } from './dimensions.ts';
import { ordersSql, type OrdersParams, type Scope, scopeParams, valueParams } from './orders-sql.ts';
import { readLimits } from './read-values.ts';

/** What is learnt of everybody, or of every so manieth person, is learnt from a million people at most. */
const mostPeople = 1_000_000;
/** A year: somebody's purse changes more slowly than their taste. */
export const powerHalfLifeDays = 365;

export const sampled = (people: number): string => `cityHash64(customer_no) % ${Math.max(1, Math.ceil(people / mostPeople))} = 0`;

export const rateOf = (halfLifeDays: number | null): number => (halfLifeDays === null ? 0 : Math.LN2 / halfLifeDays);
export const ratesOf = (settings: Settings): number[] => dimensions.map((dimension) => rateOf(settings[dimension].halfLifeDays));

/** Days from an order to the moment asked for. */
export const ageSql = 'greatest(0, toFloat64({asOf:Int64}) - toFloat64(toUnixTimestamp64Milli(at)) / 1000) / 86400';

export interface LearntBase {
  base: Base;
  boughtAt: BoughtAt;
}

/** How common everything is, and the prices at which people buy. */
export async function learnBase(reader: ClickHouse, params: OrdersParams, values: Values, settings: Settings, scopes: readonly Scope[], people: number, tell: (share: number) => Promise<void>): Promise<LearntBase> {
  const sums = new Map<number, number>();
  const parts: Float64Array[][] = [[], [], [], []];
  for (const [i, scope] of scopes.entries()) {
    await tell(i / scopes.length);
    const bound = { ...params, ...valueParams(values), ...scopeParams(scope), rates: ratesOf(settings), powerRate: rateOf(powerHalfLifeDays) };
    const orders = ordersSql(scope, sampled(people));
    const codes = `select toUInt32(code) as one, sum(exp(-{rates:Array(Float64)}[intDiv(code, 65536) + 1] * ${ageSql})) as total from (select at, arrayJoin(codes) as code from (${orders})) group by code`;
    for await (const { columns: [code, total] } of readNativeBlocks(reader.bytes(codes, 'Native', bound, readLimits))) {
      const totals = new Float64Array(total.buffer);
      new Uint32Array(code.buffer).forEach((each, row) => sums.set(each, (sums.get(each) ?? 0) + totals[row]));
    }
    const weighed = (column: string): string => `sum(${column} * exp(-{powerRate:Float64} * ${ageSql}))`;
    const prices = `select ${weighed('items')} as i, ${weighed('power')} as p, ${weighed('squares')} as s, toFloat64(sumIf(lines, items > 0)) as l from (${orders}) group by person having i > 0 order by person`;
    for await (const { columns } of readNativeBlocks(reader.bytes(prices, 'Native', bound, readLimits))) columns.forEach((column, at) => parts[at].push(new Float64Array(column.buffer)));
  }
  const [items, power, squares, lines] = parts.map(joined);
  return { base: baseOf(values, sums), boughtAt: { items, power, squares, lines } };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
