/** The server door of the insights domain. */
export { createInsights, type Insights, type InsightsOptions } from './insights.ts';
export type { Dimension, FactTable, Metric, Reckoning, Subject } from './registry/entry.ts';
export type { WaitingSource, WaitingThing } from './waiting/waiting.ts';
export { readMerged } from './histories/merged.ts';
export { type Column, type ColumnWidth, eachPerson, wholeAt } from './histories/read-people.ts';
export { logGamma } from './lifetime-value/numerics/special.ts';
export { lateHours, momentIn, nextDue, takeUpMoments } from './reporting/schedules/rhythm.ts';
export { outsiders, readersOf, type Reader } from './reporting/schedules/recipients.ts';
export { html, type Html } from './reporting/mail/html.ts';
export { button, card, faint, heading, look, page, tiles } from './reporting/mail/look.ts';
