/** The server door of the insights domain. */
export { createInsights, type Insights, type InsightsOptions } from './insights.ts';
export type { Dimension, FactTable, Metric, Reckoning, Subject } from './registry/entry.ts';
