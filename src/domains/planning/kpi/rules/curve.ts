import { compareRatios, minus, over, plus, type Ratio, ratio, times } from '../../../../kernel/ratio.ts';

/** Points of a line from a measured value to a score, ascending by value; before the first and after the last it is level. */
export interface Curve {
  points: readonly { at: Ratio; score: Ratio }[];
}

/** The score of a value: exact, straight between two points; at a value that has two points, where the line jumps, the better of them. */
export function scoreAt({ points }: Curve, value: Ratio): Ratio {
  const here = points.filter(({ at }) => compareRatios(at, value) === 0).map(({ score }) => score);
  if (here.length > 0) return here.reduce((best, score) => (compareRatios(score, best) > 0 ? score : best));
  const above = points.findIndex(({ at }) => compareRatios(at, value) > 0);
  if (above === 0) return points[0].score;
  if (above === -1) return points[points.length - 1].score;
  const [from, to] = [points[above - 1], points[above]];
  const share = over(minus(value, from.at), minus(to.at, from.at));
  return plus(from.score, times(share, minus(to.score, from.score)));
}

const hundred = ratio(100n);
const zero = ratio(0n);

/** What is better of a figure. */
export type Better = { is: 'higher' | 'lower'; target: Ratio; floor: Ratio; most: Ratio } | { is: 'within'; low: Ratio; high: Ratio; slack: Ratio };

/** Why no curve can be drawn. */
export type CurveFault = 'floor_at_target' | 'floor_beyond_target' | 'band_reversed' | 'slack_below_zero' | 'most_below_hundred';

/**
 * The curve of a figure. Higher or lower: 100 at the target, 0 at the floor, and on along the same line until `most`. It needs no
 * division by the target, so that a target of zero (complaints, say) has a score like any other. Within a band: 100 in it, falling to 0
 * over the slack on both sides; without slack at once.
 */
export function curveOf(better: Better): Curve | CurveFault {
  if (better.is === 'within') return bandOf(better);
  const { target, floor, most } = better;
  if (compareRatios(most, hundred) < 0) return 'most_below_hundred';
  const span = minus(target, floor);
  if (span.n === 0n) return 'floor_at_target';
  if ((span.n > 0n) !== (better.is === 'higher')) return 'floor_beyond_target';
  const end = plus(floor, times(span, over(most, hundred)));
  const line = [{ at: floor, score: zero }, { at: end, score: most }];
  return { points: better.is === 'higher' ? line : line.toReversed() };
}

function bandOf({ low, high, slack }: Extract<Better, { is: 'within' }>): Curve | CurveFault {
  if (compareRatios(low, high) > 0) return 'band_reversed';
  if (slack.n < 0n) return 'slack_below_zero';
  return { points: [{ at: minus(low, slack), score: zero }, { at: low, score: hundred }, { at: high, score: hundred }, { at: plus(high, slack), score: zero }] };
}
