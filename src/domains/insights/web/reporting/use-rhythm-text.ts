import { useTranslation } from 'react-i18next';
import { weekdayName } from '../../../../web/kit.ts';
import type { Rhythm } from '../../contract.ts';

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
