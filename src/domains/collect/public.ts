/** The server door of the collect domain. */
export { createCollect, type Collect } from './collect.ts';
export type { AddToDemo } from './demo-brand/load.ts';
export { createRebuildGate, doubtClickHouse } from './facts/doubt.ts';
export type { ToldEvent } from './told/told-event.ts';
export { readFactStatus } from './facts/fact-state.ts';
