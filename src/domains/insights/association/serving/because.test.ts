import { describe, expect, it } from 'vitest';
import { createNeighbours } from '../model/neighbours.ts';
import { becauseOf } from './because.ts';
import type { ServedModel } from './served-model.ts';

/** Of 1,000 orders 100 hold item 0, 200 item 1, 60 both; of 500 occasions 50 have item 0, item 1 follows 40, both 20. */
function model(): ServedModel {
  const beside = createNeighbours(3);
  beside.insert(0, 1, 0.4, 60);
  const after = createNeighbours(3);
  after.insert(0, 1, 0.3, 20);
  return {
    modelId: 1,
    ids: ['a', 'b', 'c'],
    hashes: [],
    numberOf: new Map(),
    recommender: {
      beside: beside.neighbours,
      after: after.neighbours,
      popular: new Uint16Array(0),
      repeats: new Float32Array(3),
    },
    orders: [100, 200, 5],
    occasions: [50, 80, 0],
    followedBy: [10, 40, 0],
    allOrders: 1_000,
    allOccasions: 500,
  };
}

describe('why something is recommended', () => {
  it('is the rule of one basket, with its figures', () => {
    expect(becauseOf(model(), { item: 1, score: 1, reason: 'beside', because: 0 })).toEqual({
      item: 0,
      withBoth: 60,
      confidence: 0.6,
      lift: expect.closeTo(3, 12),
    });
  });

  it('is the rule of a sequence, on its own base', () => {
    expect(becauseOf(model(), { item: 1, score: 1, reason: 'after', because: 0 })).toEqual({
      item: 0,
      withBoth: 20,
      confidence: 0.4,
      lift: expect.closeTo(5, 12),
    });
  });

  it('is no rule for what sells, for a habit of one person, and for a pair that is not kept', () => {
    expect(becauseOf(model(), { item: 1, score: 0, reason: 'popular' })).toBeNull();
    expect(becauseOf(model(), { item: 0, score: 1, reason: 'again', because: 0 })).toBeNull();
    expect(becauseOf(model(), { item: 2, score: 1, reason: 'beside', because: 0 })).toBeNull();
  });
});
