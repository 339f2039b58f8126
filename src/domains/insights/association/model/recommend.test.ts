import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSequenceCounts, type SequenceCounts } from '../mining/sequence-counts.ts';
import { checkHeldOut, historyBefore, isHeldOut } from './hold-out.ts';
import {
  createBasketNeighbours,
  createNeighbours,
  type Neighbours,
  sequenceNeighbours,
} from './neighbours.ts';
import {
  type History,
  justBought,
  recommendBeside,
  recommendNext,
  recommendPopular,
  type Recommender,
} from './recommend.ts';

/** Neighbours of each item, as written: `{ 0: [[1, 0.5]] }` says that 1 is near 0. */
function near(
  itemCount: number,
  given: Record<number, [item: number, score: number][]>,
): Neighbours {
  const { neighbours, insert } = createNeighbours(itemCount);
  for (const [item, others] of Object.entries(given)) {
    for (const [other, score] of others) insert(Number(item), other, score, 10);
  }
  return neighbours;
}

const recommender = (given: Partial<Recommender>): Recommender => ({
  beside: near(10, {}),
  after: near(10, {}),
  popular: Uint16Array.of(9, 8, 7),
  repeats: new Float32Array(10),
  ...given,
});

const listOf = ({ size, filled, items, scores }: Neighbours, item: number): [number, number][] =>
  Array.from({ length: filled[item] }, (_, n) => [items[item * size + n], scores[item * size + n]]);

describe('the nearest of an item', () => {
  it('are the best of all that were met, the best first, however they come', () => {
    const met = fc.uniqueArray(fc.tuple(fc.nat(60), fc.float({ min: 0, max: 1, noNaN: true })), {
      selector: ([item]) => item,
      maxLength: 60,
    });
    fc.assert(
      fc.property(met, fc.integer({ min: 1, max: 10 }), (given, size) => {
        const { neighbours, insert } = createNeighbours(1, size);
        for (const [item, score] of given) insert(0, item, score, 1);
        const best = given
          .map(([, score]) => score)
          .toSorted((a, b) => b - a)
          .slice(0, size);
        expect(listOf(neighbours, 0).map(([, score]) => score)).toEqual(best);
        for (const [item, score] of listOf(neighbours, 0))
          expect(given).toContainEqual([item, score]);
      }),
    );
  });

  it('in baskets are near by cosine, less so where few baskets say it', () => {
    const { neighbours, beside } = createBasketNeighbours(Uint32Array.of(100, 100, 4, 4));
    beside(1, Uint32Array.of(50, 0, 0, 0));
    beside(3, Uint32Array.of(1, 0, 4, 0));
    expect(listOf(neighbours, 0)).toEqual([[1, expect.closeTo((50 / 100) * (50 / 60), 6)]]);
    // Always together, four times: less near than half of a hundred. Once is nothing.
    expect(listOf(neighbours, 3)).toEqual([[2, expect.closeTo((4 / 4) * (4 / 14), 6)]]);
    expect(listOf(neighbours, 1)).toEqual([[0, expect.closeTo(0.4167, 4)]]);
  });

  it('afterwards are near by how probably they follow, drawn towards how often they follow anything', () => {
    const sequences: SequenceCounts = {
      itemCount: 2,
      occasions: 100,
      withItem: Uint32Array.of(50, 50),
      followedBy: Uint32Array.of(10, 20),
      follows: Uint32Array.of(0, 20, 5, 1),
    };
    const after = sequenceNeighbours(sequences);
    expect(listOf(after, 0)).toEqual([[1, expect.closeTo((20 + 10 * 0.2) / 60, 6)]]);
    expect(listOf(after, 1)).toEqual([[0, expect.closeTo((5 + 10 * 0.1) / 60, 6)]]);
  });
});

describe('what goes with a cart', () => {
  it('is what stands beside all of it, never what is in it', () => {
    const beside = near(10, {
      1: [
        [2, 0.9],
        [3, 0.5],
      ],
      2: [
        [3, 0.5],
        [1, 0.9],
      ],
    });
    const found = recommendBeside(recommender({ beside }), [1, 2]);
    expect(found).toEqual([
      { item: 3, score: expect.closeTo(0.5, 6), reason: 'beside', because: 1 },
    ]);
  });

  it('is what follows where nothing stands beside it', () => {
    const after = near(10, { 1: [[4, 0.8]] });
    expect(recommendBeside(recommender({ after }), [1])).toMatchObject([
      { item: 4, reason: 'after', because: 1 },
    ]);
    expect(recommendBeside(recommender({}), [5])).toEqual([]);
    expect(recommendBeside(recommender({ after }), [])).toEqual([]);
  });
});

