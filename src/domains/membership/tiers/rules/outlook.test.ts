import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import type { Growth, TierProgramme, TierSetting } from './life.ts';
import { outlookOf } from './outlook.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00+08:00`);
const setting = (kind: TierProgramme['tierRules']['clock']['kind']): TierSetting => ({
  versions: [
    {
      versionNo: 1,
      startsAt: 0,
      definition: {
        tiers: [
          { key: 'leaf', entry: 0, keep: null },
          { key: 'gold', entry: 1_000, keep: 800 },
        ],
        tierRules: {
          clock: { kind, months: 12, startMonth: 1 },
          graceDays: 0,
          minimumDays: 0,
          drop: 'one_level',
          refunds: 'at_once',
          review: 'by_itself',
        },
        removedTiers: {},
      },
    },
  ],
  pauses: [],
  timeZone: 'Asia/Shanghai',
});

function outlook(kind: Parameters<typeof setting>[0], growth: [string, number][], now: string) {
  const entries: Growth[] = growth.map(([at, amount], no) => ({ at: day(at), amount, no }));
  const person = { joinedAt: day('2025-01-01'), growth: entries, grants: [] };
  const life = advance(null, person, setting(kind), day(now))?.life;
  return life ? outlookOf(life, person, setting(kind)) : null;
}

describe('how far somebody is', () => {
  it('counts what is missing to the next tier, and when it would be reached as growth went in the last ninety days', () => {
    expect(
      outlook(
        'calendar',
        [
          ['2025-02-01', 400],
          ['2025-05-01', 300],
        ],
        '2025-06-01',
      ),
    ).toMatchObject({
      risen: { total: 700, countedFrom: day('2025-01-01') },
      next: { tier: 'gold', entry: 1_000, missing: 300, expectedAt: day('2025-08-30') },
      changesAt: day('2026-01-01'),
      keep: null,
    });
  });

  it('expects nothing of somebody who has stopped, or who would take more than a year', () => {
    expect(outlook('calendar', [['2025-02-01', 700]], '2025-11-01')?.next).toMatchObject({
      missing: 300,
      expectedAt: null,
    });
    expect(outlook('calendar', [['2025-10-01', 10]], '2025-11-01')?.next).toMatchObject({
      missing: 990,
      expectedAt: null,
    });
  });

  it('counts what is missing to keep a tier by its review', () => {
    expect(outlook('calendar', [['2025-02-01', 1_000]], '2025-06-01')).toMatchObject({
      next: null,
      keep: { total: 1_000, needed: 800, missing: 0 },
    });
    expect(
      outlook(
        'calendar',
        [
          ['2025-02-01', 1_000],
          ['2026-02-01', 500],
        ],
        '2026-06-01',
      ),
    ).toMatchObject({ keep: { total: 500, needed: 800, missing: 300 } });
    expect(
      outlook(
        'tier_start',
        [
          ['2025-02-01', 1_000],
          ['2025-03-01', 200],
        ],
        '2025-06-01',
      ),
    ).toMatchObject({ keep: { total: 200, missing: 600 } });
    expect(
      outlook(
        'rolling',
        [
          ['2025-02-01', 1_000],
          ['2025-03-01', 200],
        ],
        '2025-06-01',
      ),
    ).toMatchObject({ keep: { total: 1_200, missing: 0 } });
  });

  it('says when what counts changes by itself', () => {
    expect(
      outlook(
        'rolling',
        [
          ['2025-02-01', 400],
          ['2025-03-01', 200],
        ],
        '2025-06-01',
      )?.changesAt,
    ).toBe(day('2026-02-02'));
    expect(outlook('rolling', [], '2025-06-01')?.changesAt).toBe(null);
  });

  it('is nothing under a version that is not known', () => {
    const person = { joinedAt: day('2025-01-01'), growth: [], grants: [] };
    const life = advance(null, person, setting('calendar'), day('2025-06-01'))?.life;
    expect(life && outlookOf({ ...life, versionNo: 9 }, person, setting('calendar'))).toBe(null);
  });
});
