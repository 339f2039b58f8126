import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

describe('a pace', () => {
  it('is none where none was asked for', () => {
    const pace = createPace(null, () => 0);
    expect(pace.take(500)).toBe(500);
    expect(pace.take(500)).toBe(500);
  });

  it('lets through so many a minute, evenly, whoever asks and however often', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 900 })), { minLength: 5, maxLength: 200 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 60_000 }), steps, (perMinute, asked) => {
      let now = 0;
      const pace = createPace(perMinute, () => now);
      const taken: { at: number; count: number }[] = [];
      for (const [waitMs, wanted] of asked) {
        now += waitMs;
        const count = pace.take(wanted);
        expect(count).toBeLessThanOrEqual(wanted);
        taken.push({ at: now, count });
      }
      for (const { at: from } of taken) {
        const within = taken.filter(({ at }) => at >= from && at < from + 60_000);
        const sum = within.reduce((all, { count }) => all + count, 0);
        // What one second allows may come at once, at the beginning.
        expect(sum).toBeLessThanOrEqual(perMinute + Math.max(1, Math.ceil(perMinute / 60)));
      }
    }));
  });

  it('saves nothing up while nobody sends', () => {
    let now = 0;
    const pace = createPace(600, () => now);
    now = 3_600_000;
    expect(pace.take(1_000)).toBe(10);
    expect(pace.take(1_000)).toBe(0);
    now += 500;
    expect(pace.take(1_000)).toBe(5);
  });

  it('takes back what did not leave', () => {
    let now = 0;
    const pace = createPace(600, () => now);
    now = 1_000;
    expect(pace.take(10)).toBe(10);
    pace.giveBack(4);
    expect(pace.take(10)).toBe(4);
    pace.giveBack(1_000);
    expect(pace.take(1_000)).toBe(10);
  });

  it('of less than one a second lets one through when its time has come', () => {
    let now = 0;
    const pace = createPace(6, () => now);
    now = 9_999;
    expect(pace.take(5)).toBe(0);
    now = 10_000;
    expect(pace.take(5)).toBe(1);
    expect(pace.take(5)).toBe(0);
  });
});
