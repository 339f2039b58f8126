import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { cuped } from './cuped.ts';
import {
  differenceOfMeans,
  differenceOfShares,
  relativeDifference,
} from './difference.ts';
import {
  incompleteBeta,
  normalBound,
  pOfChiSquare,
  pOfNormal,
  pOfT,
  tBound,
  upperGamma,
} from './distributions.ts';
import { holm } from './many.ts';
import { smallestSeen } from './power.ts';
import {
  addSums,
  noSums,
  type Sample,
  sampleOf,
  shareSample,
  type Sums,
} from './sample.ts';
import { sampleRatio } from './sample-ratio.ts';
import { decidedArm, sequentialDifference } from './sequential.ts';

const sumsOf = (pairs: readonly (readonly [y: number, x: number])[]): Sums =>
  pairs.reduce(
    (sums, [y, x]) =>
      addSums(sums, { n: 1, y, yy: y * y, x, xx: x * x, xy: x * y }),
    noSums,
  );

describe('distributions', () => {
  it.each([
    // Tables of Abramowitz and Stegun: 26.1, 26.8 and 26.10.
    [normalBound(0.05), 1.959963985],
    [normalBound(0.01), 2.575829304],
    [normalBound(1), 0],
    [tBound(0.05, 10), 2.228139],
    [tBound(0.05, 1), 12.706205],
    [tBound(0.01, 30), 2.749996],
    [tBound(0.05, 1e7), 1.959963985],
    [pOfNormal(1), 0.3173105079],
    [pOfNormal(-6), 1.973175e-9],
    [pOfT(2.228139, 10), 0.05],
    [pOfT(3, Infinity), 0.002699796],
    [pOfChiSquare(3.841459, 1), 0.05],
    [pOfChiSquare(11.0705, 5), 0.05],
    [pOfChiSquare(0.102587, 2), 0.95],
    [upperGamma(2.5, 0), 1],
    [incompleteBeta(2, 3, 0.4), 0.5248],
    [incompleteBeta(2, 3, 0), 0],
    [incompleteBeta(2, 3, 1), 1],
  ])('are as their tables have them: %d', (found, meant) => {
    expect(Math.abs(found - meant)).toBeLessThan(
      Math.max(1e-9, Math.abs(meant) * 1e-6),
    );
  });
});

