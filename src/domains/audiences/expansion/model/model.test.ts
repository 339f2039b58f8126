import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { solvePositive } from './cholesky.ts';
import { correctedIntercept, fitLogistic, type LabelledRows, sigmoid } from './logistic.ts';
import { aucError, aucOf, liftByTenth } from './ranking.ts';

const goOn = async (): Promise<void> => {};

/** A number of the normal distribution (Box and Muller). */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Rows whose labels are drawn by a model that is known. */
function simulated(count: number, intercept: number, weights: number[], seed: number): LabelledRows {
  const random = seededRandom(seed);
  const width = weights.length;
  const rows: LabelledRows = { width, values: new Float32Array(count * width), labels: new Uint8Array(count) };
  for (let r = 0; r < count; r++) {
    let odds = intercept;
    for (let i = 0; i < width; i++) {
      const value = Math.fround(normal(random));
      rows.values[r * width + i] = value;
      odds += value * weights[i];
    }
    rows.labels[r] = random() < sigmoid(odds) ? 1 : 0;
  }
  return rows;
}

describe('equations with a positive definite matrix', () => {
  it('are solved, whatever the matrix', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.integer(), (n, seed) => {
      const random = seededRandom(seed);
      const root = Array.from({ length: n * n }, () => normal(random));
      const cell = (i: number, j: number): number => root.slice(i * n, i * n + n).reduce((sum, value, k) => sum + value * root[j * n + k], i === j ? 0.1 : 0);
      const a = Float64Array.from({ length: n * n }, (_, at) => cell(Math.floor(at / n), at % n));
      const wanted = Float64Array.from({ length: n }, () => normal(random));
      const b = wanted.map((_, i) => wanted.reduce((sum, value, j) => sum + a[i * n + j] * value, 0));
      solvePositive(a, b).forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 6));
    }));
  });

  it('are refused where it is not', () => {
    expect(() => solvePositive(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toThrow('not positive definite');
  });
});

describe('logistic regression', () => {
  it('finds the weights that simulated people were made by', async () => {
    const weights = [1.5, -0.8, 0, 0.3, -2];
    const fitted = await fitLogistic(simulated(40_000, -1, weights, 7), 1, goOn);
    expect(Math.abs(fitted.intercept + 1)).toBeLessThan(0.06);
    weights.forEach((weight, i) => expect(Math.abs(fitted.weights[i] - weight)).toBeLessThan(0.06));
  });

  it('stands where the penalised likelihood is greatest, for any rows', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 3, max: 60 }), fc.double({ min: 0.1, max: 10, noNaN: true }), fc.integer(), async (width, count, penalty, seed) => {
      const random = seededRandom(seed);
      const rows = simulated(count, normal(random), Array.from({ length: width }, () => 2 * normal(random)), seed);
      [rows.labels[0], rows.labels[1]] = [0, 1];
      const { intercept, weights } = await fitLogistic(rows, penalty, goOn);
      const missed = Array.from(rows.labels, (label, r) => label - sigmoid(weights.reduce((sum, weight, i) => sum + weight * rows.values[r * width + i], intercept)));
      expect(missed.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 4);
      weights.forEach((weight, i) => expect(missed.reduce((sum, one, r) => sum + one * rows.values[r * width + i], 0)).toBeCloseTo(penalty * weight, 4));
    }), { numRuns: 60 });
  });

  it('is where climbing the likelihood step by step arrives, too', async () => {
    const rows = simulated(300, 0.5, [1, -2], 21);
    const penalty = 2;
    const at = [0, 0, 0];
    for (let step = 0; step < 4_000; step++) {
      const slope = [0, -penalty * at[1], -penalty * at[2]];
      rows.labels.forEach((label, r) => {
        const row = [1, rows.values[2 * r], rows.values[2 * r + 1]];
        const missed = label - sigmoid(row.reduce((sum, value, i) => sum + value * at[i], 0));
        row.forEach((value, i) => (slope[i] += missed * value));
      });
      slope.forEach((length, i) => (at[i] += length / 200));
    }
    const { intercept, weights } = await fitLogistic(rows, penalty, goOn);
    [intercept, ...weights].forEach((weight, i) => expect(weight).toBeCloseTo(at[i], 5));
  });

  it('stays finite where a feature parts the kinds altogether, and where features are one and the same', async () => {
    const values = Float32Array.from({ length: 400 }, (_, i) => (Math.floor(i / 2) < 100 ? -1 : 1));
    const { weights } = await fitLogistic({ width: 2, values, labels: Uint8Array.from({ length: 200 }, (_, r) => (r < 100 ? 0 : 1)) }, 1, goOn);
    expect(weights[0]).toBeGreaterThan(0.5);
    expect(weights[0]).toBeLessThan(10);
    expect(weights[1]).toBeCloseTo(weights[0], 6);
  });

  it('is the same every time, and lets others work meanwhile', async () => {
    const rows = simulated(3_000, 0, Array.from({ length: 40 }, (_, i) => i / 40), 3);
    let pauses = 0;
    const fit = () => fitLogistic(rows, 1, async () => void pauses++);
    expect(await fit()).toEqual(await fit());
    expect(pauses).toBeGreaterThan(10);
  });

  it('of a sample with too many members tells the chances of everybody', async () => {
    const weights = [1, -1];
    const everybody = simulated(200_000, -4, weights, 11);
    const kept: number[] = [];
    const random = seededRandom(5);
    everybody.labels.forEach((label, r) => (label === 1 || random() < 0.05) && kept.push(r));
    const sample: LabelledRows = { width: 2, labels: Uint8Array.from(kept, (r) => everybody.labels[r]), values: Float32Array.from(kept.flatMap((r) => [...everybody.values.slice(2 * r, 2 * r + 2)])) };
    const shareOf = (labels: Uint8Array): number => labels.reduce((sum, label) => sum + label, 0) / labels.length;
    const { intercept } = await fitLogistic(sample, 1, goOn);
    expect(intercept).toBeGreaterThan(-1.5);
    expect(Math.abs(correctedIntercept(intercept, shareOf(sample.labels), shareOf(everybody.labels)) + 4)).toBeLessThan(0.1);
  });
});

