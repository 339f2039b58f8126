import { describe, expect, it } from 'vitest';
import { buyingOf, buyingProcess } from './buying.ts';
import { personOf } from './people.ts';
import { worldOf } from './world.ts';

const world = worldOf(20_240_618, Date.UTC(2026, 10, 23, 7));
const count = 20_000;
const buying = Array.from({ length: count }, (_, index) =>
  buyingOf(world, personOf(world, index)),
);
const started = buying.filter(({ momentsMs }) => momentsMs.length > 0);
const { purchase, dropOut } = buyingProcess;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Days on the brand's clock from a customer's first order to the end. */
const observedDays = started.map(({ truth }) => world.trade.days - truth.firstOrderAt!);

/** Expected repeat orders in t days; Schmittlein, Morrison and Colombo 1987, equation 17. */
function expectedRepeats(days: number): number {
  const { shape: r, rate: alpha } = purchase;
  const { shape: s, rate: beta } = dropOut;
  return ((r * beta) / (alpha * (s - 1))) * (1 - (beta / (beta + days)) ** (s - 1));
}

describe('buying', () => {
  it('starts in the share of customers that ever buys, but for the last ones to come', () => {
    expect(started.length / count).toBeGreaterThan(buyingProcess.buyerShare - 0.01);
    expect(started.length / count).toBeLessThan(buyingProcess.buyerShare + 0.01);
  });

  it('draws the rates from their gamma distributions', () => {
    const rates = started.map(({ truth }) => truth.purchaseRate);
    const theory = purchase.shape / purchase.rate;
    expect(mean(rates) / theory).toBeCloseTo(1, 1);
    const variance = mean(rates.map((rate) => (rate - theory) ** 2));
    expect(variance / (theory / purchase.rate)).toBeCloseTo(1, 1);
    const dropOuts = started.map(({ truth }) => truth.dropOutRate);
    expect(mean(dropOuts) / (dropOut.shape / dropOut.rate)).toBeCloseTo(1, 1);
  });

  it('repeats as often as the Pareto/NBD model expects, within 3 %', () => {
    const made = started.reduce((sum, { momentsMs }) => sum + momentsMs.length - 1, 0);
    const expected = observedDays.reduce((sum, days) => sum + expectedRepeats(days), 0);
    expect(Math.abs(made / expected - 1)).toBeLessThan(0.03);
  });

  it('repeats at all as often as the rates of each customer say, within a percentage point', () => {
    const expected = started.map(({ truth }, nth) => {
      const both = truth.purchaseRate + truth.dropOutRate;
      return (truth.purchaseRate / both) * (1 - Math.exp(-both * observedDays[nth]));
    });
    const repeated = started.map(({ momentsMs }) => (momentsMs.length > 1 ? 1 : 0));
    expect(Math.abs(mean(repeated) - mean(expected))).toBeLessThan(0.01);
  });

  it('leaves as many active at the end as the model expects, within a percentage point', () => {
    const active = started.map(({ truth }) => (truth.activeUntil > world.trade.days ? 1 : 0));
    const expected = observedDays.map((days) => (dropOut.rate / (dropOut.rate + days)) ** dropOut.shape);
    expect(Math.abs(mean(active) - mean(expected))).toBeLessThan(0.01);
  });

  it('stops when the customer drops out, and moves forward only', () => {
    const wrong = started.filter(({ truth, momentsMs }) => {
      const last = momentsMs.at(-1)!;
      const forward = momentsMs.every((moment, at) => at === 0 || momentsMs[at - 1] <= moment);
      return !forward || last >= world.endMs || world.trade.positionOf(last) > truth.activeUntil;
    });
    expect(wrong).toEqual([]);
  });

  it('never starts before the sign-up', () => {
    for (let index = 0; index < 2_000; index++) {
      const person = personOf(world, index);
      const [first] = buyingOf(world, person).momentsMs;
      if (first !== undefined) {
        expect(first).toBeGreaterThanOrEqual(person.customer.registeredAtMs);
      }
    }
  });
});
