import { type BuyingModelName, discountPerYear, horizons, lifeYears } from '../../contract/lifetime-value.ts';
import type { Buyer, BuyingModel } from './buying-model.ts';

/** What is said of somebody: times are in days. */
export interface Expectations {
  alive: number;
  orders: number[];
  /** Orders of the years of a life, those to come counting less. */
  ever: number;
}

const yearDays = 365;
const stepsPerYear = 4;

/** The probability of being alive, orders expected in each horizon, and discounted ones by quarters, each in its middle. */
export function expectationsOf(model: BuyingModel, parameters: readonly number[], buyer: Buyer): Expectations {
  const orders = horizons.map((days) => model.expected(parameters, buyer, days));
  let [ever, before] = [0, 0];
  for (let step = 1; step <= lifeYears * stepsPerYear; step++) {
    const until = model.expected(parameters, buyer, (step * yearDays) / stepsPerYear);
    ever += (until - before) * (1 + discountPerYear) ** -((step - 0.5) / stepsPerYear);
    before = until;
  }
  return { alive: model.alive(parameters, buyer), orders, ever };
}

/** A living customer buys every so many days on average over customers, and after a year so many of the living have gone. */
export function typicalOf(name: BuyingModelName, parameters: readonly number[]): { daysBetween: number; goneInYear: number } {
  const [r, alpha, third, fourth] = parameters;
  const daysBetween = alpha / r;
  if (name === 'pareto_nbd') return { daysBetween, goneInYear: -Math.expm1(third * Math.log(fourth / (fourth + yearDays))) };
  // Each purchase may be the last: after n of them a newcomer is there with B(a, b + n) / B(a, b); n as many as a year's living customer makes.
  const purchases = Math.round(yearDays / daysBetween);
  let stays = 1;
  for (let n = 0; n < purchases; n++) stays *= (fourth + n) / (third + fourth + n);
  return { daysBetween, goneInYear: 1 - stays };
}