describe('what somebody buys next', () => {
  const history = (orders: number, ...items: History['items'][number][]): History => ({
    orders,
    items,
  });

  it('is what they buy in every order, before what followed once', () => {
    const after = near(10, { 1: [[2, 0.3]] });
    const found = recommendNext(
      recommender({ after }),
      history(5, { item: 1, times: 5, daysAgo: 20 }),
    );
    expect(found.map(({ item, reason }) => [item, reason])).toEqual([
      [1, 'again'],
      [2, 'after'],
    ]);
    expect(found[1].because).toBe(1);
  });

  it('is not what nobody buys twice', () => {
    const after = near(10, { 1: [[2, 0.3]] });
    const found = recommendNext(
      recommender({ after }),
      history(3, { item: 1, times: 1, daysAgo: 20 }),
    );
    expect(found.map(({ item }) => item)).toEqual([2]);
  });

  it('may be what everybody buys again, though they bought it once', () => {
    const repeats = Float32Array.from({ length: 10 }, (_, item) => (item === 1 ? 0.6 : 0));
    expect(
      recommendNext(recommender({ repeats }), history(1, { item: 1, times: 1, daysAgo: 20 })),
    ).toMatchObject([{ item: 1, reason: 'again' }]);
  });

  it('leaves out what was bought once and only days ago, unless it is bought again and again', () => {
    const repeats = Float32Array.of(0, 0.04, 0.04, 0.06);
    const bought = history(
      6,
      { item: 1, times: 1, daysAgo: 2 },
      { item: 2, times: 5, daysAgo: 2 },
      { item: 3, times: 1, daysAgo: 2 },
    );
    const found = recommendNext(recommender({ repeats }), bought).map(({ item }) => item);
    expect(found).toEqual([2, 3]);
    expect([...justBought(bought, repeats)]).toEqual([1]);
    expect(justBought(history(1, { item: 1, times: 1, daysAgo: 8 }), repeats).size).toBe(0);
  });

  it('goes by what was bought lately more than by what was bought long ago', () => {
    const after = near(10, { 1: [[5, 0.4]], 2: [[6, 0.4]] });
    const found = recommendNext(
      recommender({ after }),
      history(2, { item: 1, times: 1, daysAgo: 300 }, { item: 2, times: 1, daysAgo: 10 }),
    );
    expect(found.map(({ item }) => item)).toEqual([6, 5]);
    expect(found[0].score).toBeGreaterThan(10 * found[1].score);
  });

  it("is nothing of one's own where nothing was bought; then it is what sells", () => {
    expect(recommendNext(recommender({}), history(0))).toEqual([]);
    expect(recommendPopular(recommender({})).map(({ item, reason }) => [item, reason])).toEqual([
      [9, 'popular'],
      [8, 'popular'],
      [7, 'popular'],
    ]);
  });
});

describe('people who are held out', () => {
  const person = {
    count: 3,
    times: Float64Array.of(0, 10 * 86_400, 30 * 86_400),
    starts: Uint32Array.of(0, 2, 3, 4),
    items: Uint16Array.of(1, 2, 1, 3),
  };

  it('are the same ones each time, about as many as were asked for', () => {
    const held = Array.from({ length: 100_000 }, (_, no) => isHeldOut(no + 1, 20)).filter(
      Boolean,
    ).length;
    expect(held).toBeGreaterThan(4_500);
    expect(held).toBeLessThan(5_500);
    expect(isHeldOut(77, 1)).toBe(true);
  });

  it('have the history of the moment before their last order', () => {
    expect(historyBefore(person)).toEqual({
      orders: 2,
      items: [
        { item: 1, times: 2, daysAgo: 20 },
        { item: 2, times: 1, daysAgo: 30 },
      ],
    });
  });

  it('are hit where one of ten is in the last order, by each of the three ways', () => {
    const knows = recommender({ after: near(10, { 1: [[3, 0.9]] }), popular: Uint16Array.of(9) });
    expect(checkHeldOut(knows, [person])).toEqual({
      people: 1,
      hitRate: 1,
      popular: 0,
      ownMost: 0,
    });
    expect(checkHeldOut(recommender({ popular: Uint16Array.of(3) }), [person])).toEqual({
      people: 1,
      hitRate: 1,
      popular: 1,
      ownMost: 1,
    });
    const again = { ...person, items: Uint16Array.of(1, 2, 1, 2) };
    expect(checkHeldOut(recommender({ popular: Uint16Array.of(9) }), [again])).toMatchObject({
      popular: 0,
      ownMost: 1,
    });
    expect(checkHeldOut(knows, [])).toEqual({ people: 0, hitRate: 0, popular: 0, ownMost: 0 });
  });

  it('are taken out of sequences again as if they had never been there', () => {
    const options = { itemCount: 5, windowSeconds: 40 * 86_400, lastOccasion: 1e9 };
    const { counts, add } = createSequenceCounts(options);
    add(person);
    add(person, -1);
    expect(counts).toEqual(createSequenceCounts(options).counts);
  });
});
