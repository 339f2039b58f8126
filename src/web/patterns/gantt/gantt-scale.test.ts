import { describe, expect, it } from 'vitest';
import { dependencyPath, movedBar, rowsSeen, spanOf, tickDays } from './gantt-scale.ts';

describe('the scale of a Gantt chart', () => {
  it('counts days, weeks from Monday, months, quarters and years, over the end of a year', () => {
    expect(tickDays('2026-12-30', '2027-01-02', 'day')).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(tickDays('2026-12-30', '2027-01-12', 'week')).toEqual([
      '2026-12-30',
      '2027-01-04',
      '2027-01-11',
    ]);
    expect(tickDays('2026-11-15', '2027-02-01', 'month')).toEqual([
      '2026-11-15',
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
    ]);
    expect(tickDays('2026-08-15', '2027-04-01', 'quarter')).toEqual([
      '2026-08-15',
      '2026-10-01',
      '2027-01-01',
      '2027-04-01',
    ]);
    expect(tickDays('2026-01-01', '2028-01-01', 'year')).toEqual([
      '2026-01-01',
      '2027-01-01',
      '2028-01-01',
    ]);
    expect(tickDays('2026-01-02', '2026-01-01', 'day')).toEqual([]);
  });

  it('has room for everything and for today', () => {
    expect(spanOf(['2026-08-01', '2026-09-30'], '2026-06-18')).toEqual({
      from: '2026-06-01',
      to: '2026-11-14',
    });
    expect(spanOf([], '2026-06-03')).toEqual({ from: '2026-05-01', to: '2026-07-18' });
  });

  it('draws the rows in sight of however many there are', () => {
    expect(rowsSeen(0, 320, 32, 10_000)).toEqual({ first: 0, last: 18 });
    expect(rowsSeen(320_000, 320, 32, 10_000)).toEqual({ first: 9_992, last: 9_999 });
    expect(rowsSeen(0, 320, 32, 0)).toEqual({ first: 0, last: -1 });
  });

  it('keeps a bar a day long, by whichever end it is drawn', () => {
    const bar = { from: '2026-06-18', to: '2026-06-20' };
    expect(movedBar(bar, 'whole', -20)).toEqual({ from: '2026-05-29', to: '2026-05-31' });
    expect(movedBar(bar, 'start', 5)).toEqual({ from: '2026-06-20', to: '2026-06-20' });
    expect(movedBar(bar, 'end', -5)).toEqual({ from: '2026-06-18', to: '2026-06-18' });
    expect(movedBar(bar, 'end', 2)).toEqual({ from: '2026-06-18', to: '2026-06-22' });
  });

  it('goes around where what waits begins before what it waits for ends', () => {
    expect(dependencyPath(10, 0, 50, 32)).toBe('M10 0H42V32H50');
    expect(dependencyPath(50, 0, 10, 32)).toBe('M50 0h8V16H2V32H10');
  });
});
