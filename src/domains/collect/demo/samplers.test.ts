import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { Categorical, exponential, gamma, normal, poisson } from './samplers.ts';

const draws = 200_000;

/** Mean and variance of many draws, compared with theory within five standard errors or so. */
function expectMoments(sample: (random: Random) => number, mean: number, variance: number) {
  const random = new Random(20_240_618);
  let sum = 0;
  let squares = 0;
  for (let n = 0; n < draws; n++) {
    const value = sample(random) - mean;
    sum += value;
    squares += value * value;
  }
  expect(Math.abs(sum / draws)).toBeLessThan(5 * Math.sqrt(variance / draws));
  expect(Math.abs(squares / draws / variance - 1)).toBeLessThan(0.05);
}

describe('samplers', () => {
  it('exponential has mean 1/rate and variance 1/rate²', () => {
    expectMoments((random) => exponential(random, 0.25), 4, 16);
  });

  it('normal has mean 0 and variance 1', () => {
    expectMoments(normal, 0, 1);
  });

  it.each([
    [0.4, 2],
    [1, 0.5],
    [1.2, 45],
    [9, 3],
  ])('gamma of shape %d and rate %d has mean shape/rate and variance shape/rate²', (shape, rate) => {
    expectMoments((random) => gamma(random, shape, rate), shape / rate, shape / rate ** 2);
  });

  it.each([0.3, 4, 29, 120])('poisson of mean %d has that mean and variance', (mean) => {
    expectMoments((random) => poisson(random, mean), mean, mean);
  });

  it('poisson of mean 0 is 0', () => {
    expect(poisson(new Random(1), 0)).toBe(0);
  });

  it('categorical draws in proportion to the weights and never a weight of zero', () => {
    const weights = [5, 0, 1, 3, 11];
    const table = new Categorical(weights);
    const random = new Random(3);
    const counts = weights.map(() => 0);
    for (let n = 0; n < draws; n++) counts[table.draw(random)] += 1;
    expect(counts[1]).toBe(0);
    weights.forEach((weight, index) => {
      expect(Math.abs(counts[index] / draws - weight / 20)).toBeLessThan(0.006);
    });
  });
});
