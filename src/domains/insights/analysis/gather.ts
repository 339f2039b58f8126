import { addDays, dayIn, daysBetween } from '../../../kernel/day.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { ReportComparison } from '../contract/analysis.ts';
import { type MetricName, metricTraits } from '../contract.ts';
import type { Answers } from '../question/answers.ts';
import { bucketsOf } from '../question/period.ts';
import { readBuyerGroups } from './buyer-groups.ts';
import { type AskedLines, type Compared, readCompared, readTimes } from './compared.ts';
import { type BuyerGroup, exact, type Found, movedOf, salesByDimension, salesFactorsOf, ticketByChannel } from './findings.ts';
import { daysOutside, weeksBack } from './usual-range.ts';

/** What order lines say of themselves and few values have. */
export const explaining = ['channel', 'region', 'category'] as const;
const judged: MetricName[] = ['sales', 'orders', 'newBuyers'];
/** In a longer period single days are no news. */
const mostDaysJudged = 92;
/** More than these and nothing is unusual any more. */
const mostOutside = 3;

/** Asks for everything that explains how a period's sales moved. */
export async function gatherFindings(platform: Platform, answers: Answers, asked: AskedLines, compare: ReportComparison): Promise<Found> {
  const overview = await readCompared(answers, asked, compare, null);
  const [groups, outside, ...dimensions] = await Promise.all([
    gatherGroups(platform, asked, overview),
    gatherOutside(platform, answers, asked, overview.timeZone),
    ...explaining.map((dimension) => readCompared(answers, asked, compare, dimension, ['sales', 'orders'])),
  ]);
  const sales = movedOf(exact(overview.total.now.sales), exact(overview.total.before.sales));
  return {
    overview,
    sales,
    factors: salesFactorsOf(overview, sales.change),
    groups,
    dimensions: dimensions.map((compared, i) => salesByDimension(explaining[i], compared)),
    ticket: ticketByChannel(dimensions[0]),
    outside,
  };
}

async function gatherGroups(platform: Platform, asked: AskedLines, { period, before, timeZone }: Compared): Promise<Found['groups']> {
  const [now, then] = await Promise.all([period, before].map((each) => readBuyerGroups(platform, each, asked, timeZone)));
  const groups: BuyerGroup[] = ['new', 'returning', 'unknown'];
  return groups.map((key) => ({ key, ...movedOf(exact(now.get(key) ?? null), exact(then.get(key) ?? null)) })).filter(({ key, now: a, before: b }) => key !== 'unknown' || a !== 0n || b !== 0n);
}

/** Days of the period that are over, judged by the same weekday of the weeks before; no week before the first order counts. */
async function gatherOutside({ clock }: Platform, answers: Answers, asked: AskedLines, timeZone: string): Promise<Found['outside']> {
  if (daysBetween(asked.from, asked.to) >= mostDaysJudged) return [];
  const from = addDays(asked.from, -7 * weeksBack);
  const byDay = await readTimes(answers, { ...asked, from }, 'day', judged);
  const yesterday = addDays(dayIn(timeZone, clock.now()), -1);
  const days = bucketsOf({ from, to: asked.to < yesterday ? asked.to : yesterday }, 'day');
  const first = days.findIndex((day) => (byDay.get(day)?.orders ?? 0) > 0);
  if (first === -1) return [];
  const known = days.slice(first);
  const judgedFrom = Math.max(0, daysBetween(known[0], asked.from));
  return judged
    .flatMap((metric) => daysOutside(known.map((day) => Number(byDay.get(day)?.[metric] ?? 0)), judgedFrom, metricTraits[metric].unit === 'count').map((found) => ({ metric, day: known[found.at], ...found })))
    .toSorted((a, b) => b.distance - a.distance)
    .slice(0, mostOutside)
    .map(({ metric, day, value, range }) => ({ metric, day, value, range }));
}
