import { describe, expect, it } from 'vitest';
import { refusalOfPause } from '../pauses.ts';
import { endOf, neighbours, phaseOf, type Placed, refusalOfStart } from './timeline.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00+08:00`);
const published = (versionNo: number, startsOn: string): Placed => ({
  versionNo,
  state: 'published',
  startsAt: day(startsOn),
});
const waiting = (versionNo: number, startsOn: string): Placed => ({
  versionNo,
  state: 'waiting',
  startsAt: day(startsOn),
});
const now = new Date('2026-06-18T12:00:00+08:00');

const codeOf = (startsOn: string, all: readonly Placed[], at = now): string | null =>
  refusalOfStart(9, day(startsOn), all, true, at)?.code ?? null;

describe('the start of a version', () => {
  it.each([
    ['in the past, where none is in force', '2020-01-01', [], null],
    [
      'in the past, before the first that is promised',
      '2020-01-01',
      [published(1, '2026-07-01')],
      null,
    ],
    [
      'in the past, where one is in force',
      '2026-06-17',
      [published(1, '2025-01-01')],
      'membership.programme_starts_in_past',
    ],
    [
      'today, which has begun',
      '2026-06-18',
      [published(1, '2025-01-01')],
      'membership.programme_starts_in_past',
    ],
    [
      'before the one in force',
      '2024-01-01',
      [published(1, '2025-01-01')],
      'membership.programme_starts_in_past',
    ],
    ['tomorrow', '2026-06-19', [published(1, '2025-01-01')], null],
    [
      'on the day of another',
      '2026-07-01',
      [published(1, '2025-01-01'), published(2, '2026-07-01')],
      'membership.programme_day_taken',
    ],
    [
      'on the day of one that waits for approval',
      '2026-07-01',
      [published(1, '2025-01-01'), waiting(2, '2026-07-01')],
      'membership.programme_day_taken',
    ],
    [
      'between two others',
      '2026-07-15',
      [published(1, '2025-01-01'), published(2, '2026-08-01')],
      null,
    ],
  ])('%s', (_what, startsOn, all, code) => {
    expect(codeOf(startsOn, all)).toBe(code);
  });

  it('is closed a minute before it comes, so that everybody who uses it has read it', () => {
    const all = [published(1, '2025-01-01')];
    expect(codeOf('2026-06-19', all, new Date('2026-06-18T23:59:00+08:00'))).toBeNull();
    expect(codeOf('2026-06-19', all, new Date('2026-06-18T23:59:01+08:00'))).toBe(
      'membership.programme_starts_in_past',
    );
  });

  it('can be set anew for the version itself', () => {
    expect(
      refusalOfStart(
        2,
        day('2026-07-01'),
        [published(1, '2025-01-01'), waiting(2, '2026-07-01')],
        true,
        now,
      ),
    ).toBeNull();
  });
});

describe('case 29: the life of a version', () => {
  const all = [
    published(1, '2024-01-01'),
    published(2, '2025-01-01'),
    published(3, '2026-07-01'),
    waiting(4, '2026-08-01'),
    { versionNo: 5, state: 'draft' as const, startsAt: null },
  ];

  it('is past, in force or to come, by the moment it is looked at', () => {
    const phases = (at: string) => all.map((version) => phaseOf(version, all, new Date(at)));
    expect(phases('2026-06-18T12:00:00+08:00')).toEqual([
      'past',
      'in_force',
      'coming',
      'waiting',
      'draft',
    ]);
    expect(phases('2026-07-01T00:00:00+08:00')).toEqual([
      'past',
      'past',
      'in_force',
      'waiting',
      'draft',
    ]);
    expect(phases('2026-06-30T23:59:59.999+08:00')).toEqual([
      'past',
      'in_force',
      'coming',
      'waiting',
      'draft',
    ]);
    expect(phases('2023-06-18T12:00:00+08:00').slice(0, 3)).toEqual(['coming', 'coming', 'coming']);
  });

  it('ends where the next one that is published begins', () => {
    expect(all.map((version) => endOf(version, all)?.toISOString() ?? null)).toEqual([
      '2024-12-31T16:00:00.000Z',
      '2026-06-30T16:00:00.000Z',
      null,
      null,
      null,
    ]);
  });

  it('stands between the one before it and the one after it', () => {
    const between = (versionNo: number, startsOn: string) => {
      const { before, after } = neighbours(versionNo, day(startsOn), all);
      return [before?.versionNo, after?.versionNo];
    };
    expect(between(9, '2025-06-01')).toEqual([2, 3]);
    expect(between(2, '2025-01-01')).toEqual([1, 3]);
    expect(between(9, '2023-01-01')).toEqual([undefined, 1]);
    expect(between(4, '2026-08-01')).toEqual([3, undefined]);
  });
});

describe('a pause', () => {
  const paused = [
    { from: day('2026-01-01'), until: day('2026-01-08') },
    { from: day('2026-09-01'), until: null },
  ];
  const code = (from: Date, until: Date | null): string | null =>
    refusalOfPause({ from, until }, paused, now)?.code ?? null;

  it('begins now or later, ends after that, and overlaps with no other', () => {
    expect(code(now, null)).toBe('membership.pause_overlaps');
    expect(code(now, day('2026-06-20'))).toBeNull();
    expect(code(day('2026-08-01'), day('2026-09-01'))).toBeNull();
    expect(code(day('2026-08-01'), new Date(day('2026-09-01').getTime() + 1))).toBe(
      'membership.pause_overlaps',
    );
    expect(code(day('2026-10-01'), day('2026-11-01'))).toBe('membership.pause_overlaps');
    expect(code(day('2026-06-18'), day('2026-06-20'))).toBe('membership.pause_in_past');
    expect(code(day('2026-08-01'), day('2026-08-01'))).toBe('membership.pause_ends_first');
  });
});
