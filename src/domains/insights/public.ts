/** The server door of the insights domain. */
export { createInsights, type Insights, type InsightsOptions } from './insights.ts';
export type { Dimension, FactTable, Metric, Reckoning, Subject } from './registry/entry.ts';
export { readMerged } from './histories/merged.ts';
export { type Column, type ColumnWidth, eachPerson, wholeAt } from './histories/read-people.ts';
export { logGamma } from './lifetime-value/numerics/special.ts';
