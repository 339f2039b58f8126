import type { Found, Objective, Pause } from './nelder-mead.ts';

const gradientStep = 1e-5;
const sufficient = 1e-4;
const mostHalvings = 40;

/** First derivatives by central differences. */
export const gradientOf = (objective: Objective, at: readonly number[]): number[] => at.map((_, i) => {
  const beside = (by: number): number => objective(at.map((x, j) => (i === j ? x + by : x)));
  return (beside(gradientStep) - beside(-gradientStep)) / (2 * gradientStep);
});

const dot = (p: readonly number[], q: readonly number[]): number => p.reduce((sum, x, i) => sum + x * q[i], 0);
const identity = (size: number): number[][] => Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => Number(i === j)));
export const largest = (vector: readonly number[]): number => Math.max(...vector.map(Math.abs));

/**
 * Finds where a smooth function is least: the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a line search
 * that halves (J. Nocedal and S. J. Wright, "Numerical Optimization", 2nd edition, algorithms 6.1 and 3.1). It ends when the
 * gradient is at most `precision`, when no step makes it less any more, or after so many rounds.
 */
export async function bfgs(objective: Objective, start: readonly number[], precision: number, mostRounds: number, pause: Pause): Promise<Found> {
  let here: Found = { at: [...start], value: objective(start) };
  let gradient = gradientOf(objective, here.at);
  let inverse = identity(start.length).map((row) => row.map((x) => x / Math.max(1, largest(gradient))));
  for (let round = 0; round < mostRounds && largest(gradient) > precision; round++) {
    await pause();
    const direction = inverse.map((row) => -dot(row, gradient));
    const next = stepAlong(objective, here, direction, dot(direction, gradient));
    if (!next) break;
    const nextGradient = gradientOf(objective, next.at);
    inverse = updated(inverse, next.at.map((x, i) => x - here.at[i]), nextGradient.map((x, i) => x - gradient[i]));
    [here, gradient] = [next, nextGradient];
  }
  return here;
}

function stepAlong(objective: Objective, here: Found, direction: readonly number[], slope: number): Found | undefined {
  if (!(slope < 0)) return undefined;
  let length = 1;
  for (let halving = 0; halving < mostHalvings; halving++, length /= 2) {
    const at = here.at.map((x, i) => x + length * direction[i]);
    const value = objective(at);
    if (value < here.value && value <= here.value + sufficient * length * slope) return { at, value };
  }
  return undefined;
}

/** The inverse curvature after a step (equation 6.17); left as it is where the function does not curve upwards. */
function updated(inverse: number[][], step: readonly number[], change: readonly number[]): number[][] {
  const curvature = dot(step, change);
  if (!(curvature > 0)) return inverse;
  const moved = inverse.map((row) => dot(row, change));
  const factor = (1 + dot(change, moved) / curvature) / curvature;
  return inverse.map((row, i) => row.map((x, j) => x + factor * step[i] * step[j] - (moved[i] * step[j] + step[i] * moved[j]) / curvature));
}
