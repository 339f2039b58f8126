import { codesOf, type Dimension, dimensions, type Values } from '../dimensions.ts';
import type { AffinitySettings } from './hold-out.ts';

export type Settings = Record<Dimension, AffinitySettings>;

/** Where too few people came back to learn from: half after half a year, and a prior of three orders. */
const usual: AffinitySettings = { halfLifeDays: 180, priorLines: 3 };

export const withUsual = (chosen: Partial<Settings>): Settings =>
  Object.fromEntries(dimensions.map((dimension) => [dimension, chosen[dimension] ?? usual])) as Settings;

/** How much of everything is bought: by code, as a share of its dimension. */
export type Base = ReadonlyMap<number, number>;

/** What nobody of a sample bought counts as half an order: it is rare, not impossible. */
const leastOrders = 0.5;

/** Shares out of sums by code. */
export function baseOf(values: Values, sums: ReadonlyMap<number, number>): Base {
  const all = codesOf(values).map(({ code, dimension }) => ({ code, dimension, sum: sums.get(code) ?? 0 }));
  const totals = new Map([...Map.groupBy(all, ({ dimension }) => dimension)].map(([dimension, of]) => [dimension, of.reduce((total, { sum }) => total + sum, 0)]));
  return new Map(all.map(({ code, dimension, sum }) => [code, Math.min(1, Math.max(sum, leastOrders) / Math.max(totals.get(dimension) ?? 0, leastOrders))]));
}
