import { describe, expect, it } from 'vitest';
import { halfDayMs, type NaiveGrowth, NaiveTier } from '../../../../../test/naive-tiers.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { advance, type Standing } from './advance.ts';
import type { Grant, Growth, Pause, TierPerson, TierProgramme, TierVersion } from './life.ts';

const timeZone = 'Asia/Shanghai';
const start = Date.parse('2024-01-30T00:00:00+08:00');
const dayMs = 2 * halfDayMs;
const histories = 2_000;

/** A life by chance: growth at noon, some of it returned within a month, grants, pauses, and a second version. */
function someLife(random: () => number) {
  const chance = (n: number): number => Math.floor(random() * n);
  const one = <T>(...of: T[]): T => of[chance(of.length)];
  const programme = (): TierProgramme => {
    const keeps = [1 + chance(6), 4 + chance(8), 8 + chance(20)];
    return {
      tiers: [
        { key: 'a', entry: 0, keep: null },
        ...['b', 'c', 'd'].map((key, i) => ({
          key,
          entry: 6 + 8 * i + 8 * i * i,
          keep: chance(9) === 0 ? null : Math.min(keeps[i], 6 + 8 * i + 8 * i * i),
        })),
      ],
      tierRules: {
        clock: {
          kind: one('tier_start', 'join_anniversary', 'calendar', 'rolling'),
          months: one(1, 3, 6, 12),
          startMonth: 1 + chance(12),
        },
        graceDays: one(0, 0, 5, 40),
        minimumDays: one(0, 0, 10, 100),
        drop: one('one_level', 'recompute', 'recompute', 'none'),
        refunds: one('at_once', 'at_review', 'never'),
        review: 'by_itself',
      },
      removedTiers: {},
    };
  };
  const versions: TierVersion[] = [{ versionNo: 1, startsAt: start - 400 * dayMs, definition: programme() }];
  if (chance(3) === 0) {
    const second = programme();
    if (chance(2) === 0)
      Object.assign(second, {
        tiers: second.tiers.filter(({ key }) => key !== 'c'),
        removedTiers: { c: one('b', 'd') },
      });
    versions.push({ versionNo: 2, startsAt: start + chance(450) * dayMs, definition: second });
  }
  const growth: NaiveGrowth[] = [];
  for (let i = 0; i < 14; i++) {
    const at = start + chance(500) * dayMs + halfDayMs;
    const amount = 1 + chance(14);
    growth.push({ at, amount, knownAt: at });
    if (chance(4) === 0) growth.push({ at, amount: -(1 + chance(amount)), knownAt: at + (1 + chance(30)) * dayMs });
  }
  growth.sort((a, b) => a.at - b.at || a.knownAt - b.knownAt);
  const grants: Grant[] = [];
  if (chance(3) === 0)
    grants.push({
      grantNo: 1,
      tier: one('b', 'd'),
      from: start + chance(300) * dayMs,
      until: chance(4) === 0 ? null : start + (300 + chance(200)) * dayMs,
    });
  const pauses: Pause[] =
    chance(4) === 0
      ? [{ from: start + 200 * dayMs, until: chance(8) === 0 ? null : start + (201 + chance(250)) * dayMs }]
      : [];
  return { versions, growth, grants, pauses };
}

/** What is known of a life at a moment. */
const knownBy = (growth: readonly NaiveGrowth[], now: number): Growth[] =>
  growth.filter(({ knownAt }) => knownAt <= now).map((each) => ({ ...each, no: each.knownAt }));
const ways: Record<string, string> = { rise: 'up', grant: 'up', drop: 'down', grant_end: 'down' };

describe('the tier somebody is in', () => {
  it(`is that of one who lives through every half day and foresees nothing: ${histories} histories, looked at only when something is due`, () => {
    const random = seededRandom(11);
    const kinds = new Map<string, number>();
    for (let history = 0; history < histories; history++) {
      const { versions, growth, grants, pauses } = someLife(random);
      const naive = new NaiveTier(start, growth, grants, versions, pauses);
      const setting = { versions, pauses, timeZone };
      const person = (now: number): TierPerson => ({ joinedAt: start, growth: knownBy(growth, now), grants });
      let standing = advance(null, person(start), setting, start) as Standing;
      const seen: typeof naive.seen = [];
      const keep = (changes: Standing['changes']): void => {
        for (const { kind, from, to, at } of changes) {
          kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          if (from !== null) seen.push({ kind: ways[kind] ?? kind, from, to, at });
        }
      };
      keep(standing.changes);
      for (let t = start; t < start + 560 * dayMs; t += halfDayMs) {
        naive.tick(t);
        const isNew = growth.some(({ knownAt }) => knownAt === t) || versions.some(({ startsAt }) => startsAt === t);
        if (!isNew && (standing.dueAt === null || standing.dueAt > t)) continue;
        standing = advance(standing.life, person(t), setting, t) as Standing;
        keep(standing.changes);
        if (standing.life.shown !== naive.shown)
          expect(
            seen,
            `history ${history} ${JSON.stringify({ versions, growth, grants, pauses, life: standing.life })}`,
          ).toEqual(naive.seen);
      }
      expect(seen, `history ${history}\n${JSON.stringify({ versions, growth, grants, pauses })}`).toEqual(naive.seen);
    }
    for (const kind of ['rise', 'drop', 'renew', 'grace', 'grant', 'grant_end'])
      expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(100);
  });
});
