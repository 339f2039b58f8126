import { describe, expect, it } from 'vitest';
import { windowOf } from './model.ts';
import type { Waits } from './survival.ts';

/** Weeks of remission under 6-mercaptopurine (Freireich et al. 1963), as people who came back or wait. */
const remission: Waits[] = [
  { day: 6, came: 3, waiting: 1 }, { day: 7, came: 1, waiting: 0 }, { day: 9, came: 0, waiting: 1 }, { day: 10, came: 1, waiting: 1 }, { day: 11, came: 0, waiting: 1 },
  { day: 13, came: 1, waiting: 0 }, { day: 16, came: 1, waiting: 0 }, { day: 17, came: 0, waiting: 1 }, { day: 19, came: 0, waiting: 1 }, { day: 20, came: 0, waiting: 1 },
  { day: 22, came: 1, waiting: 0 }, { day: 23, came: 1, waiting: 0 }, { day: 25, came: 0, waiting: 1 }, { day: 32, came: 0, waiting: 2 }, { day: 34, came: 0, waiting: 1 }, { day: 35, came: 0, waiting: 1 },
];

describe('the window of a category', () => {
  it('says when of all buyers so many have come, and when of those who came', () => {
    const window = windowOf('茶叶', remission);
    expect(window).toMatchObject({ category: '茶叶', buyers: 21, came: 9, longest: 35, quartiles: [13, 23, null], ofWhoCame: [6, 10, 16], within180: null, within365: null });
  });

  it('has a curve for every day, that begins with nobody and never falls', () => {
    const { curve } = windowOf(null, remission);
    expect(curve.map(({ day }) => day)).toEqual(Array.from({ length: 36 }, (_, day) => day));
    expect([curve[0].share, curve[5].share, curve[6].share, curve[35].share]).toEqual([0, 0, expect.closeTo(3 / 21, 10), expect.closeTo(1 - 0.448, 3)]);
    expect(curve.every(({ share }, i) => i === 0 || share >= curve[i - 1].share)).toBe(true);
    expect([curve[0].atRisk, curve[7].atRisk, curve[35].atRisk]).toEqual([21, 17, 1]);
  });

  it('is drawn by a bounded number of points however long people were looked at', () => {
    const { curve, within365, best } = windowOf('慢', Array.from({ length: 2_000 }, (_, day) => ({ day: day + 1, came: 1, waiting: 3 })));
    expect(curve.length).toBeLessThanOrEqual(121);
    expect(curve.at(-1)?.day).toBeGreaterThan(1_950);
    expect(within365?.share).toBeGreaterThan(0);
    expect(best && best.from <= best.peak && best.peak <= best.to).toBe(true);
  });

  it('knows nothing of days where all bought today', () => {
    expect(windowOf('新', [{ day: 0, came: 0, waiting: 50 }])).toMatchObject({ buyers: 50, came: 0, longest: 0, quartiles: [null, null, null], within180: null, best: null, ofWhoCame: [], curve: [{ day: 0, share: 0, low: 0, high: 0, atRisk: 50, rate: null }] });
  });
});
