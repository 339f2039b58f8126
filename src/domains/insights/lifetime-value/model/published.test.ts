import { beforeAll, describe, expect, it } from 'vitest';
import { cdnowHistory, cdnowIsThere, cdnowPath, readCdnow } from '../../../../../test/cdnow.ts';
import { type Fit, maximise } from '../numerics/maximise.ts';
import { bgNbd } from './bg-nbd.ts';
import { newcomer } from './buying-model.ts';
import { type BuyingCells, cellsOf } from './cells.ts';
import { expectedSpend, gammaGammaLikelihood, gammaGammaStarts, meanSpend } from './gamma-gamma.ts';
import { paretoNbd } from './pareto-nbd.ts';

if (!cdnowIsThere) console.warn(`SKIPPED: models are not held against the published figures of CDNOW, for there is no ${cdnowPath}`);

const atOnce = (): Promise<void> => Promise.resolve();
const digits = (values: readonly number[], places: number): number[] => values.map((value) => Math.round(value * 10 ** places) / 10 ** places);
const customer1516 = { repeats: 26, recency: 216 / 7, age: 31 };

describe.skipIf(!cdnowIsThere)('published figures of the CDNOW sample, calibrated over 39 weeks', () => {
  let histories: ReturnType<typeof cdnowHistory>[];
  let cells: BuyingCells;
  let bg: Fit;
  let pareto: Fit;
  beforeAll(async () => {
    histories = readCdnow().map((customer) => cdnowHistory(customer, '1997-09-30'));
    cells = cellsOf(histories.map(({ repeats, recency, age }) => [repeats, recency, age, 1]));
    bg = await maximise(bgNbd.likelihood(cells), bgNbd.starts(20), atOnce);
    pareto = await maximise(paretoNbd.likelihood(cells), paretoNbd.starts(20), atOnce);
  });

  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('the data are those of the papers', () => {
    expect(histories).toHaveLength(2357);
    expect(mean(histories.map(({ repeats }) => repeats))).toBeCloseTo(1.0424, 4);
    expect(Math.max(...histories.map(({ repeats }) => repeats))).toBe(29);
    expect(histories.reduce((sum, { later }) => sum + later, 0)).toBe(1882);
  });

  it('BG/NBD: parameters and log-likelihood of Fader, Hardie and Lee (2005)', () => {
    expect(digits(bg.parameters, 3)).toEqual([0.243, 4.414, 0.793, 2.426]);
    expect(bg.logLikelihood).toBeCloseTo(-9582.429, 3);
    expect(bg).toMatchObject({ isConverged: true, atBorder: [] });
  });

  it('Pareto/NBD: parameters, log-likelihood and standard errors', () => {
    expect(digits(pareto.parameters, 2)).toEqual([0.55, 10.58, 0.61, 11.67]);
    expect(pareto.logLikelihood).toBeCloseTo(-9594.976, 3);
    expect(digits(pareto.standardErrors?.slice(0, 3) ?? [], 4)).toEqual([0.0476, 0.8427, 0.1873]);
    expect(pareto.standardErrors?.[3]).toBeCloseTo(6.211, 2);
    expect(paretoNbd.likelihood(cells)([0.55315, 10.57633, 0.60625, 11.6715])).toBeCloseTo(-9594.976, 3);
  });

  it('customer 1516 and a newcomer over 52 weeks, by both models', () => {
    const [r, alpha, a, b] = [0.2425945, 4.4136019, 0.7929199, 2.4258881];
    expect(bgNbd.expected([r, alpha, a, b], customer1516, 52)).toBeCloseTo(25.757, 2);
    expect(bgNbd.alive([r, alpha, a, b], customer1516)).toBeCloseTo(0.96885, 4);
    expect(bgNbd.expected([r, alpha, a, b], newcomer, 52)).toBeCloseTo(1.444, 3);
    const published = [0.55315, 10.57633, 0.60625, 11.6715];
    expect(paretoNbd.expected(published, customer1516, 52)).toBeCloseTo(25.456, 2);
    expect(paretoNbd.alive(published, customer1516)).toBeCloseTo(0.997874, 5);
    expect(paretoNbd.expected(published, newcomer, 52)).toBeCloseTo(1.473434, 4);
  });

  it('BG/NBD: what is expected of the 39 weeks that follow, by how often somebody bought before, and what they did', () => {
    const groups = Map.groupBy(histories, ({ repeats }) => Math.min(repeats, 7));
    const by = (of: (history: (typeof histories)[number]) => number): number[] => [0, 1, 2, 3, 4, 5, 6, 7].map((often) => mean((groups.get(often) ?? []).map(of)));
    expect(digits(by(({ later }) => later), 4)).toEqual([0.2367, 0.697, 1.3925, 1.56, 2.5323, 2.9474, 3.8621, 6.3594]);
    const expected = by((history) => bgNbd.expected(bg.parameters, history, 39));
    [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.504, 6.157].forEach((published, i) => expect(expected[i]).toBeCloseTo(published, 3));
  });

  it('Gamma-Gamma: parameters and log-likelihood of those who bought again', async () => {
    const again = histories.filter(({ repeats }) => repeats > 0);
    expect(again).toHaveLength(946);
    const fit = await maximise(gammaGammaLikelihood({
      purchases: Float64Array.from(again, ({ repeats }) => repeats),
      logAverage: Float64Array.from(again, ({ average }) => Math.log(average)),
      people: new Float64Array(again.length).fill(1),
    }), gammaGammaStarts(mean(again.map(({ average }) => average))), atOnce);
    expect(digits(fit.parameters, 2)).toEqual([6.25, 3.74, 15.44]);
    expect(fit.logLikelihood).toBeCloseTo(-4055.918, 3);
    expect(expectedSpend(fit.parameters, 0, 0)).toBeCloseTo(meanSpend(fit.parameters), 10);
  });
});
