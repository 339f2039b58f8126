import { describe, expect, it } from 'vitest';
import { Durations } from './durations.ts';

const of = (values: readonly number[]) => {
  const durations = new Durations();
  for (const value of values) durations.add(value);
  return durations.quartiles();
};

describe('quartiles of durations', () => {
  it('lie between neighbours where no duration is the one', () => {
    expect(of([4, 1, 3, 2])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
    expect(of([10, 0, 20, 40, 30])).toEqual({ lower: 10, median: 20, upper: 30 });
  });

  it('are those of one where there is one, and none where there is none', () => {
    expect(of([7])).toEqual({ lower: 7, median: 7, upper: 7 });
    expect(of([])).toBeNull();
  });

  it('hold for more than fit at first', () => {
    const many = Array.from({ length: 10_001 }, (_, i) => (i * 7_919) % 10_001);
    expect(of(many)).toEqual({ lower: 2_500, median: 5_000, upper: 7_500 });
  });
});
