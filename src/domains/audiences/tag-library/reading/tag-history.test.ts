import { describe, expect, it } from 'vitest';
import { daysBack } from './tag-history.ts';

describe('the days of a tag', () => {
  it('lead back from its size now through what came and went', () => {
    expect(daysBack([{ day: '2026-01-02', entered: 5, left: 0 }, { day: '2026-01-04', entered: 1, left: 3 }], 3, '2026-01-01', '2026-01-05')).toEqual([
      { day: '2026-01-02', size: 5, entered: 5, left: 0 },
      { day: '2026-01-03', size: 5, entered: 0, left: 0 },
      { day: '2026-01-04', size: 3, entered: 1, left: 3 },
      { day: '2026-01-05', size: 3, entered: 0, left: 0 },
    ]);
  });

  it('begin with the first day asked for where somebody had it before', () => {
    expect(daysBack([], 2, '2026-01-01', '2026-01-02')).toEqual([{ day: '2026-01-01', size: 2, entered: 0, left: 0 }, { day: '2026-01-02', size: 2, entered: 0, left: 0 }]);
  });

  it('are today alone where nobody ever had it', () => {
    expect(daysBack([], 0, '2026-01-01', '2026-01-05')).toEqual([{ day: '2026-01-05', size: 0, entered: 0, left: 0 }]);
  });

  it('never fall below nobody, whatever was merged in between', () => {
    expect(daysBack([{ day: '2026-01-02', entered: 2, left: 0 }], 1, '2026-01-01', '2026-01-02').map((day) => day.size)).toEqual([1]);
  });

  it('keep what came and went on a day on which nobody was left', () => {
    expect(daysBack([{ day: '2026-01-02', entered: 2, left: 2 }], 0, '2026-01-01', '2026-01-03').map(({ day, size, entered }) => `${day} ${size} ${entered}`))
      .toEqual(['2026-01-02 0 2', '2026-01-03 0 0']);
  });
});
