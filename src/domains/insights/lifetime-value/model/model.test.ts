import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bgNbdBuyer, distributions, paretoNbdBuyer, type SimulatedBuyer } from '../../../../../test/buying-process.ts';
import { maximise } from '../numerics/maximise.ts';
import { bgNbd } from './bg-nbd.ts';
import { type BuyingModel, newcomer } from './buying-model.ts';
import { cellsOf, distinctPairs, peopleIn } from './cells.ts';
import { expectedSpend, gammaGammaLikelihood, gammaGammaStarts, meanSpend } from './gamma-gamma.ts';
import { paretoNbd } from './pareto-nbd.ts';

const atOnce = (): Promise<void> => Promise.resolve();
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const models: [string, BuyingModel][] = [['BG/NBD', bgNbd], ['Pareto/NBD', paretoNbd]];
const parameters = fc.tuple(double(0.05, 8), double(0.5, 300), double(0.05, 5), double(0.3, 60));
const buyer = fc.tuple(fc.integer({ min: 0, max: 60 }), double(0, 1), double(0, 2000))
  .map(([repeats, share, age]) => ({ repeats, recency: repeats === 0 ? 0 : share * age, age }));
const slack = 1e-9;

describe.each(models)('%s', (_name, model) => {
  it('gives a probability, which falls while nothing is bought and is the higher the later the last purchase', () => {
    fc.assert(fc.property(parameters, buyer, double(0.1, 400), (fitted, person, more) => {
      const alive = model.alive(fitted, person);
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
      expect(model.alive(fitted, { ...person, age: person.age + more })).toBeLessThanOrEqual(alive + slack);
      if (person.repeats > 0) expect(model.alive(fitted, { ...person, recency: Math.min(person.age, person.recency + more) })).toBeGreaterThanOrEqual(alive - slack);
    }));
  });

  it('expects more of a longer time, in less and less of it, and nothing of none', () => {
    fc.assert(fc.property(parameters, buyer, double(1, 400), (fitted, person, time) => {
      const [once, twice] = [model.expected(fitted, person, time), model.expected(fitted, person, 2 * time)];
      expect(once).toBeGreaterThanOrEqual(0);
      expect(twice).toBeGreaterThanOrEqual(once - slack);
      expect(twice).toBeLessThanOrEqual(2 * once * (1 + 1e-7) + slack);
      expect(model.expected(fitted, person, 0)).toBeCloseTo(0, 12);
    }));
  });

  it('goes on where its formula divides by nothing', () => {
    const person = { repeats: 3, recency: 50, age: 90 };
    const at = (third: number): number => model.expected([0.6, 20, third, 4], person, 60);
    expect(at(1)).toBeCloseTo(at(1 + 1e-7), 6);
    expect(at(1)).toBeCloseTo(at(1 - 1e-7), 6);
  });

  it('has a likelihood that counts a cell as often as it has people', () => {
    fc.assert(fc.property(parameters, fc.array(buyer, { minLength: 1, maxLength: 8 }), (fitted, people) => {
      const once = people.map(({ repeats, recency, age }) => [repeats, recency, age, 1] as const);
      const thrice = cellsOf(once.map(([repeats, recency, age]) => [repeats, recency, age, 3] as const));
      expect(model.likelihood(thrice)(fitted)).toBeCloseTo(model.likelihood(cellsOf([...once, ...once, ...once]))(fitted), 5);
      expect(peopleIn(thrice)).toBe(3 * people.length);
    }));
  });
});

describe('the likelihoods', () => {
  it('of Pareto/NBD is that of being alive, or of having gone at any moment since the last purchase', () => {
    fc.assert(fc.property(parameters, fc.integer({ min: 0, max: 20 }), double(0, 200), double(1, 200), ([r, alpha, s, beta], x, recency, after) => {
      const last = x === 0 ? 0 : recency;
      const age = last + after;
      const purchases = (time: number): number => (alpha / (alpha + time)) ** (r + x);
      const goes = (time: number): number => (s / (beta + time)) * (beta / (beta + time)) ** s;
      const steps = 10_000;
      let total = purchases(age) * (beta / (beta + age)) ** s;
      for (let i = 0; i < steps; i++) {
        // Narrow steps where the likelihood is steep: soon after the last purchase.
        const share = (i + 0.5) / steps;
        const time = last + share * share * after;
        total += (purchases(time) * goes(time) * 2 * share * after) / steps;
      }
      let rate = 0;
      for (let i = 0; i < x; i++) rate += Math.log((r + i) / alpha);
      expect(Math.exp(paretoNbd.likelihood(cellsOf([[x, last, age, 1]]))([r, alpha, s, beta]) - rate) / total).toBeCloseTo(1, 3);
    }), { numRuns: 40 });
  });

  it('of nobody who buys again is that of waiting', () => {
    const value = bgNbd.likelihood(cellsOf([[0, 0, 100, 1]]))([0.5, 50, 1, 2]);
    expect(value).toBeCloseTo(0.5 * Math.log(50 / 150), 10);
  });
});

