import { describe, expect, it } from 'vitest';
import { proveLedger } from '../../src/domains/membership/ledger/store/proof.ts';
import { closeUnderKills, createBoundaryBrand, stateOf } from '../boundary-brand.ts';
import { dayBoundaryOn } from '../day-closer.ts';
import type { TestPlatform } from '../harness.ts';
import { report, rounds, runSeed, seeded } from './report.ts';

const people = 12_000;
const gifts = 1_500;
const at = '2027-01-01T00:00:07+08:00';
/** Shorter than the shortest step at times, longer than the longest at others. */
const longestMs = 700;

/** A brand whose day before is closed, and that is about to close a day on which very many have something due. */
async function brandBefore(): Promise<TestPlatform> {
  const brand = await createBoundaryBrand(people, gifts);
  brand.platform.clock.now = () => new Date('2026-12-31T12:00:00+08:00');
  await dayBoundaryOn(brand.platform).run();
  brand.platform.clock.now = () => new Date(at);
  return brand;
}

describe('the boundary between days', () => {
  it('check 10: fifty times killed at random moments while another process is at it as well: every lot ends once, and all is as if nothing had happened', async () => {
    const seed = runSeed();
    const chance = seeded(seed);
    const most = rounds('PERENNIAL_ROUNDS', 50);
    const whole = await brandBefore();
    await dayBoundaryOn(whole.platform).run();
    const expected = await stateOf(whole);
    await whole.close();
    let [kills, days] = [0, 0];
    while (kills < most) {
      const brand = await brandBefore();
      kills += await closeUnderKills(brand, at, { delayMs: () => chance() * longestMs, most: most - kills });
      expect(await stateOf(brand), `seed ${seed}, day ${days}`).toEqual(expected);
      expect(await proveLedger(brand.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
      await brand.close();
      days++;
    }
    report('check 10', { seed, kills, days });
    expect(kills).toBe(most);
  }, 1_200_000);
});
