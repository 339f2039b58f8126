import { describe, expect, it } from 'vitest';
import { bgNbdBuyer, distributions } from '../../../../../test/buying-process.ts';
import { cellsOf, coarser } from '../model/cells.ts';
import { expectedSpend, type SpendingCells } from '../model/gamma-gamma.ts';
import { fitBuying, fitSpending, shownBuying, shownSpending } from './fit.ts';

const atOnce = (): Promise<void> => Promise.resolve();
const truth = [0.7, 25, 0.9, 3.5];

/** People by days, as facts have them. */
function people(count: number, seed: number, parameters = truth) {
  const draw = distributions(seed);
  return Array.from({ length: count }, () => {
    const age = 30 + Math.floor(draw.uniform() * 570);
    const { purchases } = bgNbdBuyer(draw, parameters, age);
    return [purchases.length - 1, Math.floor(purchases[purchases.length - 1]), age, 1] as const;
  });
}

const spenders = (count: number, value: (i: number) => number, purchases = 3): SpendingCells => ({
  purchases: new Float64Array(count).fill(purchases),
  logAverage: Float64Array.from({ length: count }, (_, i) => Math.log(value(i))),
  people: new Float64Array(count).fill(1),
});

describe('fits of who buys when', () => {
  it('begun on rough cells end where fits of all cells end', async () => {
    const cells = cellsOf(people(12_000, 41));
    expect(coarser(cells, 14).people.length).toBeLessThan(cells.people.length / 2);
    const fit = await fitBuying('bg_nbd', cells, atOnce);
    const exact = await fitBuying('bg_nbd', coarser(cells, 1), atOnce);
    fit.parameters.forEach((value, i) => expect(value / exact.parameters[i]).toBeCloseTo(1, 3));
    expect(fit.logLikelihood).toBeCloseTo(exact.logLikelihood, 2);
  });

  it('do not depend on the unit of time, but for the scale', async () => {
    const own = people(1_500, 42);
    const inWeeks = own.map(([repeats, recency, age]) => [repeats, recency / 7, age / 7, 1] as const);
    for (const model of ['bg_nbd', 'pareto_nbd'] as const) {
      const days = await fitBuying(model, cellsOf(own), atOnce);
      const weeks = await fitBuying(model, cellsOf(inWeeks), atOnce);
      expect(days.parameters[1] / weeks.parameters[1] / 7).toBeCloseTo(1, 3);
      expect(days.parameters[0] / weeks.parameters[0]).toBeCloseTo(1, 3);
      const repeats = own.reduce((sum, [often]) => sum + often, 0);
      expect(days.logLikelihood + repeats * Math.log(7)).toBeCloseTo(weeks.logLikelihood, 2);
    }
  });

  it('name the parameters that ran to their border, and give no errors of them', async () => {
    const draw = distributions(43);
    const faithful = Array.from({ length: 400 }, () => {
      const rate = draw.gamma(2, 40);
      let [last, repeats] = [0, 0];
      for (let at = draw.exponential(rate); at <= 200; at += draw.exponential(rate)) [last, repeats] = [at, repeats + 1];
      return [repeats, last, 200, 1] as const;
    });
    const fit = await fitBuying('pareto_nbd', cellsOf(faithful), atOnce);
    const { parameters, atBorder } = shownBuying('pareto_nbd', fit);
    expect(parameters.map(({ name }) => name)).toEqual(['r', 'alpha', 's', 'beta']);
    expect(parameters[0].value / parameters[1].value).toBeCloseTo(2 / 40, 2);
    if (atBorder.length > 0) expect(parameters.every(({ standardError }) => standardError === null)).toBe(true);
    expect(atBorder.every((name) => name === 's' || name === 'beta')).toBe(true);
  });

  it('that settle nothing are refused', async () => {
    await expect(fitBuying('bg_nbd', cellsOf([[0, 0, 0, 50]]), atOnce)).rejects.toMatchObject({ code: 'insights.lifetime_not_converged', status: 422, params: { buyers: 50 } });
  });
});

describe('fits of what purchases are worth', () => {
  it('find the mean of all', async () => {
    const draw = distributions(44);
    const fit = await fitSpending(spenders(5_000, () => draw.gamma(5 * 3, draw.gamma(4, 300)) / 3), atOnce);
    expect(fit.mean / ((5 * 300) / 3)).toBeCloseTo(1, 1);
    expect(shownSpending(fit)?.parameters.map(({ name }) => name)).toEqual(['p', 'q', 'gamma']);
  });

  it('count everybody with the mean where there are too few', async () => {
    const { fit, parameters, mean } = await fitSpending(spenders(20, (i) => 10 + i), atOnce);
    expect(fit).toBeNull();
    expect(mean).toBeCloseTo(19.5, 8);
    for (const [purchases, spent] of [[0, 0], [1, 5_000], [30, 12]]) expect(expectedSpend(parameters, purchases, spent)).toBeCloseTo(mean, 3);
    expect(shownSpending({ fit, parameters, mean })).toBeNull();
  });

  it('say nothing is worth nothing where nobody paid', async () => {
    const { mean, parameters } = await fitSpending(spenders(0, () => 1), atOnce);
    expect(mean).toBe(0);
    expect(expectedSpend(parameters, 1, 0)).toBe(0);
  });
});
