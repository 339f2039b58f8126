import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { advance, settleDrop, type Standing } from './advance.ts';
import type { Grant, Growth, TierChange, TierPerson, TierProgramme, TierSetting } from './life.ts';

const timeZone = 'Asia/Shanghai';
const dayMs = 86_400_000;
const start = Date.parse('2024-03-31T10:30:00+08:00');
const keys = ['a', 'b', 'c', 'd'];

describe('whatever comes, late, twice or in any order, the tier somebody is in', () => {
  const random = seededRandom(77);
  const chance = (n: number): number => Math.floor(random() * n);
  const one = <T>(...of: T[]): T => of[chance(of.length)];
  const someProgramme = (): TierProgramme => ({
    tiers: keys.map((key, i) => ({
      key,
      entry: 10 * i * i,
      keep: i === 0 || chance(8) === 0 ? null : 10 * i * i - chance(4 * i),
    })),
    tierRules: {
      clock: {
        kind: one('tier_start', 'join_anniversary', 'calendar', 'rolling'),
        months: one(1, 3, 12),
        startMonth: 1 + chance(12),
      },
      graceDays: one(0, 7, 30),
      minimumDays: one(0, 14),
      drop: one('one_level', 'recompute', 'none'),
      refunds: one('at_once', 'at_review', 'never'),
      review: one('by_itself', 'approved'),
    },
    removedTiers: {},
  });
  /** Growth out of order: much of it known long after it happened. */
  const someGrowth = (until: number, isLate: boolean): (Growth & { knownAt: number })[] => {
    const growth = Array.from({ length: 12 }, () => {
      const at = start + Math.floor(random() * (until - start));
      return {
        at,
        amount: chance(5) === 0 ? -chance(8) : 1 + chance(15),
        knownAt: at + (isLate && chance(3) === 0 ? chance(200) * dayMs : 0),
      };
    });
    return growth.sort((a, b) => a.knownAt - b.knownAt).map((each, no) => ({ ...each, no: no + 1 }));
  };
  const end = start + 500 * dayMs;

  interface Life {
    setting: TierSetting;
    growth: (Growth & { knownAt: number })[];
    grants: Grant[];
  }
  const someLife = (isLate = true): Life => ({
    setting: { versions: [{ versionNo: 1, startsAt: 0, definition: someProgramme() }], pauses: [], timeZone },
    growth: someGrowth(end, isLate),
    grants:
      chance(3) === 0
        ? [
            {
              grantNo: 1,
              tier: one('b', 'c', 'd'),
              from: start + chance(200) * dayMs,
              until: start + (200 + chance(200)) * dayMs,
            },
          ]
        : [],
  });
  const personAt = ({ growth, grants }: Life, now: number): TierPerson => ({
    joinedAt: start,
    growth: growth.filter(({ knownAt }) => knownAt <= now).sort((a, b) => a.at - b.at),
    grants,
  });
  const look = (life: Life, before: Standing | null, now: number): Standing =>
    advance(before?.life ?? null, personAt(life, Math.max(now, before?.life.at ?? 0)), life.setting, now) as Standing;

  /** Everything that happened to somebody, looked at at these moments. */
  function lived(
    life: Life,
    moments: readonly number[],
    each?: (before: Standing | null, after: Standing) => void,
  ): { standing: Standing; changes: TierChange[] } {
    let standing: Standing | null = null;
    const changes: TierChange[] = [];
    for (const moment of moments) {
      const after = look(life, standing, moment);
      each?.(standing, after);
      changes.push(...after.changes);
      standing = after;
    }
    return { standing: standing as Standing, changes };
  }

  it('is told by its changes without a gap, one after the other: 2,000 histories', () => {
    for (let i = 0; i < 2_000; i++) {
      const life = someLife();
      const { standing, changes } = lived(life, [
        start,
        ...life.growth.map(({ knownAt }) => knownAt),
        end + 400 * dayMs,
      ]);
      expect(changes[0]).toMatchObject({ kind: 'join', from: null });
      for (const [n, change] of changes.slice(1).entries()) {
        expect(change.from).toBe(changes[n].to);
        expect(change.at).toBeGreaterThanOrEqual(changes[n].at);
        const way = Math.sign(keys.indexOf(change.to) - keys.indexOf(change.from ?? ''));
        expect(way, change.kind).toBe(
          { join: 0, rise: 1, drop: -1, renew: 0, grace: 0, grant: 1, grant_end: -1 }[change.kind],
        );
      }
      expect(changes.at(-1)?.to).toBe(standing.life.shown);
    }
  });

  it('never stands below a grant, and is what was earned where there is none: 2,000 histories', () => {
    for (let i = 0; i < 2_000; i++) {
      const life = someLife();
      lived(life, [start, ...life.growth.map(({ knownAt }) => knownAt), end], (_, { life: { tier, shown, at } }) => {
        const floors = life.grants
          .filter(({ from, until }) => from <= at && (until === null || until > at))
          .map((grant) => keys.indexOf(grant.tier));
        expect(keys.indexOf(shown)).toBe(Math.max(keys.indexOf(tier), ...floors));
      });
    }
  });

  it('is the same when somebody looks twice at each moment, and when nobody looked in between where nothing came', () => {
    for (let i = 0; i < 500; i++) {
      const life = someLife(false);
      const moments = [start, ...life.growth.map(({ knownAt }) => knownAt), end + 100 * dayMs].sort((a, b) => a - b);
      const between = moments.flatMap((moment, n) =>
        n === 0
          ? [moment]
          : [moments[n - 1] + Math.floor((moment - moments[n - 1]) / 3), moment, moment, moments[n - 1]],
      );
      const [once, often] = [lived(life, moments), lived(life, between)];
      // How long a rolling window holds is told by what was known at the time.
      const told = (changes: TierChange[]): unknown[] =>
        changes.map(({ derivation, ...change }) => ({ ...change, ...derivation, holdsUntil: null }));
      expect(told(often.changes)).toEqual(told(once.changes));
      expect(often.standing.life).toEqual(once.standing.life);
    }
  });

  it('rises by whatever comes late, and falls by what was taken back from a closed cycle only when somebody says so', () => {
    let [lifted, waited] = [0, 0];
    for (let i = 0; i < 1_000; i++) {
      const life = someLife();
      const { standing } = lived(life, [start, ...life.growth.map(({ knownAt }) => knownAt), end]);
      const then = standing.life.at + 1;
      const from = keys.indexOf(standing.life.tier);
      const at = start + Math.floor(random() * (end - start));
      const more = { ...life, growth: [...life.growth, { at, amount: 5 + chance(30), no: 99, knownAt: then }] };
      const up = look(more, standing, then);
      expect(keys.indexOf(up.life.tier)).toBeGreaterThanOrEqual(from);
      if (keys.indexOf(up.life.tier) > from) lifted++;
      const closed = standing.life.closed;
      if (
        closed?.verdict !== 'kept' ||
        closed.tier !== standing.life.tier ||
        standing.life.awaiting ||
        life.setting.versions[0].definition.tierRules.refunds === 'never'
      )
        continue;
      const less = { ...life, growth: [...life.growth, { at: closed.until - 1, amount: -500, no: 99, knownAt: then }] };
      const down = look(less, standing, then);
      if (
        standing.life.graceUntil !== null ||
        down.life.cycleStart !== standing.life.cycleStart ||
        down.life.tier !== standing.life.tier
      )
        continue;
      waited++;
      expect(down.life.awaiting).toEqual({ since: then, isLate: true });
      expect(settleDrop(down.life, personAt(less, then), less.setting, 'keep', then + 1)?.life.tier).toBe(
        standing.life.tier,
      );
      const dropped = settleDrop(down.life, personAt(less, then), less.setting, 'drop', then + 1)?.life.tier ?? '';
      expect(keys.indexOf(dropped)).toBeLessThan(from);
    }
    expect(lifted).toBeGreaterThan(60);
    expect(waited).toBeGreaterThan(20);
  });

  it('has one cycle for one tier at a time, however often it is lost and reached again', () => {
    for (let i = 0; i < 1_000; i++) {
      const life = someLife();
      const { changes } = lived(life, [start, ...life.growth.map(({ knownAt }) => knownAt), end]);
      const { months } = life.setting.versions[0].definition.tierRules.clock;
      const rises = changes.filter(({ kind }) => kind === 'rise');
      for (const [n, rise] of rises.entries()) {
        const others = rises
          .slice(0, n)
          .filter(({ to, cycleStart }) => to === rise.to && cycleStart !== rise.cycleStart);
        // Another cycle of the same tier begins when the last one is over.
        for (const { cycleStart } of others)
          expect(rise.cycleStart - cycleStart).toBeGreaterThanOrEqual(months * 28 * dayMs);
      }
    }
  });
});