const scores = fc.array(fc.integer({ min: 0, max: 6 }).map((level) => Math.fround(level / 3)), { minLength: 1, maxLength: 40 }).map((given) => Float32Array.from(given));

describe('the quality of a ranking', () => {
  it('is the share of pairs that stand in the right order, ties half', () => {
    fc.assert(fc.property(scores, scores, (members, others) => {
      let right = 0;
      for (const ours of members) for (const theirs of others) right += ours > theirs ? 1 : ours === theirs ? 0.5 : 0;
      expect(aucOf(members, others)).toBeCloseTo(right / (members.length * others.length), 10);
    }));
    expect(aucOf(new Float32Array(0), Float32Array.of(1))).toBeNaN();
  });

  it('is surer of more people', () => {
    // 50 and 50 people with an area of 0.8: the formula, worked out by hand.
    expect(aucError(0.8, 50, 50)).toBeCloseTo(0.0445, 4);
    expect(aucError(0.8, 5_000, 5_000)).toBeLessThan(0.005);
    expect(aucError(1, 10, 10)).toBe(0);
  });

  it('by tenths is 10 where all members come first, and 1 where scores say nothing', () => {
    const members = Float32Array.from({ length: 10 }, () => 1);
    const others = new Float32Array(90);
    const first = liftByTenth(members, others, 1, 1);
    expect(first[0]).toBeCloseTo(10, 8);
    expect(first.slice(1)).toEqual(new Array(9).fill(0));
    for (const lift of liftByTenth(new Float32Array(10), others, 3, 7)) expect(lift).toBeCloseTo(1, 8);
    // Each other stands for nine: the members are a hundredth of all people, and all of them in the first tenth.
    expect(liftByTenth(members, Float32Array.from({ length: 110 }, () => 0), 1, 9)[0]).toBeCloseTo(10, 8);
  });

  it('by tenths is what counting people one by one finds', () => {
    fc.assert(fc.property(scores, scores, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), (members, others, memberWeight, otherWeight) => {
      // Everybody of the sample as many people as they stand for, and each of these as ten parts, so that no tenth cuts one.
      const people = [...members].map((score) => ({ score, isMember: 1, times: memberWeight }))
        .concat([...others].map((score) => ({ score, isMember: 0, times: otherWeight })));
      const shareAt = new Map<number, { all: number; members: number }>();
      for (const { score, isMember, times } of people) {
        const known = shareAt.get(score) ?? { all: 0, members: 0 };
        shareAt.set(score, { all: known.all + times, members: known.members + isMember * times });
      }
      const line = [...shareAt].sort(([a], [b]) => b - a).flatMap(([, { all, members: ours }]) => Array.from({ length: all * 10 }, () => ours / all));
      const size = line.length / 10;
      const average = line.reduce((sum, share) => sum + share, 0) / line.length;
      const expected = Array.from({ length: 10 }, (_, part) => line.slice(part * size, (part + 1) * size).reduce((sum, share) => sum + share, 0) / size / average);
      liftByTenth(members, others, memberWeight, otherWeight).forEach((lift, part) => expect(lift).toBeCloseTo(expected[part], 8));
    }));
  });
});
