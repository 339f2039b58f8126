import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Multiplier, PointsRules, ProgrammeDefinition } from '../../contract/programme.ts';
import type { Param } from '../words/phrase.ts';
import { countsPhrase, moneyOf } from './describe-growth.ts';
import { type Statement, statementsOf, where } from './statement.ts';

const earning = statementsOf('earning');
const more = statementsOf('multipliers');
const ending = statementsOf('ending');
const spending = statementsOf('spending');
const returns = statementsOf('returns');

/** How many things of a list a sentence names. */
const mostNamed = 3;

/** What points are given for. */
export function describeEarning({ rate, counts, rounding, thresholds, caps, pendingDays }: PointsRules): Statement[] {
  const capped = Object.entries(caps).filter((cap): cap is [string, number] => cap[1] !== null);
  return [
    earning.told('points.rate', 'pointsRate', { count: rate.amount, money: moneyOf(rate.per) }),
    earning.told('points.counts', ...countsPhrase('points', counts)),
    ...thresholds.map(({ from, points }, at) => earning.told(`points.thresholds.${at}`, 'threshold', { count: points, money: moneyOf(from) })),
    ...where(thresholds.length > 1, () => earning.told('points.thresholds', 'thresholdHighest')),
    ...capped.map(([per, most]) => earning.told(`points.caps.${per}`, `cap.${per}`, { count: most })),
    earning.told('points.pendingDays', pendingDays === 0 ? 'atOnce' : 'pending', { count: pendingDays }),
    earning.inside('points.rounding', `rounding.${rounding}`),
  ];
}

/** When there are more points than usual. */
export function describeMultipliers({ multipliers, combine }: PointsRules): Statement[] {
  return [
    ...multipliers.map((multiplier) => {
      const { key, names, factor } = multiplier;
      const { phrase, items } = conditionOf(multiplier);
      const isNothing = parseDecimal(factor) === 0n;
      return more.told(`points.multipliers.${key}`, isNothing ? 'nothingFor' : 'multiplier', { name: { names }, when: phrase, ...(isNothing ? {} : { factor: { exact: factor } }) }, items);
    }),
    ...where(multipliers.length > 1, () => more.told('points.combine', `combine.${combine}`)),
  ];
}

/** For what a multiplier holds. */
function conditionOf({ when }: Multiplier): { phrase: Param; items?: readonly string[] } {
  switch (when.kind) {
    case 'tier': return { phrase: { key: 'says.when.tier', params: { tiers: when.tiers.map((tier) => ({ tier })) } } };
    case 'product': return { phrase: named('product', when.products), items: when.products };
    case 'category': return { phrase: named('category', when.categories), items: when.categories };
    case 'channel': return { phrase: named('channel', when.channels), items: when.channels };
    case 'birthday': return { phrase: { key: `says.when.birthday.${when.span}` } };
    case 'member_day': {
      const { days } = when;
      if (days.by === 'month_day') return { phrase: { key: 'says.when.monthDay', params: { days: days.monthDays } } };
      if (days.by === 'weekday') return { phrase: { key: 'says.when.weekday', params: { days: days.weekdays.map((day) => ({ weekday: day })) } } };
      return { phrase: named('date', days.dates), items: days.dates };
    }
  }
}

const named = (kind: string, all: readonly string[]): Param =>
  ({ key: all.length > mostNamed ? `says.when.${kind}Many` : `says.when.${kind}`, params: { named: all.slice(0, mostNamed), count: all.length } });

/** How long points are good for. */
export function describeEnding({ expiry, reinstatementDays }: PointsRules): Statement[] {
  return [
    ending.told('points.expiry', ...expiryOf(expiry)),
    ...where(expiry.kind !== 'never', () => ending.told('points.reinstatementDays', reinstatementDays === 0 ? 'noReinstatement' : 'reinstatement', { count: reinstatementDays })),
  ];
}

function expiryOf(expiry: PointsRules['expiry']): [string, Record<string, Param>] {
  switch (expiry.kind) {
    case 'never': return ['expiry.never', {}];
    case 'duration': return [`expiry.duration.${expiry.roundTo}`, { count: expiry.months }];
    case 'fixed_date': return [expiry.afterMonths === 0 ? 'expiry.fixedDate' : 'expiry.fixedDateAfter', { month: { month: expiry.month }, day: expiry.day, count: expiry.afterMonths }];
    case 'end_of_period': return [`expiry.endOfPeriod.${expiry.periods === 0 ? 'same' : 'later'}.${expiry.period}`, { count: expiry.periods }];
    case 'inactivity': return ['expiry.inactivity', { count: expiry.months }];
  }
}

/** What points are good for. */
export function describeSpending({ worth, mostOfBill, takeBack }: PointsRules): Statement[] {
  const value = parseDecimal(worth) ?? 0n;
  // One point for each ten-thousandth: the fewest points that pay a whole unit of money, where there are such.
  const whole = value > 0n && 10_000n % value === 0n ? Number(10_000n / value) : null;
  return [
    value === 0n || mostOfBill === 0
      ? spending.told('points.worth', 'worthNothing')
      : whole === null ? spending.told('points.worth', 'worth', { money: moneyOf(worth) }) : spending.told('points.worth', 'worthWhole', { count: whole, money: { money: '1' } }),
    ...where(value > 0n && mostOfBill > 0, () => spending.told('points.mostOfBill', mostOfBill === 100 ? 'wholeBill' : 'mostOfBill', { percent: mostOfBill })),
    returns.told('points.takeBack', `takeBack.${takeBack}`),
  ];
}

/** What is done with points when nobody does anything. */
export const describeAutoRedeem = ({ autoRedeem }: ProgrammeDefinition): Statement[] => (autoRedeem === null ? [] : [
  spending.told('autoRedeem', autoRedeem.perMonth === null ? 'autoRedeem' : 'autoRedeemAtMost', { count: autoRedeem.points, most: { key: 'says.timesAMonth', params: { count: autoRedeem.perMonth ?? 0 } } }),
  spending.inside('autoRedeem.itemNo', 'autoRedeemItem', { item: { item: autoRedeem.itemNo } }),
]);
