import { bfgs, gradientOf, largest } from './bfgs.ts';
import { curvatureOf, inverseOf } from './covariance.ts';
import { type Found, nelderMead, type Objective, type Pause } from './nelder-mead.ts';

export interface Fit {
  parameters: number[];
  /** Null where the likelihood is flat: at a border. */
  standardErrors: number[] | null;
  logLikelihood: number;
  /** Whether the best point is one: the gradient there is nothing, as far as the likelihood tells points apart. */
  isConverged: boolean;
  /** Places of parameters that ran to zero or to infinity. */
  atBorder: number[];
}

const roughRounds = 300;
const fineRounds = 200;
/** Beyond these logarithms a parameter means zero or infinity. */
const [lowestLog, highestLog] = [-12, 14];

/**
 * Maximum likelihood of positive parameters: over their logarithms, by Nelder and Mead's method from each start on a rough
 * likelihood, then by BFGS on the fine one from the best of them. Standard errors are from the observed information,
 * that is the inverse curvature at the maximum (B. Efron and D. V. Hinkley, Biometrika 65(3), 1978); of a parameter they
 * are its value times that of its logarithm.
 */
export async function maximise(fine: Objective, starts: readonly (readonly number[])[], pause: Pause, rough: Objective = fine): Promise<Fit> {
  const over = (logLikelihood: Objective): Objective => (logs) => {
    if (logs.some((log) => log < lowestLog || log > highestLog)) return Infinity;
    const value = logLikelihood(logs.map(Math.exp));
    return Number.isFinite(value) ? -value : Infinity;
  };
  const roughly: Found[] = [];
  for (const start of starts) roughly.push(await nelderMead(over(rough), start.map(Math.log), 1e-4, roughRounds, pause));
  const objective = over(fine);
  const { at } = roughly.reduce((p, q) => (q.value < p.value ? q : p));
  const closer = await nelderMead(objective, at, 1e-5, roughRounds, pause);
  const { at: logs, value } = await bfgs(objective, closer.at, precisionOf(closer.value), fineRounds, pause);
  const parameters = logs.map(Math.exp);
  const atBorder = parameters.flatMap((_, i) => (logs[i] < lowestLog + 4 || logs[i] > highestLog - 4 ? [i] : []));
  const covariance = atBorder.length > 0 ? null : inverseOf(curvatureOf(objective, logs));
  return {
    parameters,
    standardErrors: covariance?.map((row, i) => parameters[i] * Math.sqrt(row[i])) ?? null,
    logLikelihood: -value,
    isConverged: Number.isFinite(value) && (atBorder.length > 0 || (covariance !== null && largest(gradientOf(objective, logs)) <= 100 * precisionOf(value))),
    atBorder,
  };
}

/** How small a gradient is nothing: differences of a sum of so many terms have no more digits. */
const precisionOf = (value: number): number => 1e-5 + 1e-9 * Math.abs(value);
