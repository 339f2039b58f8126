import { codesOf, type Dimension, dimensions, type Values } from '../dimensions.ts';
import type { AffinitySettings } from './hold-out.ts';

export type Settings = Record<Dimension, AffinitySettings>;

/** Where too few people came back to learn from: half after half a year, and a prior of three orders. */
const usual: AffinitySettings = { halfLifeDays: 180, priorLines: 3 };

export const withUsual = (chosen: Partial<Settings>): Settings =>
  Object.fromEntries(dimensions.map((dimension) => [dimension, chosen[dimension] ?? usual])) as Settings;

/** How much of everything is bought: by code, as a share of its dimension. */
export type Base = ReadonlyMap<number, number>;

/** Shares out of sums by code. Half an order is added to each value, so that what nobody of a sample bought is rare, not impossible. */
export function baseOf(values: Values, sums: ReadonlyMap<number, number>): Base {
  const all = codesOf(values).map(({ code, dimension }) => ({ code, dimension, sum: (sums.get(code) ?? 0) + 0.5 }));
  const totals = Map.groupBy(all, ({ dimension }) => dimension);
  const totalOf = (dimension: Dimension): number => (totals.get(dimension) ?? []).reduce((total, { sum }) => total + sum, 0);
  const byDimension = new Map(dimensions.map((dimension) => [dimension, totalOf(dimension)]));
  return new Map(all.map(({ code, dimension, sum }) => [code, sum / (byDimension.get(dimension) ?? 1)]));
}
