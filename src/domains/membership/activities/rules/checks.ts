import { dayIn } from '../../../../kernel/day.ts';
import type { ActivityDefinition } from '../../contract/activities.ts';
import { nextDays } from './days.ts';
import { expectedPoints, totalWeight } from './draw.ts';
import { rewardOf } from './taking-part.ts';

/** Something that is wrong with an activity, or that somebody should know before it is published. */
export interface Check {
  level: 'error' | 'warning';
  /** The message under `activities.check`. */
  key: string;
  params: Record<string, string | number>;
  /** Where it is, in the definition. */
  path: string;
}

/** What is known beside the definition. */
export interface CheckContext {
  now: Date;
  timeZone: string;
  tiers: readonly string[];
  /** Items of the mall that can be given, with what is left of each. */
  items: ReadonlyMap<number, { left: number | null }>;
}

/** Everything that is wrong; errors keep it from being published. */
export function checksOf(definition: ActivityDefinition, context: CheckContext): Check[] {
  const found: Check[] = [];
  const say = (level: Check['level'], path: string, key: string, params: Check['params'] = {}): void => void found.push({ level, key, params, path });
  const { startsAt, endsAt, tiers, budget, does } = definition;
  if (endsAt !== null && Date.parse(endsAt) <= context.now.getTime()) say('error', 'endsAt', 'over');
  for (const tier of tiers) if (!context.tiers.includes(tier)) say('error', 'tiers', 'noTier', { tier });
  const { points } = rewardOf(does, null);
  if (budget !== null && budget < points) say('error', 'budget', 'budgetTooSmall', { budget, points });
  const gives = does.kind === 'sign_in' ? does.daily + does.bonuses.length : points;
  if (budget === null && gives > 0) say('warning', 'budget', 'noBudget');
  if (does.kind === 'member_day') checkDays(definition, context, say);
  if (does.kind === 'lottery') checkPrizes(does, context, say);
  if (does.kind === 'exchange') checkItem(does.itemNo, does.stock, 'does.itemNo', context, say);
  if (does.kind === 'sign_in') {
    const late = does.cycleDays === null ? [] : does.bonuses.filter(({ days }) => days > (does.cycleDays ?? 0));
    for (const { days } of late) say('error', 'does.bonuses', 'bonusBeyondCycle', { days, cycle: does.cycleDays ?? 0 });
    if (new Set(does.bonuses.map(({ days }) => days)).size < does.bonuses.length) say('error', 'does.bonuses', 'bonusTwice');
    if (does.daily === 0 && does.bonuses.length === 0) say('error', 'does.daily', 'givesNothing');
  }
  if ((does.kind === 'joining' || does.kind === 'task') && does.reward.points + does.reward.growth === 0) say('error', 'does.reward', 'givesNothing');
  if (does.kind === 'joining' && Date.parse(startsAt) < context.now.getTime() - 86_400_000) say('warning', 'startsAt', 'joinedSince');
  return found;
}

type Report = (level: Check['level'], path: string, key: string, params?: Check['params']) => void;

function checkDays({ startsAt, endsAt, does }: ActivityDefinition, { timeZone }: CheckContext, say: Report): void {
  if (does.kind !== 'member_day') return;
  const [next] = nextDays(does.days, dayIn(timeZone, new Date(startsAt)), 1);
  const last = endsAt === null ? '9999-12-31' : dayIn(timeZone, new Date(Date.parse(endsAt) - 1));
  if (next === undefined || next > last) say('error', 'does.days', 'noSuchDay');
  if (does.days.on === 'month_days' && does.days.days.some((day) => day !== 'last' && day > 28)) say('warning', 'does.days', 'shortMonths');
  if (does.factor === null && does.reward.points + does.reward.growth === 0) say('error', 'does.factor', 'givesNothing');
}

function checkPrizes({ prizes, fallback, pity, cost }: Extract<ActivityDefinition['does'], { kind: 'lottery' }>, context: CheckContext, say: Report): void {
  const keys = prizes.map(({ key }) => key);
  if (new Set(keys).size < keys.length) say('error', 'does.prizes', 'prizeTwice');
  const last = prizes.find(({ key }) => key === fallback);
  if (!last) say('error', 'does.fallback', 'noFallback');
  else if (last.stock !== null || last.gives.kind === 'item') say('error', 'does.fallback', 'fallbackRunsOut');
  if (totalWeight(prizes) === 0) say('error', 'does.prizes', 'noWeights');
  if (pity !== null && (!keys.includes(pity.prize) || pity.prize === fallback)) say('error', 'does.pity', 'noPityPrize');
  for (const [at, { gives, stock }] of prizes.entries()) if (gives.kind === 'item') checkItem(gives.itemNo, stock, `does.prizes.${at}.gives`, context, say);
  const { over, under } = expectedPoints(prizes);
  if (cost > 0 && over > cost * under) say('warning', 'does.cost', 'givesMoreThanItCosts', { cost, expected: Math.round((over / under) * 100) / 100 });
}

function checkItem(itemNo: number, wanted: number | null, path: string, { items }: CheckContext, say: Report): void {
  const item = items.get(itemNo);
  if (!item) say('error', path, 'noItem', { itemNo });
  else if (item.left !== null && (wanted === null || wanted > item.left)) say('warning', path, 'fewerItems', { itemNo, left: item.left });
}
