import { expect, it } from 'vitest';
import { runAttack } from '../hostile/run-attack.ts';
import { report, rounds } from './report.ts';

it('answers 300 hostile texts in every parameter and every place of a body with 4xx or a harmless result, on every endpoint', async () => {
  const { faults, ...outcome } = await runAttack(rounds('PERENNIAL_STEP', 1), 5);
  report('37/38 hostile parameters', { ...outcome, faults: faults.length, verdict: faults.length === 0 ? 'no 5xx, no canary touched' : faults.slice(0, 20) });
  expect(outcome.payloads).toBeGreaterThanOrEqual(300);
  expect(faults).toEqual([]);
  expect(outcome.slowestMs).toBeLessThanOrEqual(5_000);
  expect(outcome).toMatchObject({ connections: 0, fileWritten: false });
}, 3_600_000);
