import { createFormat } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { CampaignResult } from '../contract/results.ts';

/** What a campaign came to, as a manager reads it: what it earned, between what and what, and how sure that is. */
export function resultSentence(say: Say, locale: Locale, timeZone: string, { earned, currency, isOver, arms, countedUntil, versusEachOther }: CampaignResult): string {
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'campaigns', `results.sentence.${key}`, params);
  const format = createFormat({ locale, timeZone, currency });
  const money = (amount: number): string => format.wholeMoney(amount);
  const until = isOver ? '' : t('until', { at: format.dateTime(countedUntil) });
  const join = locale === 'en' ? ' ' : '';
  if (earned === null) return [t(arms.length > 1 && versusEachOther.length > 0 ? 'noControlButArms' : 'noControl'), until].filter(Boolean).join(join);
  const { difference, low, high, p } = earned.revenue;
  if (low === null || high === null || p === null) return [t('tooLittle'), until].filter(Boolean).join(join);
  const between = { low: money(low), high: money(high) };
  const key = low > 0 ? 'earned' : high < 0 ? 'lost' : 'unclear';
  return [t(key, { amount: money(Math.abs(difference)), ...(key === 'lost' ? { low: money(-high), high: money(-low) } : between) }), until].filter(Boolean).join(join);
}

/** What keeps somebody from believing it. */
export function warningsOf(say: Say, locale: Locale, { sampleRatio, arms, isOver, marginPercent, earned }: CampaignResult): string[] {
  const t = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'campaigns', `results.warning.${key}`, params);
  const list = arms.map(({ people }) => new Intl.NumberFormat(locale).format(people)).join(' : ');
  return [
    ...(sampleRatio?.isMismatch ? [t('sampleRatio', { sizes: list, p: sampleRatio.p < 1e-6 ? t('tinyChance') : `${Number((sampleRatio.p * 100).toPrecision(2))}%` })] : []),
    ...(!isOver ? [t('notOver')] : []),
    ...(earned !== null && marginPercent === null ? [t('noMargin')] : []),
  ];
}
