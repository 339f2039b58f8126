import { type Pause, sigmoid } from './logistic.ts';

/** How many people have which score, by levels between the lowest and the highest. */
export interface Levels {
  lowest: number;
  highest: number;
  counts: Uint32Array;
}

export interface Ranked {
  /** Those with the highest scores, in their order. */
  best: Uint32Array;
  levels: Levels;
}

/** Scores of one level stand for the same: the hundredths of a log-odd between them tell nobody apart. */
const levelCount = 65_536;
const peopleAtOnce = 200_000;
const stride = 2_654_435_761;

/**
 * Puts people in the order of their scores, by counting, and keeps the best. Equals follow in an order that has nothing
 * to do with their numbers, which tell how long somebody has been known; it is the same every time.
 */
export async function rankPeople(people: Uint32Array, scores: Float32Array, most: number, pause: Pause): Promise<Ranked> {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const no of people) {
    if (scores[no] < lowest) lowest = scores[no];
    if (scores[no] > highest) highest = scores[no];
  }
  await pause();
  const perLevel = (highest - lowest) / (levelCount - 1) || 1;
  const levelOf = (no: number): number => Math.round((scores[no] - lowest) / perLevel);
  const counts = new Uint32Array(levelCount);
  for (let i = 0; i < people.length; i++) {
    if (i % peopleAtOnce === peopleAtOnce - 1) await pause();
    counts[levelOf(people[i])]++;
  }
  const nextOf = new Uint32Array(levelCount);
  for (let level = levelCount - 2; level >= 0; level--) nextOf[level] = nextOf[level + 1] + counts[level + 1];
  const best = new Uint32Array(Math.min(most, people.length));
  const step = stepAmong(people.length);
  for (let i = 0, at = 0; i < people.length; i++, at = (at + step) % people.length) {
    if (i % peopleAtOnce === peopleAtOnce - 1) await pause();
    const place = nextOf[levelOf(people[at])]++;
    if (place < best.length) best[place] = people[at];
  }
  return { best, levels: { lowest, highest, counts } };
}

/** A step that meets everybody once before it meets anybody again. */
function stepAmong(count: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = count < 2 ? 1 : Math.max(1, stride % count);
  while (divisor(count, step) !== 1) step++;
  return step;
}

const oddsAt = ({ lowest, highest }: Levels, level: number): number => lowest + (level / (levelCount - 1)) * (highest - lowest);

/** How many times as likely as anybody at all somebody with such log-odds is to be a member. */
export const likenessOf = (odds: number, memberShare: number): number => sigmoid(odds) / memberShare;

/** How many people are at least so like the members. */
export function reachAt(levels: Levels, likeness: number, memberShare: number): number {
  let reach = 0;
  for (let level = levelCount - 1; level >= 0 && likenessOf(oddsAt(levels, level), memberShare) >= likeness; level--) reach += levels.counts[level];
  return reach;
}

/** The likeness of the last of each of so many people. */
export function likenessAt(levels: Levels, reaches: readonly number[], memberShare: number): number[] {
  const found: number[] = [];
  let [level, reach] = [levelCount, 0];
  for (const wanted of reaches.toSorted((a, b) => a - b)) {
    while (reach < wanted && level > 0) reach += levels.counts[--level];
    found.push(likenessOf(oddsAt(levels, Math.min(level, levelCount - 1)), memberShare));
  }
  return found;
}
