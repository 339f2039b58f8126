import type { PlanReport } from '../../contract.ts';

type Copy = PlanReport['copies'][number];

const movingMs = 2_000;
/** What is tried again waits for minutes and hours. */
const againMs = 30_000;

/** How often to look whether letters and messages have left. */
export function refreshOf(copies: readonly Pick<Copy, 'state' | 'why'>[]): number | false {
  if (copies.some(({ state, why }) => state === 'sending' || (state === 'waiting' && why === null))) return movingMs;
  return copies.some(({ state }) => state === 'waiting') && againMs;
}
