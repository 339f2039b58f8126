import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestDays, cameBy, chancesOf, dayBy, survivalOf, type Waits } from './survival.ts';

const waitsOf = (days: readonly [day: number, hasCome: boolean][]): Waits[] =>
  [...Map.groupBy(days, ([day]) => day)].map(([day, of]) => ({ day, came: of.filter(([, hasCome]) => hasCome).length, waiting: of.filter(([, hasCome]) => !hasCome).length }));

/** Weeks of remission under 6-mercaptopurine: Freireich et al. 1963, the example of every book on survival. */
const remission: [number, boolean][] = [
  [6, true], [6, true], [6, true], [6, false], [7, true], [9, false], [10, true], [10, false], [11, false], [13, true], [16, true],
  [17, false], [19, false], [20, false], [22, true], [23, true], [25, false], [32, false], [32, false], [34, false], [35, false],
];

/** The same estimate as plainly as can be: person by person, day by day. */
function waitingPlainly(days: readonly [number, boolean][], until: number): number {
  let share = 1;
  for (const day of new Set(days.filter(([each, hasCome]) => hasCome && each <= until).map(([each]) => each))) {
    const atRisk = days.filter(([each]) => each >= day).length;
    share *= (atRisk - days.filter(([each, hasCome]) => hasCome && each === day).length) / atRisk;
  }
  return share;
}

describe('the share still waiting', () => {
  it('is as published for the remission of leukaemia, with its standard errors', () => {
    const points = survivalOf(waitsOf(remission));
    expect(points.map(({ day, atRisk, came }) => [day, atRisk, came])).toEqual([[6, 21, 3], [7, 17, 1], [10, 15, 1], [13, 12, 1], [16, 11, 1], [22, 7, 1], [23, 6, 1]]);
    const published = [[0.857, 0.0764], [0.807, 0.0869], [0.753, 0.0963], [0.690, 0.1068], [0.627, 0.1141], [0.538, 0.1282], [0.448, 0.1346]];
    points.forEach(({ waiting, error }, i) => {
      expect(waiting).toBeCloseTo(published[i][0], 3);
      expect(error).toBeCloseTo(published[i][1], 4);
    });
    expect([dayBy(points, 0.25), dayBy(points, 0.5), dayBy(points, 0.75)]).toEqual([13, 23, null]);
  });

  it('agrees with a reckoning person by person', () => {
    const people = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.boolean()), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(people, fc.integer({ min: 0, max: 45 }), (days, until) => {
      const points = survivalOf(waitsOf(days));
      expect(points.findLast(({ day }) => day <= until)?.waiting ?? 1).toBeCloseTo(waitingPlainly(days, until), 10);
      expect(points.every(({ waiting }, i) => waiting >= -1e-12 && waiting <= (points[i - 1]?.waiting ?? 1))).toBe(true);
    }));
  });

  it('is the plain share where nobody is still waiting, with the error of a share', () => {
    const points = survivalOf(waitsOf([1, 2, 2, 5, 9, 9, 9, 30].map((day) => [day, true])));
    expect(points.map(({ waiting }) => waiting).at(-1)).toBe(0);
    expect(points[1].waiting).toBeCloseTo(5 / 8);
    expect(points[1].error).toBeCloseTo(Math.sqrt((5 / 8) * (3 / 8) / 8));
    expect(cameBy(points, 30, 30)).toEqual({ share: 1, low: 1, high: 1 });
  });

  it('says nothing of days that nobody was looked at for, and nothing came where nobody has', () => {
    const points = survivalOf(waitsOf(remission));
    expect(cameBy(points, 36, 35)).toBeNull();
    expect(cameBy(points, 5, 35)).toEqual({ share: 0, low: 0, high: 0 });
    const within = cameBy(points, 22, 35);
    expect(within?.share).toBeCloseTo(0.462, 3);
    expect([within && within.low < within.share, within && within.share < within.high, within && within.low > 0 && within.high < 1]).toEqual([true, true, true]);
    expect(survivalOf([{ day: 40, came: 0, waiting: 7 }])).toEqual([]);
    expect(survivalOf([])).toEqual([]);
  });
});

describe('the best days', () => {
  // A thousand people: a rate of one of a hundred a day, and of six from day 28 to 32.
  const waits: Waits[] = [];
  let left = 100_000;
  for (let day = 1; day <= 90; day++) {
    const came = Math.round(left * (day >= 28 && day <= 32 ? 0.06 : 0.01));
    waits.push({ day, came, waiting: 0 });
    left -= came;
  }
  waits.push({ day: 91, came: 0, waiting: left });

  it('are found where people come back', () => {
    const chances = chancesOf(waits, survivalOf(waits));
    const best = bestDays(chances);
    expect(best?.peak).toBe(30);
    expect([best && best.from >= 27 && best.from <= 29, best && best.to >= 31 && best.to <= 33]).toEqual([true, true]);
    expect(chances[70].rate).toBeCloseTo(0.01, 3);
    expect(chances[0].rate).toBeCloseTo(0.01, 3);
  });

  it('are not those on which the last of a handful came', () => {
    const few = [...waits.slice(0, 60), { day: 61, came: 0, waiting: 50_000 }, { day: 400, came: 3, waiting: 0 }];
    expect(bestDays(chancesOf(few, survivalOf(few)))?.peak).toBe(30);
  });

  it('are none where nobody came back', () => {
    expect(bestDays(chancesOf([{ day: 50, came: 0, waiting: 900 }], []))).toBeNull();
    expect(bestDays([])).toBeNull();
  });
});