describe('a difference of groups', () => {
  it('is that of a worked example by Welch', () => {
    const of = (numbers: number[]): Sample =>
      sampleOf(sumsOf(numbers.map((y) => [y, 0])));
    const a = of([
      27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19,
      21.7, 21.4,
    ]);
    const b = of([
      27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8, 22, 24.8, 20.2, 21.9, 22.1, 22.9,
      20.5, 24.4,
    ]);
    const { difference, low, high, p } = differenceOfMeans(a, b);
    expect([
      a.mean.toFixed(2),
      b.mean.toFixed(2),
      difference.toFixed(3),
      p?.toFixed(3),
    ]).toEqual(['20.82', '22.99', '-2.167', '0.021']);
    // t is -2.46 at 24.99 degrees of freedom, so that an interval of 95 % reaches 2.06 standard errors of 0.882 to each side.
    expect([low.toFixed(2), high.toFixed(2)]).toEqual(['-3.98', '-0.35']);
  });

  it('of shares has an interval where nobody did anything, and none that leaves 0 to 1', () => {
    const { difference, low, high, p } = differenceOfShares(0, 40, 0, 60);
    expect([difference, p]).toEqual([0, null]);
    expect([low < 0, high > 0, low > -1, high < 1]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    // Newcombe's own example, table II (b): 9/10 against 3/10 is 0.1705 to 0.8090 by method 10.
    const small = differenceOfShares(9, 10, 3, 10);
    expect([small.low, small.high].map((each) => each.toFixed(4))).toEqual([
      '0.1705',
      '0.8090',
    ]);
  });

  it('says nothing of empty groups, of one person, or where all are alike', () => {
    const [none, one, alike] = [
      shareSample(0, 0),
      shareSample(1, 1),
      { n: 5, mean: 2, variance: 0 },
    ];
    expect(differenceOfMeans(none, alike)).toEqual({
      difference: 0,
      low: -Infinity,
      high: Infinity,
      p: null,
    });
    expect(differenceOfMeans(one, alike).p).toBeNull();
    // Everybody of both groups did the same: how much people vary is unknown, and so is the difference.
    for (const differenceOf of [differenceOfMeans, sequentialDifference]) {
      expect(differenceOf(alike, { n: 4, mean: 1, variance: 0 })).toEqual({
        difference: 1,
        low: -Infinity,
        high: Infinity,
        p: null,
      });
    }
    // Of one group: the other's variance stands for it, and the interval is as wide as that makes it.
    expect(differenceOfMeans({ n: 50, mean: 0, variance: 0 }, { n: 500, mean: 1, variance: 9 })).toEqual(
      differenceOfMeans({ n: 50, mean: 0, variance: 9 }, { n: 500, mean: 1, variance: 9 }),
    );
    expect(differenceOfShares(0, 0, 1, 5).p).toBeNull();
    expect(
      relativeDifference(alike, { n: 5, mean: 0, variance: 0 }),
    ).toBeNull();
    expect(smallestSeen(1, 5, 1)).toBeNull();
    expect(sampleOf(noSums)).toEqual({ n: 0, mean: 0, variance: 0 });
  });

  it('as a part of the control group’s is narrower the more people there are', () => {
    const few = relativeDifference(
      { n: 100, mean: 11, variance: 40 },
      { n: 100, mean: 10, variance: 40 },
    );
    const many = relativeDifference(
      { n: 10_000, mean: 11, variance: 40 },
      { n: 10_000, mean: 10, variance: 40 },
    );
    expect(few?.difference).toBeCloseTo(0.1, 12);
    // A tenth at a hundred times the people; √(40/100 + 1.21·40/100) / 10 · 1.96 wide on each side.
    expect((few?.high ?? 0) - 0.1).toBeCloseTo(0.184278, 5);
    expect((many?.high ?? 0) - 0.1).toBeCloseTo(0.0184278, 6);
  });

  it('is seen with the chance it was planned for', () => {
    // 1.96 + 0.8416 standard errors: at √(2/100) that is 0.396.
    expect(smallestSeen(100, 100, 1)).toBeCloseTo(0.3962, 4);
    const random = seededRandom(7);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const group = (shift: number): Sample =>
      sampleOf(
        sumsOf(
          Array.from({ length: 100 }, () => [normal() + shift, 0] as const),
        ),
      );
    const found = Array.from(
      { length: 1_000 },
      () => (differenceOfMeans(group(0.3962), group(0)).p ?? 1) < 0.05,
    ).filter(Boolean).length;
    expect(found / 1_000).toBeGreaterThan(0.76);
    expect(found / 1_000).toBeLessThan(0.84);
  });
});

describe('sizes of groups', () => {
  it('alarm where they are not what a lot would give, and not where they are', () => {
    expect(
      sampleRatio([
        { n: 44_700, share: 5_000 },
        { n: 45_489, share: 5_000 },
      ]),
    ).toEqual({ p: expect.closeTo(0.0086, 4), isMismatch: true });
    expect(
      sampleRatio([
        { n: 8_990, share: 9_000 },
        { n: 1_010, share: 1_000 },
      ])?.isMismatch,
    ).toBe(false);
    expect(sampleRatio([{ n: 5, share: 1 }])).toBeNull();
    expect(
      sampleRatio([
        { n: 0, share: 1 },
        { n: 0, share: 1 },
      ]),
    ).toBeNull();
    const random = seededRandom(3);
    const alarms = Array.from({ length: 2_000 }, () => {
      const control = Array.from({ length: 1_000 }, random).filter(
        (at) => at < 0.1,
      ).length;
      return sampleRatio([
        { n: 1_000 - control, share: 9 },
        { n: control, share: 1 },
      ])?.isMismatch;
    }).filter(Boolean).length;
    expect(alarms).toBeLessThan(40);
  });
});

describe('what people did before', () => {
  it('keeps the difference and takes away of the variance what theory says: ρ²', () => {
    const random = seededRandom(11);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const rho = 0.7;
    const person = (effect: number): [number, number] => {
      const before = normal();
      return [
        effect + rho * before + Math.sqrt(1 - rho * rho) * normal(),
        before,
      ];
    };
    let [plain, sharp] = [0, 0];
    const errors: number[] = [];
    for (let run = 0; run < 300; run++) {
      const groups = [
        sumsOf(Array.from({ length: 200 }, () => person(0.2))),
        sumsOf(Array.from({ length: 200 }, () => person(0))),
      ];
      const { samples, explained } = cuped(groups);
      errors.push(samples[0].mean - samples[1].mean - 0.2);
      plain += groups.reduce((sum, each) => sum + sampleOf(each).variance, 0);
      sharp += samples.reduce((sum, { variance }) => sum + variance, 0);
      expect(explained).toBeGreaterThan(0.3);
    }
    expect(sharp / plain).toBeCloseTo(1 - rho * rho, 1);
    // Without a bias: the mean of 300 errors, each of a standard deviation of about 0.0714.
    expect(
      Math.abs(errors.reduce((sum, each) => sum + each, 0) / errors.length),
    ).toBeLessThan(0.0125);
  });

  it('leaves everything as it is where it says nothing, and does not touch the mean of all', () => {
    const groups = [
      sumsOf([
        [1, 5],
        [3, 5],
      ]),
      sumsOf([
        [2, 5],
        [8, 5],
      ]),
    ];
    expect(cuped(groups)).toEqual({
      samples: groups.map(sampleOf),
      theta: 0,
      explained: 0,
    });
    const { samples } = cuped([
      sumsOf([
        [1, 2],
        [3, 9],
      ]),
      sumsOf([
        [2, 4],
        [8, 1],
      ]),
      noSums,
    ]);
    expect(samples[0].mean + samples[1].mean).toBeCloseTo(7, 12);
    expect(samples[2]).toEqual({ n: 0, mean: 0, variance: 0 });
  });
});

describe('with no effect at all', () => {
  const runs = 2_000;
  const days = 28;
  const perDay = 60;

  /** Two groups of the same people: a few of them buy, for very different amounts. */
  const begin = (seed: number) => {
    const random = seededRandom(seed);
    return (): Sums => {
      let [y, yy] = [0, 0];
      for (let n = 0; n < perDay; n++) {
        if (random() >= 0.15) continue;
        const spent = -50 * Math.log(1 - random());
        y += spent;
        yy += spent * spent;
      }
      return { ...noSums, n: perDay, y, yy };
    };
  };

  it('the test at the end says “effect” in at most 5 % of 2,000 runs, and the sequence at no look of 28 days in more', () => {
    let [atEnd, atAnyLook, naive] = [0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const day = begin(run);
      let [a, b] = [noSums, noSums];
      let [stopped, peeked] = [false, false];
      for (let n = 0; n < days; n++) {
        [a, b] = [addSums(a, day()), addSums(b, day())];
        const [ours, theirs] = [sampleOf(a), sampleOf(b)];
        const { low, high } = sequentialDifference(ours, theirs);
        stopped ||= low > 0 || high < 0;
        peeked ||=
          Math.abs(ours.mean - theirs.mean) >
          1.96 * Math.sqrt(ours.variance / ours.n + theirs.variance / theirs.n);
      }
      if ((differenceOfMeans(sampleOf(a), sampleOf(b)).p ?? 1) < 0.05) atEnd++;
      if (stopped) atAnyLook++;
      if (peeked) naive++;
    }
    // Three standard errors of a share of 5 % in 2,000 runs are 1.5 %.
    expect(atEnd / runs).toBeLessThan(0.065);
    expect(atEnd / runs).toBeGreaterThan(0.035);
    expect(atAnyLook / runs).toBeLessThanOrEqual(0.05);
    // Looking every day at the ordinary test is what the sequence is for.
    expect(naive / runs).toBeGreaterThan(0.15);
  });

  it('none of four arms is called the best at any look in more than 5 % of runs', () => {
    let called = 0;
    for (let run = 0; run < 500; run++) {
      const day = begin(10_000 + run);
      const arms = Array.from({ length: 4 }, () => noSums);
      let isCalled = false;
      for (let n = 0; n < days && !isCalled; n++) {
        arms.forEach((sums, i) => (arms[i] = addSums(sums, day())));
        isCalled =
          decidedArm(arms.map(sampleOf), { leastPeople: 100, level: 0.95 }) !==
          null;
      }
      if (isCalled) called++;
    }
    expect(called / 500).toBeLessThanOrEqual(0.05);
  });
});

describe('the rule that ends a test', () => {
  it('finds the better arm where there is one, and not before there are people enough', () => {
    const arms = [
      shareSample(400, 10_000),
      shareSample(600, 10_000),
      shareSample(380, 10_000),
    ];
    expect(decidedArm(arms, { leastPeople: 1_000, level: 0.95 })).toBe(1);
    expect(decidedArm(arms, { leastPeople: 20_000, level: 0.95 })).toBeNull();
    expect(
      decidedArm([arms[0], arms[2]], { leastPeople: 1_000, level: 0.95 }),
    ).toBeNull();
    expect(decidedArm([arms[0]], { leastPeople: 1, level: 0.95 })).toBeNull();
    expect(sequentialDifference(shareSample(0, 1), arms[0])).toMatchObject({
      low: -Infinity,
      high: Infinity,
      p: null,
    });
    expect(sequentialDifference(arms[1], arms[0]).p).toBeLessThan(0.05);
  });

  it('says the same by its chance as by its interval', () => {
    for (let hits = 400; hits < 600; hits += 10) {
      const { low, p } = sequentialDifference(
        shareSample(hits, 10_000),
        shareSample(400, 10_000),
      );
      expect(low > 0).toBe((p ?? 1) < 0.05);
    }
  });
});

describe('many comparisons', () => {
  it('are harder each, by Holm', () => {
    expect(holm([0.01, null, 0.04, 0.03])).toEqual([
      expect.closeTo(0.03, 12),
      null,
      expect.closeTo(0.06, 12),
      expect.closeTo(0.06, 12),
    ]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });
});
