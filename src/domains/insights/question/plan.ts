import type { Dimension, FactTable, Metric } from '../registry/entry.ts';
import type { Registry } from '../registry/registry.ts';
import { firstOrderTable } from '../registry/tables.ts';
import { type Asked, isTime } from './asked.ts';

/** A column that the engine counts. Its alias is a number: no word of a question is ever part of a statement. */
export interface Counted {
  metric: Metric;
  alias: string;
  sql(when: string, inRow: (at: string) => string): string;
  /** Totals have a column of their own. */
  differsInTime: boolean;
}

/** One statement: what is counted over the rows of one table. */
export interface Part {
  table: FactTable;
  isStanding: boolean;
  counted: Counted[];
  needsFirstOrder: boolean;
}

/** How a question is answered. */
export interface Plan {
  dimensions: Dimension[];
  parts: Part[];
  /** The engine sorts and cuts: where one statement has all of it, and rows of both periods stand under the same keys. */
  isPagedByEngine: boolean;
}

/** The aggregates a metric is made of. */
export function aggregatesOf(registry: Registry, metric: Metric): Metric[] {
  const { reckoned } = metric;
  return reckoned.kind === 'aggregate' ? [metric] : reckoned.of.flatMap((name) => aggregatesOf(registry, registry.metric(name)));
}

/** Decides where an answer comes from. */
export function planAnswer(registry: Registry, asked: Asked): Plan {
  const dimensions = asked.dimensions.map(registry.dimension);
  const byTimeAlone = asked.dimensions.every(isTime) && asked.filters.length === 0;
  const needed = [...new Set(asked.metrics.flatMap((name) => aggregatesOf(registry, registry.metric(name))))];
  const parts = new Map<string, Part>();
  for (const [at, metric] of needed.entries()) {
    const { reckoned } = metric;
    if (reckoned.kind !== 'aggregate') continue;
    // Where every line counts, the totals of customers tell when each first ordered: no line is read.
    const fromTotals = reckoned.needsFirstOrder === true && byTimeAlone && asked.dimensions.length > 0;
    const table = fromTotals ? firstOrderTable : registry.table(metric.table);
    const isStanding = metric.isStanding ?? false;
    const key = `${table.name} ${isStanding}`;
    const part = parts.get(key) ?? { table, isStanding, counted: [], needsFirstOrder: false };
    part.counted.push({
      metric,
      alias: `m${at}`,
      sql: fromTotals ? (when) => `countIf(${when})` : reckoned.sql,
      differsInTime: !fromTotals && reckoned.differsInTime === true && asked.dimensions.some(isTime),
    });
    part.needsFirstOrder ||= !fromTotals && reckoned.needsFirstOrder === true;
    parts.set(key, part);
  }
  const usesFirstOrder = [...asked.dimensions, ...asked.filters.map((filter) => filter.dimension)].some((name) => registry.dimension(name).needsFirstOrder);
  if (usesFirstOrder) for (const part of parts.values()) part.needsFirstOrder = true;
  // Days of two periods are put beside each other here, and days without anything are put in.
  const isAligned = !asked.dimensions.some(isTime) || (asked.against === null && asked.dimensions.length > 1);
  return { dimensions, parts: [...parts.values()], isPagedByEngine: asked.page !== null && parts.size === 1 && isAligned };
}
