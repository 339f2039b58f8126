import type { SequenceCounts } from '../mining/sequence-counts.ts';

/** To each item its nearest, the best first: `size` places an item, `filled` of them used. */
export interface Neighbours {
  size: number;
  filled: Uint8Array;
  items: Uint16Array;
  scores: Float32Array;
  /** Baskets, or occasions, with both. */
  counts: Uint32Array;
}

export const neighboursOfItem = 30;
/** A pair that was met fewer times says nothing. */
const leastTogether = 2;
/** So many imagined baskets in which the two do not stand together, or follow as seldom as usual: what is rare has to prove itself. */
const shrinkage = 10;

export function createNeighbours(itemCount: number, size = neighboursOfItem) {
  const neighbours: Neighbours = {
    size, filled: new Uint8Array(itemCount), items: new Uint16Array(itemCount * size),
    scores: new Float32Array(itemCount * size), counts: new Uint32Array(itemCount * size),
  };
  const { filled, items, scores, counts } = neighbours;
  const insert = (item: number, neighbour: number, score: number, count: number): void => {
    const from = item * size;
    if (filled[item] === size && scores[from + size - 1] >= score) return;
    if (filled[item] < size) filled[item]++;
    let at = from + filled[item] - 1;
    for (; at > from && scores[at - 1] < score; at--) {
      items[at] = items[at - 1];
      scores[at] = scores[at - 1];
      counts[at] = counts[at - 1];
    }
    items[at] = neighbour;
    scores[at] = score;
    counts[at] = count;
  };
  return { neighbours, insert };
}

/**
 * What is bought in one basket with an item: cosine of the two over baskets, n(ab) / sqrt(n(a) n(b)), times
 * n(ab) / (n(ab) + shrinkage) (Sarwar et al. 2001; the shrinkage after Koren 2008). Fed with rows of pair counts.
 */
export function createBasketNeighbours(baskets: Uint32Array) {
  const { neighbours, insert } = createNeighbours(baskets.length);
  const beside = (item: number, together: Uint32Array): void => {
    for (let other = 0; other < item; other++) {
      const count = together[other];
      if (count < leastTogether) continue;
      const score = (count / Math.sqrt(baskets[item] * baskets[other])) * (count / (count + shrinkage));
      insert(item, other, score, count);
      insert(other, item, score, count);
    }
  };
  return { neighbours, beside };
}

/** How probable it is that an item follows, whatever was bought before. */
export const followsAnyway = ({ occasions, followedBy }: SequenceCounts, item: number): number => (occasions === 0 ? 0 : followedBy[item] / occasions);

/** What is bought after an item, itself included: P(b follows a), drawn towards how often b follows anyway. */
export function sequenceNeighbours(sequences: SequenceCounts): Neighbours {
  const { itemCount, withItem, follows } = sequences;
  const { neighbours, insert } = createNeighbours(itemCount);
  for (let item = 0; item < itemCount; item++) {
    for (let next = 0; next < itemCount; next++) {
      const count = follows[item * itemCount + next];
      if (count < leastTogether) continue;
      insert(item, next, (count + shrinkage * followsAnyway(sequences, next)) / (withItem[item] + shrinkage), count);
    }
  }
  return neighbours;
}
