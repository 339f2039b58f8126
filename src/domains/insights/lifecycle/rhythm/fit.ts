/** People who have the same history between orders: how many gaps, and how many days those make together. */
export interface Gaps {
  gaps: number;
  days: number;
  people: number;
}

/**
 * How a brand's users buy: the gaps of each are exponential with a rate of their own, and rates are spread over users as
 * a gamma distribution with this shape and this rate parameter (`days`).
 */
export interface Rhythm {
  /** So many gaps of its own weigh as much as what is known of everybody. */
  shape: number;
  days: number;
  /** Standard errors of the logarithms. */
  shapeError: number;
  daysError: number;
  logLikelihood: number;
  /** Who has a gap at all. */
  people: number;
}

/** The value, slopes and curvature of the log-likelihood in the parameters' logarithms. */
interface Surface {
  value: number;
  slope: [number, number];
  curvature: [number, number, number];
}

/**
 * Log-likelihood of gaps g₁ … gₙ with the sum s of a user, the rate integrated out (gamma-Poisson: Ehrenberg 1959;
 * as a density of gaps the multivariate Pareto of the second kind): Γ(r + n) / Γ(r) · αʳ / (α + s)ʳ⁺ⁿ. n is whole, so that
 * Γ(r + n) / Γ(r) = Π (r + j) and its derivatives are finite sums.
 */
function surfaceAt(histories: readonly Gaps[], logShape: number, logDays: number): Surface {
  const [r, a] = [Math.exp(logShape), Math.exp(logDays)];
  const { logs, firsts, seconds } = sumsOf(r, histories.reduce((most, { gaps }) => Math.max(most, gaps), 0));
  let [value, dr, da, drr, daa, dra] = [0, 0, 0, 0, 0, 0];
  for (const { gaps, days, people } of histories) {
    const all = a + days;
    value += people * (logs[gaps] + r * Math.log(a) - (r + gaps) * Math.log(all));
    dr += people * (firsts[gaps] + Math.log(a / all));
    da += people * (r / a - (r + gaps) / all);
    drr += people * seconds[gaps];
    daa += people * ((r + gaps) / all ** 2 - r / a ** 2);
    dra += people * (1 / a - 1 / all);
  }
  return { value, slope: [dr * r, da * a], curvature: [drr * r * r + dr * r, dra * r * a, daa * a * a + da * a] };
}

/** Sums over j below n of log(r + j), 1 / (r + j) and -1 / (r + j)², for every n up to the most gaps there are. */
function sumsOf(r: number, most: number): { logs: Float64Array; firsts: Float64Array; seconds: Float64Array } {
  const [logs, firsts, seconds] = [new Float64Array(most + 1), new Float64Array(most + 1), new Float64Array(most + 1)];
  for (let j = 0; j < most; j++) {
    logs[j + 1] = logs[j] + Math.log(r + j);
    firsts[j + 1] = firsts[j] + 1 / (r + j);
    seconds[j + 1] = seconds[j] - 1 / (r + j) ** 2;
  }
  return { logs, firsts, seconds };
}

/** Beyond this all users have one rhythm, and the likelihood does not rise any more. */
const largest = Math.log(1e5);
const bounded = (at: number): number => Math.max(-largest, Math.min(largest, at));
const most = 200;

/**
 * Fits it by maximum likelihood: Newton's method on the logarithms of both, along the slope wherever the surface is not
 * bent downwards, each step halved until it rises. Who has no gap yet says nothing of gaps. Null where nobody has one.
 */
export function fitRhythm(histories: readonly Gaps[]): Rhythm | null {
  const told = histories.filter(({ gaps, people }) => gaps > 0 && people > 0);
  if (told.length === 0) return null;
  const [gaps, days] = told.reduce(([n, s], each) => [n + each.gaps * each.people, s + each.days * each.people], [0, 0]);
  let at: [number, number] = [0, bounded(Math.log(days / gaps))];
  let surface = surfaceAt(told, ...at);
  for (let round = 0; round < most; round++) {
    const [dx, dy] = directionOf(surface);
    let [step, next, found] = [1, at, surface];
    do {
      next = [bounded(at[0] + step * dx), bounded(at[1] + step * dy)];
      found = surfaceAt(told, ...next);
      step /= 2;
    } while (found.value < surface.value && step > 1e-10);
    const hasRisen = found.value - surface.value > 1e-10 * Math.abs(surface.value);
    if (found.value >= surface.value) [at, surface] = [next, found];
    if (!hasRisen) break;
  }
  const [xx, xy, yy] = surface.curvature;
  const determinant = xx * yy - xy * xy;
  return {
    shape: Math.exp(at[0]),
    days: Math.exp(at[1]),
    shapeError: determinant > 0 ? Math.sqrt(Math.max(0, -yy / determinant)) : Infinity,
    daysError: determinant > 0 ? Math.sqrt(Math.max(0, -xx / determinant)) : Infinity,
    logLikelihood: surface.value,
    people: told.reduce((sum, each) => sum + each.people, 0),
  };
}

/** No step takes a parameter to more than e² of itself. */
const longest = 2;

function directionOf({ slope: [dx, dy], curvature: [xx, xy, yy] }: Surface): [number, number] {
  const determinant = xx * yy - xy * xy;
  const isBentDown = xx < 0 && determinant > 0;
  const [x, y] = isBentDown ? [(xy * dy - yy * dx) / determinant, (xy * dx - xx * dy) / determinant] : [dx, dy];
  const length = Math.hypot(x, y);
  return length > longest ? [(x / length) * longest, (y / length) * longest] : [x, y];
}

/**
 * The gap that is usual for a user: their own mean gap, drawn towards everybody's by as much as little is known of them:
 * (α + s) / (r + n), one over the mean of what their rate may be.
 */
export const usualGap = ({ shape, days }: Pick<Rhythm, 'shape' | 'days'>, own: { gaps: number; days: number }): number => (days + own.days) / (shape + own.gaps);

/** The share of gaps of users with such a history that end by then: 1 - (1 + t / (α + s))^-(r + n), the gamma mixture of exponentials. */
export const shareEndedBy = ({ shape, days }: Pick<Rhythm, 'shape' | 'days'>, own: { gaps: number; days: number }, silence: number): number =>
  -Math.expm1(-(shape + own.gaps) * Math.log1p(silence / (days + own.days)));

/** The days by which a share of such gaps has ended. */
export const endedBy = ({ shape, days }: Pick<Rhythm, 'shape' | 'days'>, own: { gaps: number; days: number }, share: number): number =>
  (days + own.days) * Math.expm1(-Math.log1p(-share) / (shape + own.gaps));
