import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountPerYear, lifeYears } from '../../contract/lifetime-value.ts';
import { bgNbd } from './bg-nbd.ts';
import { expectationsOf, typicalOf } from './expectations.ts';
import { paretoNbd } from './pareto-nbd.ts';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const parameters = fc.tuple(double(0.1, 5), double(5, 200), double(0.1, 3), double(0.5, 50));
const buyer = fc.tuple(fc.integer({ min: 0, max: 30 }), double(0, 1), double(0, 900)).map(([repeats, share, age]) => ({ repeats, recency: repeats === 0 ? 0 : share * age, age }));

describe.each([['BG/NBD', bgNbd], ['Pareto/NBD', paretoNbd]])('what %s says of somebody', (_name, model) => {
  it('grows with the horizon, and years to come count less than a year would', () => {
    fc.assert(fc.property(parameters, buyer, (fitted, person) => {
      const { alive, orders: [month, quarter, year], ever } = expectationsOf(model, fitted, person);
      expect(alive).toBeGreaterThanOrEqual(0);
      expect(month).toBeLessThanOrEqual(quarter + 1e-9);
      expect(quarter).toBeLessThanOrEqual(year + 1e-9);
      const undiscounted = model.expected(fitted, person, lifeYears * 365);
      expect(ever).toBeLessThanOrEqual(undiscounted + 1e-9);
      expect(ever).toBeGreaterThanOrEqual(undiscounted * (1 + discountPerYear) ** -lifeYears - 1e-9);
      expect(ever).toBeGreaterThanOrEqual(year * (1 + discountPerYear) ** -1 - 1e-9);
    }));
  });

  it('is discounted as by the day, nearly', () => {
    const fitted = [0.8, 30, 0.7, 3];
    const person = { repeats: 4, recency: 100, age: 120 };
    let [daily, before] = [0, 0];
    for (let day = 1; day <= lifeYears * 365; day++) {
      const until = model.expected(fitted, person, day);
      daily += (until - before) * (1 + discountPerYear) ** -((day - 0.5) / 365);
      before = until;
    }
    expect(expectationsOf(model, fitted, person).ever / daily).toBeCloseTo(1, 3);
  });
});

describe('a typical customer', () => {
  it('buys as often as rates are on average', () => {
    expect(typicalOf('bg_nbd', [0.5, 20, 1, 3]).daysBetween).toBe(40);
    expect(typicalOf('pareto_nbd', [2, 30, 1, 90]).daysBetween).toBe(15);
  });

  it('has gone after a year as often as the model lets people go', () => {
    // The share of those whose gamma distributed rate of leaving let them go within a year.
    expect(typicalOf('pareto_nbd', [1, 20, 1, 365]).goneInYear).toBeCloseTo(0.5, 10);
    // 5 purchases a year, each the last of them for half of everybody at first, and ever fewer.
    expect(typicalOf('bg_nbd', [1, 73, 1, 1]).goneInYear).toBeCloseTo(1 - 1 / 6, 10);
    expect(typicalOf('bg_nbd', [1, 1_000, 1, 1]).goneInYear).toBe(0);
  });
});
