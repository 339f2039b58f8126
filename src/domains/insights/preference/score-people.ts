import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { type Base, type Settings } from './affinity/settings.ts';
import type { Credibility } from './credibility.ts';
import { codesOf, codesOfDimension, dimensions, type Values } from './dimensions.ts';
import { ageSql, powerHalfLifeDays, rateOf, ratesOf } from './learn-base.ts';
import { namesSql, ordersSql, type OrdersParams, type Scope, scopeParams, valueParams } from './orders-sql.ts';
import { readLimits } from './read-values.ts';

/** Everything that was learnt and that people are scored by. */
export interface Scoring {
  values: Values;
  settings: Settings;
  base: Base;
  credibility: Credibility;
  /** From which purchasing power on each tier but the lowest begins. */
  tiers: readonly number[];
}

/** Who is less than a twentieth above everybody prefers nothing that could be acted on. */
export const leastIndex = 105;

/** Under the code of no value: what an order says of prices. */
const ofPower = dimensions.length * codesOfDimension;

/**
 * Writes what each person of a scope prefers. Of what a person bought, a value counts once an order, `y`, an order of `a` days ago
 * `2^(-a / half-life)`; `n` is all of the dimension. Of everybody its share is `p`. The person's share, shrunk to everybody's by an
 * informative Dirichlet prior (B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' Words", Political Analysis 16(4), 2008, section 3.3):
 *   share = (y + prior * p) / (n + prior),  index = 100 * share / p
 * The favourite is the value that adds most to how far the person differs from everybody, share * ln(share / p), of which the sum is the
 * divergence of S. Kullback and R. A. Leibler (Annals of Mathematical Statistics 22(1), 1951): neither what everybody buys, nor a rarity bought once.
 * Purchasing power is the mean percentile of the unit prices within their categories, by items, shrunk as `credibility.ts` says.
 */
export async function scorePeople(clickhouse: ClickHouse, params: OrdersParams, scope: Scope, scoring: Scoring): Promise<void> {
  const { values, settings, base, credibility, tiers } = scoring;
  const codes = codesOf(values);
  const bound = {
    ...params, ...valueParams(values), ...scopeParams(scope), rates: ratesOf(settings), powerRate: rateOf(powerHalfLifeDays),
    codes: codes.map(({ code }) => code), shares: codes.map(({ code }) => base.get(code) ?? 1),
    priors: dimensions.map((dimension) => settings[dimension].priorLines),
    mean: credibility.mean, priorItems: credibility.priorItems, tiers,
  };
  await clickhouse.command(`insert into preference (${columns.join(', ')}) ${scoreSql(ordersSql(scope))}`, bound, readLimits);
}

const columns = ['model_id', 'customer_no', 'orders', ...dimensions.flatMap((dimension) => [dimension, `${dimension}_share`, `${dimension}_index`]), 'power', 'items', 'tier'];

function scoreSql(orders: string): string {
  const dimension = `intDiv(code, ${codesOfDimension})`;
  const perCode = `select person, code, count() as times, sum(if(code = ${ofPower}, items * exp(-{powerRate:Float64} * ${ageSql}), exp(-{rates:Array(Float64)}[${dimension} + 1] * ${ageSql}))) as y,
      sum(if(code = ${ofPower}, power * exp(-{powerRate:Float64} * ${ageSql}), 0)) as z
    from (select person, at, items, power, arrayJoin(arrayPushBack(codes, toUInt32(${ofPower}))) as code from (${orders})) group by person, code`;
  // Sorted by code, so that of equals the commoner value is taken.
  const perDimension = `select person, ${dimension} as dim, max(times) as times, sum(y) as n, sum(z) as z, arraySort(groupArray((code, y))) as pairs,
      if(dim = ${dimensions.length}, 1., {priors:Array(Float64)}[dim + 1]) as prior,
      arrayMap(pair -> transform(pair.1, {codes:Array(UInt32)}, {shares:Array(Float64)}, 1.), pairs) as base,
      arrayMap((pair, p) -> (pair.2 + prior * p) / (n + prior), pairs, base) as shares,
      arrayMap((s, p) -> s * log(s / p), shares, base) as gains,
      indexOf(gains, arrayMax(gains)) as best, shares[best] as share, 100 * share / base[best] as above,
      dim < ${dimensions.length} and above >= ${leastIndex} as stands, transform(pairs[best].1, {codes:Array(UInt32)}, ${namesSql}, '') as name
    from (${perCode}) group by person, dim`;
  const favourite = (at: number): string => {
    const when = `dim = ${at} and stands`;
    return `anyIf(name, ${when}), anyIf(toFloat32(share), ${when}), anyIf(toFloat32(above), ${when})`;
  };
  const power = `dim = ${dimensions.length}`;
  return `select {model:UInt32}, person, toUInt32(maxIf(times, ${power})), ${dimensions.map((_, at) => favourite(at)).join(', ')},
      toFloat32((sumIf(z, ${power}) + {priorItems:Float64} * {mean:Float64}) / (sumIf(n, ${power}) + {priorItems:Float64})) as power_of, toFloat32(sumIf(n, ${power})) as items_of,
      if(items_of > 0, toUInt8(1 + arrayCount(tier -> power_of >= toFloat32(tier), {tiers:Array(Float64)})), 0)
    from (${perDimension}) group by person`;
}
