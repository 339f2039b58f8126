import { describe, expect, it } from 'vitest';
import { proveClubs } from '../../../test/club/prove-club.ts';

describe('a programme as people live through it', () => {
  it('check 6: comes to what a plain computation comes to after every step, whatever happens', async () => {
    const seen = await proveClubs({ clubs: 1, people: 60, seed: 5 });
    for (const what of ['order', 'return', 'earn', 'spend', 'hold', 'commit', 'release', 'give_back', 'again', 'same key, another command', 'refused', 'grant', 'merge', 'part', 'gold', 'black'])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(5);
  });
});