const days = (time: number): number => Math.floor(time);
const cellsFrom = (people: readonly SimulatedBuyer[], daily = (time: number): number => time) => {
  const bought = people.map(({ purchases, age }) => [purchases.length - 1, daily(purchases[purchases.length - 1]), age] as const);
  const { values, places } = ((rows) => ({ values: [...new Map(rows.map((row) => [row.join(), row])).values()], places: rows.map((row) => row.join()) }))(bought);
  const counts = Map.groupBy(places, (key) => key);
  return cellsOf(values.map((row) => [...row, counts.get(row.join())?.length ?? 0] as const));
};
const within = (fit: { parameters: number[]; standardErrors: number[] | null }, truth: readonly number[]): void =>
  truth.forEach((value, i) => expect(Math.abs(fit.parameters[i] - value)).toBeLessThan(3.5 * (fit.standardErrors?.[i] ?? 0)));

describe('known parameters are found again in simulated customers', () => {
  const ages = ({ uniform }: ReturnType<typeof distributions>): number => 100 + Math.floor(uniform() * 600);

  it('of BG/NBD, and who is alive is as likely as the model says', async () => {
    const [draw, truth] = [distributions(7), [0.6, 30, 0.8, 3]];
    const people = Array.from({ length: 8_000 }, () => bgNbdBuyer(draw, truth, ages(draw)));
    const fit = await maximise(bgNbd.likelihood(cellsFrom(people)), bgNbd.starts(60), atOnce);
    expect(fit.isConverged).toBe(true);
    within(fit, truth);
    const alive = people.map(({ purchases, age }) => bgNbd.alive(truth, { repeats: purchases.length - 1, recency: purchases[purchases.length - 1], age }));
    for (const [from, to] of [[0, 0.3], [0.3, 0.7], [0.7, 0.99]]) {
      const there = people.flatMap(({ isAlive }, i) => (alive[i] >= from && alive[i] < to ? [{ isAlive: Number(isAlive), alive: alive[i] }] : []));
      const mean = (of: (one: (typeof there)[number]) => number): number => there.reduce((sum, one) => sum + of(one), 0) / there.length;
      expect(Math.abs(mean((one) => one.isAlive) - mean((one) => one.alive))).toBeLessThan(0.03);
    }
  });

  it('of Pareto/NBD', async () => {
    const [draw, truth] = [distributions(11), [0.8, 40, 0.7, 60]];
    const people = Array.from({ length: 6_000 }, () => paretoNbdBuyer(draw, truth, ages(draw)));
    const fit = await maximise(paretoNbd.likelihood(cellsFrom(people)), paretoNbd.starts(60), atOnce);
    expect(fit.isConverged).toBe(true);
    within(fit, truth);
  });

  it('of BG/NBD with days instead of moments, which is what facts have: nearly', async () => {
    const [draw, truth] = [distributions(13), [0.6, 30, 0.8, 3]];
    const people = Array.from({ length: 8_000 }, () => bgNbdBuyer(draw, truth, ages(draw)));
    const fit = await maximise(bgNbd.likelihood(cellsFrom(people, days)), bgNbd.starts(60), atOnce);
    truth.forEach((value, i) => expect(Math.abs(fit.parameters[i] / value - 1)).toBeLessThan(0.15));
  });

  it('of Gamma-Gamma', async () => {
    const [{ gamma, uniform }, truth] = [distributions(17), [4, 3.5, 120]];
    const people = Array.from({ length: 20_000 }, () => {
      const purchases = 1 + Math.floor(uniform() ** 3 * 12);
      const rate = gamma(truth[1], truth[2]);
      return { purchases, spent: gamma(truth[0] * purchases, rate) };
    });
    const fit = await maximise(gammaGammaLikelihood({
      purchases: Float64Array.from(people, ({ purchases }) => purchases),
      logAverage: Float64Array.from(people, ({ purchases, spent }) => Math.log(spent / purchases)),
      people: new Float64Array(people.length).fill(1),
    }), gammaGammaStarts(150), atOnce);
    expect(fit.isConverged).toBe(true);
    within(fit, truth);
  });
});

describe('what a purchase of somebody is worth', () => {
  it('lies between their own average and that of all, and nearer to their own the oftener they bought', () => {
    fc.assert(fc.property(double(0.2, 10), double(1.1, 10), double(1, 500), fc.integer({ min: 1, max: 50 }), double(0.01, 5000), (p, q, gamma, often, average) => {
      const all = meanSpend([p, q, gamma]);
      const expected = expectedSpend([p, q, gamma], often, often * average);
      expect(expected).toBeGreaterThanOrEqual(Math.min(all, average) * (1 - slack));
      expect(expected).toBeLessThanOrEqual(Math.max(all, average) * (1 + slack));
      expect(Math.abs(expectedSpend([p, q, gamma], 2 * often, 2 * often * average) - average)).toBeLessThanOrEqual(Math.abs(expected - average) + slack * average);
    }));
  });

  it('is nearly nothing for who gave everything back, and has no mean where tails are too heavy', () => {
    expect(expectedSpend([6, 4, 15], 10, -20)).toBeLessThan(2);
    expect(meanSpend([6, 0.9, 15])).toBe(Infinity);
  });
});

it('pairs of values are told apart', () => {
  expect(distinctPairs([0, 0, 1, 0], [5, 6, 5, 5])).toEqual({ pairs: [[0, 5], [0, 6], [1, 5]], places: Int32Array.of(0, 1, 2, 0) });
  expect(bgNbd.alive([1, 1, 1, 1], newcomer)).toBe(1);
});
