import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../../../web/kit.ts';
import type { Rhythm } from '../../contract.ts';

/** The name of a weekday, of which 1 is Monday. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 2, 1 + weekday)));

/** When a report is sent, in words. */
export function useRhythmText(): (rhythm: Rhythm) => string {
  const { t } = useTranslation('insights');
  return (rhythm) => {
    const { at } = rhythm;
    if (rhythm.every === 'day') return t('reporting.every.day', { at });
    if (rhythm.every === 'week') return t('reporting.every.week', { at, weekday: weekdayName(rhythm.weekday) });
    return rhythm.day === 'last' ? t('reporting.every.monthLast', { at }) : t('reporting.every.month', { at, day: rhythm.day });
  };
}
