import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signIn } from '../../../../../test/sample-activity.ts';
import { addDays } from '../../../../kernel/day.ts';
import { signInPoints, streakOf } from './streak.ts';

describe('a streak of sign-ins', () => {
  const week = signIn();
  const endless = signIn({ cycleDays: null });

  it('goes on from yesterday, begins anew after a day without, and anew when its cycle is full', () => {
    expect(streakOf(null, '2026-06-18', week)).toBe(1);
    expect(streakOf({ day: '2026-06-17', streak: 2 }, '2026-06-18', week)).toBe(3);
    expect(streakOf({ day: '2026-06-16', streak: 2 }, '2026-06-18', week)).toBe(1);
    expect(streakOf({ day: '2026-06-17', streak: 7 }, '2026-06-18', week)).toBe(1);
    expect(streakOf({ day: '2026-06-17', streak: 7 }, '2026-06-18', endless)).toBe(8);
    expect(streakOf({ day: '2026-05-31', streak: 4 }, '2026-06-01', endless)).toBe(5);
    expect(streakOf({ day: '2028-02-29', streak: 1 }, '2028-03-01', endless)).toBe(2);
  });

  it('is not made longer by a second sign-in of a day, nor by a clock that was set back', () => {
    expect(streakOf({ day: '2026-06-18', streak: 3 }, '2026-06-18', week)).toBe(3);
    expect(streakOf({ day: '2026-06-19', streak: 3 }, '2026-06-18', week)).toBe(1);
  });

  it('gives its bonuses on their days, and after many days what a list of days says', () => {
    expect([1, 2, 3, 4, 7].map((streak) => signInPoints(week, streak))).toEqual([5, 5, 15, 5, 55]);
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 80 }), (came) => {
      let last: { day: string; streak: number } | null = null;
      let given = 0;
      let plain = 0;
      let inARow = 0;
      for (const [at, isHere] of came.entries()) {
        const day = addDays('2026-01-01', at);
        inARow = isHere ? (inARow === 7 ? 1 : inARow + 1) : 0;
        if (!isHere) continue;
        const streak: number = streakOf(last, day, week);
        expect(streak).toBe(inARow);
        given += signInPoints(week, streak);
        plain += 5 + (inARow === 3 ? 10 : 0) + (inARow === 7 ? 50 : 0);
        last = { day, streak };
      }
      expect(given).toBe(plain);
    }));
  });
});
