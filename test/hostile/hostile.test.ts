import { expect, it } from 'vitest';
import { runAttack } from './run-attack.ts';

it('answers hostile parameters with 4xx or a harmless result, on every endpoint', async () => {
  const { faults, connections, fileWritten, reached } = await runAttack(40, 40);
  expect(faults).toEqual([]);
  expect({ connections, fileWritten }).toEqual({ connections: 0, fileWritten: false });
  // Bodies are made to measure: some of what is put into them gets through the door.
  expect(reached).toBeGreaterThan(20);
});
