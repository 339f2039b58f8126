import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Audiences } from '../../audiences/public.ts';
import type { CampaignDefinition } from '../contract/plans.ts';

interface Words {
  say: Say;
  locale: Locale;
  timeZone: string;
}

/** What a campaign does, as one would tell a colleague. */
export async function sentenceOf({ say, locale, timeZone }: Words, { sentenceOf: sentenceOfRule }: Pick<Audiences, 'sentenceOf'>, definition: CampaignDefinition): Promise<string> {
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'campaigns', `plans.sentence.${key}`, params);
  const { audience, exclude, channel, arms, holdout, bestHour, perMinute } = definition;
  const out = await Promise.all(exclude.map((rule) => sentenceOfRule(rule, locale)));
  const parts = [
    t('main', { when: whenText({ say, locale, timeZone }, definition), channel: say(locale, 'messaging', `channel.${channel}`), audience: await sentenceOfRule(audience, locale) }),
    out.length > 0 ? t('exclude', { audiences: new Intl.ListFormat(locale, { type: 'disjunction' }).format(out) }) : '',
    arms.length > 1 ? t('arms', { count: arms.length }) : '',
    holdout.share > 0 ? t('holdout', { percent: holdout.share / 100 }) : t('noHoldout', { reason: holdout.reason }),
    bestHour ? t('bestHour', bestHour) : '',
    perMinute === null ? '' : t('perMinute', { count: perMinute }),
  ];
  return parts.filter((part) => part !== '').join(locale === 'en' ? ' ' : '');
}

function whenText({ say, locale, timeZone }: Words, { schedule }: CampaignDefinition): string {
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'campaigns', `plans.sentence.${key}`, params);
  if (schedule.when === 'once') {
    return schedule.at === null ? t('atOnce') : new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(schedule.at));
  }
  const { rhythm, from, until } = schedule;
  const days = t(until === null ? 'from' : 'fromUntil', { from, until: until ?? '' });
  const weekday = rhythm.every === 'week' ? new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 2, 1 + rhythm.weekday))) : '';
  const day = rhythm.every === 'month' ? rhythm.day : '';
  const every = rhythm.every === 'month' && rhythm.day === 'last' ? 'monthLast' : rhythm.every;
  return t('recurring', { days, every: say(locale, 'insights', `reporting.every.${every}`, { at: rhythm.at, weekday, day }) });
}
