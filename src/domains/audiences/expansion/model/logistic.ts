import { solvePositive } from './cholesky.ts';

/** Rows of features, one after the other, and of which of two kinds each row is. */
export interface LabelledRows {
  width: number;
  values: Float32Array;
  labels: Uint8Array;
}

/** Log-odds are `intercept` plus the row's features by their weights. */
export interface LogisticModel {
  intercept: number;
  weights: Float64Array;
}

/** Lets others have the processor: called again and again, after a few milliseconds of work each time. */
export type Pause = () => Promise<void>;

const mostRounds = 40;
const smallestStep = 1e-6;
const productsAtOnce = 4_000_000;

/** What the rows say of a model: the penalised log-likelihood and its derivatives. */
interface Standing {
  likelihood: number;
  gradient: Float64Array;
  /** Negative second derivatives, the lower triangle. */
  curvature: Float64Array;
}

/**
 * Logistic regression with an L2 penalty (half of `penalty` times the sum of the squared weights; the intercept
 * is free), by Newton's method, which is iteratively reweighted least squares: T. Hastie, R. Tibshirani, J. Friedman,
 * "The Elements of Statistical Learning", 2nd edition, section 4.4.1; the penalty of S. le Cessie and
 * J. C. van Houwelingen, "Ridge Estimators in Logistic Regression", Applied Statistics 41(1), 1992. It keeps the
 * weights finite where a feature parts the kinds altogether. A step that makes matters worse is halved.
 */
export async function fitLogistic(rows: LabelledRows, penalty: number, pause: Pause): Promise<LogisticModel> {
  const size = rows.width + 1;
  let at: Float64Array = new Float64Array(size);
  let standing = await standingOf(rows, at, penalty, pause);
  for (let round = 0; round < mostRounds; round++) {
    let step = solvePositive(standing.curvature, standing.gradient);
    let next = at.map((weight, i) => weight + step[i]);
    let then = await standingOf(rows, next, penalty, pause);
    while (!(then.likelihood >= standing.likelihood) && largest(step) > smallestStep) {
      step = step.map((length) => length / 2);
      next = at.map((weight, i) => weight + step[i]);
      then = await standingOf(rows, next, penalty, pause);
    }
    [at, standing] = [next, then];
    if (largest(step) <= smallestStep) break;
  }
  return { intercept: at[0], weights: at.slice(1) };
}

const largest = (step: Float64Array): number => step.reduce((most, length) => Math.max(most, Math.abs(length)), 0);

async function standingOf({ width, values, labels }: LabelledRows, at: Float64Array, penalty: number, pause: Pause): Promise<Standing> {
  const size = width + 1;
  const gradient = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  const row = new Float64Array(size);
  row[0] = 1;
  let likelihood = 0;
  const rowsAtOnce = Math.max(1, Math.floor(productsAtOnce / (size * size)));
  for (let r = 0; r < labels.length; r++) {
    if (r % rowsAtOnce === rowsAtOnce - 1) await pause();
    let odds = at[0];
    for (let i = 1; i < size; i++) {
      row[i] = values[r * width + i - 1];
      odds += row[i] * at[i];
    }
    const chance = sigmoid(odds);
    likelihood -= log1pExp(labels[r] === 1 ? -odds : odds);
    const missed = labels[r] - chance;
    const weight = chance * (1 - chance);
    for (let i = 0; i < size; i++) {
      gradient[i] += missed * row[i];
      const weighted = weight * row[i];
      const line = i * size;
      for (let j = 0; j <= i; j++) curvature[line + j] += weighted * row[j];
    }
  }
  // Where every chance is 0 or 1 to the last digit, nothing would hold the free intercept.
  curvature[0] += 1e-9;
  for (let i = 1; i < size; i++) {
    likelihood -= (penalty / 2) * at[i] * at[i];
    gradient[i] -= penalty * at[i];
    curvature[i * size + i] += penalty;
  }
  return { likelihood, gradient, curvature };
}

export const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** log(1 + e^x) without overflow. */
const log1pExp = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/**
 * The intercept for everybody, of a model fitted to a sample in which one kind is commoner than it is: G. King and
 * L. Zeng, "Logistic Regression in Rare Events Data", Political Analysis 9(2), 2001, section 4.1. The weights hold as they are.
 */
export const correctedIntercept = (intercept: number, shareInSample: number, share: number): number =>
  intercept - Math.log(((1 - share) / share) * (shareInSample / (1 - shareInSample)));
