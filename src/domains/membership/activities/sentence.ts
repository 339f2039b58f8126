import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import { knownEventLabel } from '../../collect/contract.ts';
import type { ActivityDefinition, DayRule } from '../contract/activities.ts';
import type { ParticipationLimits } from '../contract/mall.ts';
import { nameIn } from '../contract/programme.ts';
import { totalWeight } from './rules/draw.ts';
import type { Called } from './called.ts';
import { limitsOf } from './rules/taking-part.ts';

/** Words in a language, with its numbers and lists. */
interface Words {
  t(key: string, params?: Record<string, unknown>): string;
  number(value: number): string;
  list(parts: readonly string[]): string;
  moment(iso: string): string;
  /** An event as people call it, and an item of the mall. */
  event(name: string): string;
  item(itemNo: number): string;
  locale: Locale;
}

function wordsIn(say: Say, locale: Locale, timeZone: string, { items }: Called): Words {
  const moment = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return {
    locale,
    t: (key, params) => say(locale, 'membership', `activities.sentence.${key}`, params),
    number: (value) => new Intl.NumberFormat(locale).format(value),
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
    moment: (iso) => moment.format(new Date(iso)),
    event(name) {
      const label = knownEventLabel(name);
      return label === undefined ? name : say(locale, 'collect', label.slice('collect:'.length));
    },
    item: (itemNo) => items.get(itemNo) ?? String(itemNo),
  };
}

/** What an activity says to whom it is for, in one language. `called` are the names of tiers and items that it speaks of. */
export function sentenceOf(definition: ActivityDefinition, say: Say, locale: Locale, timeZone: string, called: Called): string {
  const words = wordsIn(say, locale, timeZone, called);
  const { t, number, list, moment } = words;
  const { startsAt, endsAt, tiers, budget, validDays, does } = definition;
  const parts = [
    endsAt === null ? t('from', { from: moment(startsAt) }) : t('between', { from: moment(startsAt), to: moment(endsAt) }),
    tiers.length === 0 ? '' : t('tiers', { tiers: list(tiers.map((key) => called.tiers.get(key) ?? key)) }),
    doesText(does, words),
    does.kind === 'lottery' || does.kind === 'exchange' ? timesText(limitsOf(definition), words) : '',
    budget === null ? '' : t('budget', { points: number(budget) }),
    validDays === null ? '' : t('valid', { days: number(validDays) }),
  ];
  return together(parts, words);
}

const together = (parts: readonly string[], { locale }: Words): string => parts.filter((part) => part !== '').join(locale === 'en' ? ' ' : '');

const timesText = ({ perDay, total }: ParticipationLimits, words: Words): string => together([
  perDay === null ? '' : words.t('perDay', { count: perDay, times: words.number(perDay) }),
  total === null ? '' : words.t('total', { count: total, times: words.number(total) }),
], words);

function doesText(does: ActivityDefinition['does'], words: Words): string {
  const { t, number, list } = words;
  switch (does.kind) {
    case 'joining': return t('joining', { reward: rewardText(does.reward, words) });
    case 'member_day': return together([
      t('memberDay', { days: daysText(does.days, words) }),
      does.factor === null ? '' : t('memberDayMultiplies', { scope: scopeText(does.scope, words), factor: number(does.factor / 100) }),
      payWithinText(does, words),
      does.reward.points + does.reward.growth === 0 ? '' : t('memberDayGift', { reward: rewardText(does.reward, words) }),
    ], words);
    case 'double_points': return together([t('multiplies', { scope: scopeText(does.scope, words), factor: number(does.factor / 100) }), payWithinText(does, words)], words);
    case 'lottery': return lotteryText(does, words);
    case 'exchange': return t('exchange', { points: number(does.points), stock: number(does.stock), item: words.item(does.itemNo) });
    case 'sign_in': return t('signIn', { points: number(does.daily) }) + does.bonuses.map(({ days, points }) => t('streak', { days: number(days), points: number(points) })).join('') + (does.cycleDays === null ? t('stop') : t('cycle', { days: number(does.cycleDays) }));
    case 'task': return does.task.what === 'event'
      ? t(`task_${does.task.within}`, { event: words.event(does.task.event), times: number(does.task.times), reward: rewardText(does.reward, words) })
      : t('profile', { fields: list(does.task.fields.map((field) => t(`field.${field}`))), reward: rewardText(does.reward, words) });
  }
}

const payWithinText = ({ payWithinMinutes }: { payWithinMinutes: number | null }, { t, number }: Words): string => (payWithinMinutes === null ? '' : t('payWithin', { minutes: number(payWithinMinutes) }));

function lotteryText({ cost, prizes, pity }: Extract<ActivityDefinition['does'], { kind: 'lottery' }>, words: Words): string {
  const { t, number, locale } = words;
  const chances = prizes.map((prize) => t('odds', { name: nameIn(prize.names, locale), percent: percentText(prize.weight, totalWeight(prizes), locale) }));
  const certain = prizes.find(({ key }) => key === pity?.prize);
  return together([
    t('lottery', { cost: cost === 0 ? t('free') : t('costs', { points: number(cost) }), prizes: chances.join(locale === 'en' ? ', ' : '、') }),
    pity === null || !certain ? '' : t('pity', { after: number(pity.after), prize: nameIn(certain.names, locale) }),
  ], words);
}

const rewardText = ({ points, growth }: { points: number; growth: number }, { t, number }: Words): string =>
  t(growth === 0 ? 'points' : points === 0 ? 'growth' : 'pointsAndGrowth', { points: number(points), growth: number(growth) });

function scopeText({ goods, channels }: Extract<ActivityDefinition['does'], { kind: 'double_points' }>['scope'], { t, list, number }: Words): string {
  const of = goods.are === 'all' ? t('allGoods') : goods.are === 'categories' ? t('categories', { categories: list(goods.categories.map((name) => t('quoted', { name }))) }) : t('products', { count: goods.products.length, shown: number(goods.products.length) });
  return channels.length === 0 ? of : t('inChannels', { channels: list(channels), goods: of });
}

/** A chance in percent, with as many decimals as it takes to say it exactly, or four. */
const percentText = (weight: number, of: number, locale: Locale): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(of === 0 ? 0 : weight / of);

function daysText(rule: DayRule, { t, list, locale }: Words): string {
  // The first week of 2024 began on a Monday.
  const weekday = (n: number): string => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, n)));
  const date = (day: string, year: boolean): string => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC', ...(year ? { year: 'numeric' } : {}) }).format(new Date(`${day}T00:00:00Z`));
  switch (rule.on) {
    case 'dates': return list(rule.dates.map((day) => date(day, true)));
    case 'month_days': return t('monthDays', { days: list(rule.days.map((day) => (day === 'last' ? t('lastDay') : t('monthDay', { day })))) });
    case 'weekdays': return t('weekdays', { days: list(rule.weekdays.map(weekday)) });
    case 'nth_weekday': return t(rule.nth === 'last' ? 'lastWeekday' : 'nthWeekday', { nth: t(`nth.${rule.nth}`), weekday: weekday(rule.weekday) });
    case 'year_days': return t('yearDays', { days: list(rule.days.map((day) => date(`2024-${day}`, false))) });
  }
}
