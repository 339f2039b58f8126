import { startOfDay } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { CampaignDefinition, CampaignEstimate } from '../../contract/plans.ts';
import { nextOccasion } from './occasions.ts';

/** Something that is wrong with a campaign, or that somebody should know before it goes. */
export interface Check {
  level: 'error' | 'warning';
  /** The message under `plans.check`. */
  key: string;
  params: Record<string, string | number>;
  /** Where it is, in the definition. */
  path: string;
}

/** What keeps a template from being used, and the message that says so: by `no_account` there is none of whoever approved it. */
const templateTroubles = { missing: 'templateMissing', other_channel: 'templateOfOtherChannel', no_account: 'templateWithoutAccount' } as const;

/** What is known beside the definition. */
export interface CheckContext {
  now: Date;
  timeZone: string;
  isChannelOpen: boolean;
  /** Nobody but testers would get it. */
  isChannelTest: boolean;
  /** Of each arm: what keeps its template from being used; null where it may be. */
  templates: readonly (keyof typeof templateTroubles | null)[];
}

/** A little late is not in the past: somebody submitted it while the clock went on. */
const graceMs = 3_600_000;
/** Below this a control group tells little, and costs as much to keep. */
const smallHoldout = 500;

/** Everything that is wrong; errors keep it from being submitted. */
export function checksOf(definition: CampaignDefinition, context: CheckContext): Check[] {
  const found: Check[] = [];
  const say = (level: Check['level'], path: string, key: string, params: Check['params'] = {}): void => void found.push({ level, key, params, path });
  const { schedule, holdout, arms, stopRule, expectedValue, bestHour, usefulHours } = definition;
  if (!context.isChannelOpen) say('error', 'channel', 'channelOff');
  else if (context.isChannelTest) say('warning', 'channel', 'channelTest');
  for (const [i, trouble] of context.templates.entries()) {
    // Of a channel without accounts that is said already.
    if (trouble !== null && (trouble !== 'no_account' || context.isChannelOpen)) say('error', `arms.${i}.templateNo`, templateTroubles[trouble], { arm: arms[i].name || arms[i].key });
  }
  if (schedule.when === 'once' && schedule.at !== null && Date.parse(schedule.at) < context.now.getTime() - graceMs) say('error', 'schedule.at', 'past');
  if (schedule.when === 'recurring' && isNever(definition, context)) say('error', 'schedule.until', 'never');
  if (holdout.share === 0) say('warning', 'holdout.share', 'noHoldout');
  else if (holdout.share < smallHoldout) say('warning', 'holdout.share', 'smallHoldout');
  if (stopRule && arms.length < 2) say('error', 'stopRule', 'nothingToTest');
  if (!stopRule && arms.length > 1) say('warning', 'stopRule', 'noStopRule');
  if (parseDecimal(expectedValue) === 0n) say('warning', 'expectedValue', 'noValue');
  if (bestHour && usefulHours !== null && usefulHours < 24) say('warning', 'usefulHours', 'shortForBestHour');
  return found;
}

function isNever(definition: CampaignDefinition, { now, timeZone }: CheckContext): boolean {
  const { schedule } = definition;
  if (schedule.when !== 'recurring') return false;
  const isBackwards = schedule.until !== null && startOfDay(schedule.until, timeZone) < startOfDay(schedule.from, timeZone);
  return isBackwards || nextOccasion(definition, timeZone, null, now) === null;
}

/** What the numbers say besides. */
export function checksOfEstimate({ people, reached, isOverBudget, overlaps, seen }: CampaignEstimate): Check[] {
  const say = (level: Check['level'], path: string, key: string, params: Check['params'] = {}): Check => ({ level, key, params, path });
  return [
    ...(people === 0 ? [say('error', 'audience', 'nobody')] : reached === 0 ? [say('error', 'channel', 'nobodyReached')] : []),
    ...(isOverBudget ? [say('error', 'budget', 'overBudget')] : []),
    ...(overlaps.length > 0 ? [say('warning', 'audience', 'overlaps', { count: overlaps.length })] : []),
    ...(seen !== null && seen.buyers > 0 && (seen.buyersMore ?? 0) > seen.buyers ? [say('warning', 'holdout.share', 'seesLittle')] : []),
  ];
}
