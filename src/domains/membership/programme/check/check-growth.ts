import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { approval, type CheckedAgainst, type Finding, hint, when, wrong } from './finding.ts';
import { exact, isJump, shownTimes, timesAsMuch } from './jump.ts';

const shortestMonthDays = 28;
const yearMonths = 12;

/** Growth that can be had, over a cycle that repeats. */
export function checkGrowth({ tiers, growth: { perMoney, perOrder, activities } }: ProgrammeDefinition, { before }: CheckedAgainst): Finding[] {
  const grows = perMoney.amount > 0 || perOrder > 0 || Object.values(activities).some((amount) => amount > 0);
  const times = before && timesAsMuch(perMoney, before.growth.perMoney);
  return [
    ...(isJump(times) ? [approval('growth.perMoney.amount', 'growthJump', { times: shownTimes(times) })] : []),
    ...when(exact(perMoney.per) <= 0n, () => wrong('growth.perMoney.per', 'perZero')),
    ...when(!grows && tiers.length > 1, () => wrong('growth.perMoney.amount', 'nothingGrows', { tier: { tier: tiers[1].key } })),
    ...Object.entries(activities).flatMap(([kind, amount]) => when(amount === 0, () => hint(`growth.activities.${kind}`, 'activityZero', { kind }))),
  ];
}

export function checkClock({ tiers, tierRules: { clock, drop, graceDays, minimumDays } }: ProgrammeDefinition): Finding[] {
  const cycleDays = clock.months * shortestMonthDays;
  const wanders = clock.kind === 'calendar' && yearMonths % clock.months !== 0 && clock.months % yearMonths !== 0;
  return [
    ...when(wanders, () => wrong('tierRules.clock.months', 'calendarWanders', { count: clock.months })),
    ...when(graceDays >= cycleDays, () => wrong('tierRules.graceDays', 'graceOutlasts', { count: graceDays, months: clock.months })),
    ...when(minimumDays > cycleDays + graceDays, () => hint('tierRules.minimumDays', 'minimumOutlasts', { count: minimumDays, months: clock.months })),
    ...when(tiers.length > 1 && drop !== 'none' && tiers.every(({ keep }) => keep === null), () => hint('tierRules.clock', 'clockUnused')),
  ];
}

/** Channels from which nobody came yet are seldom meant. */
export const checkJoining = ({ joining: { channels } }: ProgrammeDefinition, { known }: CheckedAgainst): Finding[] =>
  channels.flatMap((channel, at) => when(!known.channels.has(channel), () => hint(`joining.channels.${at}`, 'channelUnknown', { name: channel })));
