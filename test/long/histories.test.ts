import { describe, expect, it } from 'vitest';
import { proveClubs } from '../club/prove-club.ts';
import { report, runSeed } from './report.ts';

describe('a programme as thousands live through it', () => {
  it('check 6: comes to what a plain computation comes to after every step: 2,160 histories of people with two numbers, in twelve brands', async () => {
    const seed = runSeed();
    const seen = await proveClubs({ clubs: 12, people: 180, seed });
    report('check 6', { seed, histories: 12 * 180, ...Object.fromEntries(seen) });
    for (const what of ['gold, of two', 'black, of two', 'commit', 'release', 'give_back', 'again']) expect(seen.get(what) ?? 0, what).toBeGreaterThan(100);
  }, 1_800_000);
});
