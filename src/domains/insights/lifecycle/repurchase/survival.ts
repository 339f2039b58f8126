/** People by how many days they have waited: who came back on that day, and who was last seen waiting on it. */
export interface Waits {
  day: number;
  came: number;
  waiting: number;
}

/** The curve on a day on which somebody came. */
export interface SurvivalPoint {
  day: number;
  /** Who had waited so long and had not come before. */
  atRisk: number;
  came: number;
  /** The share that has not come by the end of the day. */
  waiting: number;
  /** Its standard error. */
  error: number;
}

/** A share with the limits between which it lies 95 times of 100. */
export interface ShareBetween {
  share: number;
  low: number;
  high: number;
}

const z95 = 1.959963984540054;

/**
 * The share still waiting after each day: the product-limit estimate of Kaplan and Meier (1958, "Nonparametric estimation
 * from incomplete observations", eq. 2b), S(t) = Π (1 - d / n) over days up to t, with Greenwood's variance
 * S(t)² Σ d / (n (n - d)). Who is still waiting counts among those at risk until the day they were last seen: whoever
 * came on the same day came before.
 */
export function survivalOf(waits: readonly Waits[]): SurvivalPoint[] {
  const ordered = waits.toSorted((a, b) => a.day - b.day);
  let atRisk = ordered.reduce((sum, { came, waiting }) => sum + came + waiting, 0);
  let [waiting, variance] = [1, 0];
  const points: SurvivalPoint[] = [];
  for (const { day, came, waiting: leaving } of ordered) {
    if (came > 0) {
      waiting *= 1 - came / atRisk;
      variance += came === atRisk ? 0 : came / (atRisk * (atRisk - came));
      points.push({ day, atRisk, came, waiting, error: waiting * Math.sqrt(variance) });
    }
    atRisk -= came + leaving;
  }
  return points;
}

/** The first day by which a share has come; null where it has not by the last day seen. */
export const dayBy = (points: readonly SurvivalPoint[], share: number): number | null =>
  points.find((point) => 1 - point.waiting >= share - 1e-12)?.day ?? null;

/**
 * The share that has come by a day, with limits of the complementary log-log form, which stay between 0 and 1
 * (Kalbfleisch and Prentice, "The Statistical Analysis of Failure Time Data", eq. 1.14). Null where nobody was looked at for so long.
 */
export function cameBy(points: readonly SurvivalPoint[], day: number, longest: number): ShareBetween | null {
  if (day > longest) return null;
  const point = points.findLast((each) => each.day <= day);
  if (!point) return { share: 0, low: 0, high: 0 };
  const { waiting, error } = point;
  if (waiting === 0) return { share: 1, low: 1, high: 1 };
  const width = (z95 * error) / (waiting * Math.abs(Math.log(waiting)));
  return { share: 1 - waiting, low: 1 - waiting ** Math.exp(-width), high: 1 - waiting ** Math.exp(width) };
}

/** On which days people come, as a rate of those who still wait. */
export interface Chance {
  day: number;
  /** Of those who have not come before, the share that comes on the day. */
  rate: number;
}

/** Fewer who wait than this say nothing about a day. */
const leastAtRisk = 20;

/**
 * The chance of each day, smoothed: people who came near the day over the days that people near it waited, both weighed
 * by Epanechnikov's kernel, so that the days at the edges are not drawn down (a ratio as in Ramlau-Hansen 1983,
 * "Smoothing counting process intensities"). Ends where too few are left to say anything.
 */
export function chancesOf(waits: readonly Waits[], points: readonly SurvivalPoint[]): Chance[] {
  const longest = waits.reduce((most, { day }) => Math.max(most, day), 0);
  const [came, atRisk] = [new Float64Array(longest + 1), new Float64Array(longest + 1)];
  let left = 0;
  const leaving = new Float64Array(longest + 1);
  for (const each of waits) {
    came[each.day] += each.came;
    leaving[each.day] += each.came + each.waiting;
    left += each.came + each.waiting;
  }
  const enough = Math.max(leastAtRisk, left / 100);
  let last = 0;
  for (let day = 0; day <= longest; day++) {
    atRisk[day] = left;
    if (left >= enough) last = day;
    left -= leaving[day];
  }
  const width = widthOf(points);
  return Array.from({ length: last }, (_, i) => {
    let [events, days] = [0, 0];
    for (let day = Math.max(1, i + 1 - width); day <= Math.min(last, i + 1 + width); day++) {
      const weight = 1 - ((day - i - 1) / (width + 1)) ** 2;
      events += weight * came[day];
      days += weight * atRisk[day];
    }
    return { day: i + 1, rate: days === 0 ? 0 : events / days };
  });
}

const [leastWidth, mostWidth] = [2, 30];

/** Silverman's rule of thumb over the days people came on. */
function widthOf(points: readonly SurvivalPoint[]): number {
  const people = points.reduce((sum, { came }) => sum + came, 0);
  if (people < 2) return mostWidth;
  const mean = points.reduce((sum, { day, came }) => sum + day * came, 0) / people;
  const deviation = Math.sqrt(points.reduce((sum, { day, came }) => sum + came * (day - mean) ** 2, 0) / (people - 1));
  return Math.round(Math.min(mostWidth, Math.max(leastWidth, 1.06 * deviation * people ** -0.2)));
}

/** The days around the likeliest one on which a chance is at least so large a part of its. */
const nearThePeak = 0.8;

/** The days on which a reminder meets most: those around the likeliest on which the chance is nearly as good. Null where nobody came. */
export function bestDays(chances: readonly Chance[]): { from: number; to: number; peak: number } | null {
  const peak = chances.reduce((best, each, i) => (each.rate > chances[best].rate ? i : best), 0);
  if (chances.length === 0 || chances[peak].rate === 0) return null;
  const isNear = (i: number): boolean => i >= 0 && i < chances.length && chances[i].rate >= nearThePeak * chances[peak].rate;
  let [from, to] = [peak, peak];
  while (isNear(from - 1)) from--;
  while (isNear(to + 1)) to++;
  return { from: chances[from].day, to: chances[to].day, peak: chances[peak].day };
}
