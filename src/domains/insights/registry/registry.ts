import { Problem } from '../../../kernel/problem.ts';
import type { Dimension, FactTable, Metric } from './entry.ts';

/** Everything that can be asked for: this domain's own, and what others brought. */
export interface Registry {
  metrics(): Metric[];
  dimensions(): Dimension[];
  tables(): FactTable[];
  /** 400 where there is none, as for a domain that is not part of the product. */
  metric(name: string): Metric;
  dimension(name: string): Dimension;
  table(name: string): FactTable;
  registerTable(table: FactTable): void;
  registerMetric(metric: Metric): void;
  registerDimension(dimension: Dimension): void;
  /** Whether a metric can be told apart by a dimension. */
  combines(metric: Metric, dimension: Dimension): boolean;
}

/** A registry of what is given; names are given once. */
export function createRegistry(given: { tables: FactTable[]; metrics: Metric[]; dimensions: Dimension[] }): Registry {
  const tables = new Map<string, FactTable>();
  const metrics = new Map<string, Metric>();
  const dimensions = new Map<string, Dimension>();
  const registry: Registry = {
    metrics: () => [...metrics.values()],
    dimensions: () => [...dimensions.values()],
    tables: () => [...tables.values()],
    metric: (name) => metrics.get(name) ?? unknown('metric'),
    dimension: (name) => dimensions.get(name) ?? unknown('dimension'),
    table: (name) => tables.get(name) ?? unknown('table'),
    registerTable: (table) => once(tables, table),
    registerMetric(metric) {
      registry.table(metric.table);
      if (metric.reckoned.kind !== 'aggregate') metric.reckoned.of.forEach(registry.metric);
      once(metrics, metric);
    },
    registerDimension: (dimension) => once(dimensions, dimension),
    combines: ({ table, isStanding }, { of, ofTime, ofPerson }) =>
      (ofTime ? !isStanding : of?.[table] !== undefined || ofPerson !== undefined),
  };
  given.tables.forEach(registry.registerTable);
  given.metrics.forEach(registry.registerMetric);
  given.dimensions.forEach(registry.registerDimension);
  return registry;
}

function once<T extends { name: string }>(entries: Map<string, T>, entry: T): void {
  if (entries.has(entry.name)) throw new Problem('insights.name_taken', { status: 500, params: { name: entry.name } });
  entries.set(entry.name, entry);
}

/** What was asked for is not said again: it may be anything that somebody pasted. */
function unknown(kind: 'metric' | 'dimension' | 'table'): never {
  throw new Problem('insights.not_in_registry', { status: 400, params: { kind } });
}
