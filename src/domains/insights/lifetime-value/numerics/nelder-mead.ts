/** Lets others have the processor: called again and again, after a few milliseconds of work each time. */
export type Pause = () => Promise<void>;

export interface Found {
  at: number[];
  value: number;
}

export type Objective = (at: readonly number[]) => number;

/**
 * Finds where a function is least, without derivatives: J. A. Nelder and R. Mead, "A simplex method for function minimization",
 * Computer Journal 7(4), 1965, with its coefficients 1, 2, 1/2 and 1/2. It ends when the simplex's values differ by less than
 * `precision`, or after so many rounds. A point that is not possible has the value Infinity.
 */
export async function nelderMead(objective: Objective, start: readonly number[], precision: number, mostRounds: number, pause: Pause): Promise<Found> {
  const points: Found[] = [start, ...start.map((_, i) => start.map((x, j) => (i === j ? x + 0.5 : x)))]
    .map((at) => ({ at: [...at], value: objective(at) }));
  for (let round = 0; round < mostRounds; round++) {
    await pause();
    points.sort((p, q) => p.value - q.value);
    const worst = points[points.length - 1];
    if (worst.value - points[0].value <= precision) break;
    const rest = points.slice(0, -1);
    const centre = start.map((_, i) => rest.reduce((sum, { at }) => sum + at[i], 0) / rest.length);
    const along = (length: number): Found => {
      const at = centre.map((x, i) => x + length * (worst.at[i] - x));
      return { at, value: objective(at) };
    };
    const better = betterThan(points, along);
    if (better) points[points.length - 1] = better;
    else for (const point of points.slice(1)) shrink(point, points[0], objective);
  }
  return points.reduce((p, q) => (q.value < p.value ? q : p));
}

/** Reflection, expansion or contraction; undefined where the simplex has to shrink. */
function betterThan(points: readonly Found[], along: (length: number) => Found): Found | undefined {
  const [best, worst, nextWorst] = [points[0], points[points.length - 1], points[points.length - 2]];
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < nextWorst.value) return reflected;
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

function shrink(point: Found, best: Found, objective: Objective): void {
  point.at = point.at.map((x, i) => best.at[i] + (x - best.at[i]) / 2);
  point.value = objective(point.at);
}
