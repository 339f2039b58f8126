/**
 * What some people bought before an order that is hidden, and what was in it: the values of one dimension as codes from 0.
 * Rows of one person stand together, in the order of persons.
 */
export interface HeldOutOrders {
  values: number;
  /** Where the rows of each person begin; one more for the end. */
  starts: Uint32Array;
  codes: Uint16Array;
  /** Whole days between the row and the hidden order. */
  days: Float32Array;
  lines: Float32Array;
  /** The values of each person's hidden order. */
  hidden: number[][];
}

/** How affinities are reckoned: what is kept of a line after a day, and how many lines the prior weighs. */
export interface AffinitySettings {
  /** Days after which a line counts half; null: never. */
  halfLifeDays: number | null;
  priorLines: number;
}

/** How well the next order is foretold: how often one of its values is among the first, and the mean of one by the place of the first that is right. */
export interface Foretold {
  hit1: number;
  hit3: number;
  mrr: number;
}

const halfLives = [14, 30, 60, 120, 240, 480, null] as const;
const priors = [0.1, 0.3, 1, 3, 10, 30, 100, 300] as const;

export const weightOf = (days: number, halfLifeDays: number | null): number => (halfLifeDays === null ? 1 : 2 ** (-Math.max(0, days) / halfLifeDays));

/** The share of each value of all lines of some people before their hidden orders. */
export function sharesOf({ values, starts, codes, lines }: HeldOutOrders, people: readonly number[]): Float64Array {
  const shares = new Float64Array(values);
  let all = 0;
  for (const person of people) {
    for (let row = starts[person]; row < starts[person + 1]; row++) {
      shares[codes[row]] += lines[row];
      all += lines[row];
    }
  }
  return shares.map((sum) => (all === 0 ? 0 : sum / all));
}

/** Scores of every value for one person; the order of values is that of the scores, equals by how common they are. */
type Scoring = (person: number, into: Float64Array) => void;

export const byAffinity = (orders: HeldOutOrders, shares: Float64Array, { halfLifeDays, priorLines }: AffinitySettings): Scoring => (person, into) => {
  for (let value = 0; value < into.length; value++) into[value] = priorLines * shares[value];
  for (let row = orders.starts[person]; row < orders.starts[person + 1]; row++) into[orders.codes[row]] += orders.lines[row] * weightOf(orders.days[row], halfLifeDays);
};

/** The simple way that the model must be better than: the person's own most bought, then everybody's. */
export const byMostBought = (orders: HeldOutOrders): Scoring => (person, into) => {
  into.fill(0);
  for (let row = orders.starts[person]; row < orders.starts[person + 1]; row++) into[orders.codes[row]] += orders.lines[row];
};

/** How well an order of values foretells the hidden orders of some people. */
export function foretold(orders: HeldOutOrders, shares: Float64Array, people: readonly number[], scoring: Scoring): Foretold {
  const scores = new Float64Array(orders.values);
  const total = { hit1: 0, hit3: 0, mrr: 0 };
  for (const person of people) {
    scoring(person, scores);
    const place = placeOf(scores, shares, orders.hidden[person].reduce((best, value) => (isBefore(scores, shares, value, best) ? value : best)));
    if (place === 1) total.hit1++;
    if (place <= 3) total.hit3++;
    total.mrr += 1 / place;
  }
  return { hit1: total.hit1 / people.length, hit3: total.hit3 / people.length, mrr: total.mrr / people.length };
}

const isBefore = (scores: Float64Array, shares: Float64Array, a: number, b: number): boolean =>
  scores[a] > scores[b] || (scores[a] === scores[b] && (shares[a] > shares[b] || (shares[a] === shares[b] && a < b)));

function placeOf(scores: Float64Array, shares: Float64Array, value: number): number {
  let place = 1;
  for (let other = 0; other < scores.length; other++) if (isBefore(scores, shares, other, value)) place++;
  return place;
}

/** The settings by which the hidden orders of some people are foretold best. */
export async function chooseSettings(orders: HeldOutOrders, shares: Float64Array, people: readonly number[], pause: () => Promise<void>): Promise<AffinitySettings> {
  let best: { settings: AffinitySettings; mrr: number } | null = null;
  for (const halfLifeDays of halfLives) {
    for (const priorLines of priors) {
      const settings = { halfLifeDays, priorLines };
      const { mrr } = foretold(orders, shares, people, byAffinity(orders, shares, settings));
      if (!best || mrr > best.mrr) best = { settings, mrr };
      await pause();
    }
  }
  return best?.settings ?? { halfLifeDays: null, priorLines: 1 };
}
