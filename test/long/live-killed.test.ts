import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../harness.ts';
import { startKills } from '../live-kills.ts';
import { rounds, runSeed, seeded } from './report.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

it('live audiences are at their old or new members after their keeper was killed many times, while they followed, were computed as a whole, or were frozen', async () => {
  const chance = seeded(runSeed());
  const kills = await startKills(test);
  for (let turn = 0; turn < rounds('PERENNIAL_ROUNDS', 60); turn++) {
    await kills.killAfter(500 + 2_500 * chance());
    expect(await kills.faults()).toEqual([]);
  }
  expect(await kills.finish()).toEqual([]);
}, 1_200_000);
