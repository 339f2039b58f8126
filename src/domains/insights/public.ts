/** The server door of the insights domain. */
export { createInsights, type Insights, type InsightsOptions } from './insights.ts';
