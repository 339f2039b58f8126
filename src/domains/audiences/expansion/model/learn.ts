import type { Weighing } from '../features/print.ts';
import { correctedIntercept, fitLogistic, type Pause } from './logistic.ts';
import { aucError, aucOf, liftByTenth } from './ranking.ts';

/** Some members and some others, a row of numbers each, NaN where there is none. */
export interface Sample {
  width: number;
  values: Float32Array;
  isMember: Uint8Array;
  /** Not learnt from: the quality is measured by these. */
  isHeldOut: Uint8Array;
}

/** How many members and others there are in all. */
export interface Population {
  members: number;
  others: number;
}

/** What one feature says. Means are of the numbers as they are learnt from. */
export interface LearntFeature {
  /** Of the feature in its standard deviations: e to this is by how much the odds multiply for each. */
  weight: number;
  /** How well the feature alone tells members from others: 1/2 to 1. */
  alone: number;
  members: number;
  others: number;
}

/** A model and how good it is, by people it has not seen. */
export interface Learnt {
  /** The score of whose features are all 0, as log-odds among all people. */
  start: number;
  /** By the place of the feature; of those that are of use. */
  weighings: Map<number, Weighing>;
  features: Map<number, LearntFeature>;
  auc: number;
  /** Standard error of the area. */
  error: number;
  lift: number[];
  heldOut: Population;
}

/**
 * How strongly weights are held back, for each person learnt from. Features that go along with each other (orders, spend,
 * average order) would otherwise have huge weights against each other, which are right for nobody who is a little different.
 */
const penaltyEach = 0.001;

/** Learns to tell members from others. Features that are the same of all say nothing and are left out. */
export async function learn(sample: Sample, population: Population, pause: Pause): Promise<Learnt> {
  const { width, values, isMember, isHeldOut } = sample;
  const rows = rowsOf(isHeldOut, 0);
  const scales: Scale[] = [];
  for (let feature = 0; feature < width; feature++) {
    scales.push(scaleOf(sample, rows, feature));
    await pause();
  }
  const used = scales.flatMap(({ deviation }, feature) => (deviation > 0 ? [feature] : []));
  const scaled = new Float32Array(rows.length * used.length);
  for (const [i, feature] of used.entries()) {
    const { mean, deviation } = scales[feature];
    rows.forEach((row, r) => (scaled[r * used.length + i] = (numberOr(values[row * width + feature], mean) - mean) / deviation));
    await pause();
  }
  const labels = Uint8Array.from(rows, (row) => isMember[row]);
  const { intercept, weights } = await fitLogistic({ width: used.length, values: scaled, labels }, Math.max(1, labels.length * penaltyEach), pause);
  const memberShare = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const corrected = correctedIntercept(intercept, memberShare, population.members / (population.members + population.others));
  const weighings = new Map(used.map((feature, i) => [feature, { weight: weights[i] / scales[feature].deviation, mean: scales[feature].mean }]));
  const start = [...weighings.values()].reduce((sum, { weight, mean }) => sum - weight * mean, corrected);

  const held = rowsOf(isHeldOut, 1);
  const kinds = [held.filter((row) => isMember[row] === 1), held.filter((row) => isMember[row] === 0)];
  const terms = [...weighings];
  const scoreOf = (row: number): number => terms.reduce((sum, [feature, { weight, mean }]) => sum + weight * numberOr(values[row * width + feature], mean), start);
  const [ours, theirs] = kinds.map((kind) => Float32Array.from(kind, scoreOf));
  const auc = aucOf(ours, theirs);
  const features = new Map<number, LearntFeature>();
  for (const [i, feature] of used.entries()) {
    await pause();
    const [inside, outside] = kinds.map((kind) => Float32Array.from(kind, (row) => numberOr(values[row * width + feature], scales[feature].mean)));
    const alone = aucOf(inside, outside);
    features.set(feature, { weight: weights[i], alone: Math.max(alone, 1 - alone), members: meanOf(sample, feature, 1), others: meanOf(sample, feature, 0) });
  }
  return {
    start, weighings, features, auc, error: aucError(auc, ours.length, theirs.length),
    lift: liftByTenth(ours, theirs, population.members / ours.length, population.others / theirs.length),
    heldOut: { members: ours.length, others: theirs.length },
  };
}

const numberOr = (value: number, instead: number): number => (Number.isNaN(value) ? instead : value);

const rowsOf = (marks: Uint8Array, mark: number): Uint32Array => Uint32Array.from(marks.keys().filter((row) => marks[row] === mark));

interface Scale {
  mean: number;
  deviation: number;
}

function scaleOf({ width, values }: Sample, rows: Uint32Array, feature: number): Scale {
  let [count, sum] = [0, 0];
  for (const row of rows) {
    const value = values[row * width + feature];
    if (!Number.isNaN(value)) [count, sum] = [count + 1, sum + value];
  }
  const mean = count === 0 ? 0 : sum / count;
  let squares = 0;
  for (const row of rows) squares += (numberOr(values[row * width + feature], mean) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / rows.length) };
}

function meanOf({ width, values, isMember }: Sample, feature: number, kind: number): number {
  let [count, sum] = [0, 0];
  for (let row = 0; row < isMember.length; row++) {
    const value = values[row * width + feature];
    if (isMember[row] === kind && !Number.isNaN(value)) [count, sum] = [count + 1, sum + value];
  }
  return count === 0 ? Number.NaN : sum / count;
}
