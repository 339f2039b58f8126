import type { PointsRules, ProgrammeDefinition } from '../../contract/programme.ts';
import { approval, type CheckedAgainst, type Finding, hint, when, wrong } from './finding.ts';
import { exact, givenBack, isJump, shownTimes, timesAsMuch } from './jump.ts';

/** Points worth more than a fifth of what is spent want a second look. In hundredths of a percent. */
const generous = 2_000n;
const shortestMonthDays = 28;
const lastDates = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

type Threshold = PointsRules['thresholds'][number];

/** Points that are given, and not without measure. */
export function checkEarning({ points }: ProgrammeDefinition, { before }: CheckedAgainst): Finding[] {
  const { rate, thresholds, caps } = points;
  return [
    ...when(rate.amount === 0, () => wrong('points.rate.amount', 'rateZero')),
    ...when(exact(rate.per) <= 0n, () => wrong('points.rate.per', 'perZero')),
    ...thresholds.flatMap((threshold, at) => thresholdOf(threshold, at === 0 ? null : thresholds[at - 1], `points.thresholds.${at}`)),
    ...capsOf(caps),
    ...valueOf(points, before?.points ?? null),
  ];
}

function thresholdOf({ from, points }: Threshold, below: Threshold | null, path: string): Finding[] {
  return [
    ...when(exact(from) <= 0n, () => wrong(`${path}.from`, 'thresholdFrom')),
    ...when(points === 0, () => wrong(`${path}.points`, 'thresholdPoints')),
    ...(below ? [
      ...when(exact(from) <= exact(below.from), () => wrong(`${path}.from`, 'thresholdFalls', { from: { money: from }, other: { money: below.from } })),
      ...when(exact(from) > exact(below.from) && points <= below.points, () => wrong(`${path}.points`, 'thresholdLess', { from: { money: from }, points, other: below.points })),
    ] : []),
  ];
}

/** An order cannot come to more than its day, nor a day to more than its month. */
function capsOf(caps: PointsRules['caps']): Finding[] {
  const set = (['perOrder', 'perDay', 'perMonth'] as const).flatMap((per) => (caps[per] === null ? [] : [{ per, most: caps[per] }]));
  return set.flatMap(({ per, most }, at) => [
    ...when(most === 0, () => wrong(`points.caps.${per}`, 'capZero')),
    ...set.slice(0, at).filter((narrower) => narrower.most > most && most > 0).slice(-1).map((narrower) =>
      wrong(`points.caps.${per}`, 'capFalls', { most, span: { key: `finding.span.${per}` }, other: narrower.most, narrower: { key: `finding.span.${narrower.per}` } })),
  ]);
}

/** What points cost the brand, against what they cost it now. */
function valueOf(points: PointsRules, before: PointsRules | null): Finding[] {
  const times = before && timesAsMuch(points.rate, before.rate);
  const worthTimes = before && timesAsMuch({ amount: 1, per: before.worth }, { amount: 1, per: points.worth });
  const percent = givenBack(points);
  return [
    ...(isJump(times) ? [approval('points.rate.amount', 'rateJump', { times: shownTimes(times) })] : []),
    ...(isJump(worthTimes) ? [approval('points.worth', 'worthJump', { times: shownTimes(worthTimes) })] : []),
    ...when(percent > generous && (before === null || percent > givenBack(before)), () => approval('points.worth', 'generous', { percent: shownTimes(percent) })),
  ];
}

/** Points that can be spent before they end. */
export function checkEnding({ points: { expiry, pendingDays, worth, mostOfBill } }: ProgrammeDefinition): Finding[] {
  return [
    ...endsOf(expiry, pendingDays),
    ...when(exact(worth) > 0n && mostOfBill === 0, () => hint('points.mostOfBill', 'worthUnused')),
  ];
}

function endsOf(expiry: PointsRules['expiry'], pendingDays: number): Finding[] {
  const pending = { count: pendingDays };
  switch (expiry.kind) {
    case 'never': return [];
    case 'duration':
    case 'inactivity': return when(pendingDays >= expiry.months * shortestMonthDays, () => wrong('points.pendingDays', 'pendingOutlasts', { ...pending, months: expiry.months }));
    case 'end_of_period': return when(expiry.periods === 0 && pendingDays > 0, () => hint('points.expiry.periods', 'endsPending', pending));
    case 'fixed_date': return [
      ...when(expiry.day > lastDates[expiry.month - 1], () => wrong('points.expiry.day', 'noSuchDay', { month: { month: expiry.month }, day: expiry.day })),
      ...when(expiry.month === 2 && expiry.day === 29, () => hint('points.expiry.day', 'leapDay')),
      ...when(pendingDays > 0 && pendingDays >= expiry.afterMonths * shortestMonthDays, () => hint('points.expiry.afterMonths', 'endsPending', pending)),
    ];
  }
}
