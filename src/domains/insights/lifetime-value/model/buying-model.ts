import type { BuyingCells } from './cells.ts';

/** How often again, how long after the first purchase the last one was, and how long after it the observation ends. */
export interface Buyer {
  repeats: number;
  recency: number;
  age: number;
}

/** A model of who buys when and who stays away for ever. Its parameters are positive; times are in one unit of the caller's. */
export interface BuyingModel {
  names: readonly [string, string, string, string];
  /** Points to start looking from, by the typical time between purchases. */
  starts(typical: number): number[][];
  /** The log-likelihood of all cells as a function of the parameters. */
  likelihood(cells: BuyingCells): (parameters: readonly number[]) => number;
  /** The probability that somebody will ever buy again, as the model sees it: has not dropped out. */
  alive(parameters: readonly number[], buyer: Buyer): number;
  /** Purchases to be expected of somebody in the time that follows the observation. */
  expected(parameters: readonly number[], buyer: Buyer, time: number): number;
}

/** Somebody who has just bought for the first time. */
export const newcomer: Buyer = { repeats: 0, recency: 0, age: 0 };
