import { useTranslation } from 'react-i18next';
import { currentLocale, Flex, Form, Select, TimeField, useSession } from '../../../../web/kit.ts';
import type { MailingWanted } from '../../contract.ts';

const days = Array.from({ length: 31 }, (_, n) => n + 1);
/** The name of a weekday, of which 1 is Monday. */
const weekdayName = (weekday: number): string => new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 2, 1 + weekday)));

/** How often, and when; stands in a form of `RhythmDraft`. */
export function RhythmFields() {
  const { t } = useTranslation('planning');
  const { brand } = useSession();
  const every = Form.useWatch<string | undefined>('every') ?? 'week';
  const half = { flex: '1 1 140px' };
  return (
    <Flex gap="small" wrap>
      <Form.Item required name="every" label={t('reports.mailings.every')} style={half}><Select options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`reports.mailings.everyOf.${value}`) }))} /></Form.Item>
      {every === 'week' && <Form.Item required name="weekday" label={t('reports.mailings.weekday')} style={half}><Select options={days.slice(0, 7).map((value) => ({ value, label: weekdayName(value) }))} /></Form.Item>}
      {every === 'month' && <Form.Item required name="monthDay" label={t('reports.mailings.monthDay')} style={half}><Select options={[...days.map((day) => ({ value: String(day), label: t('reports.mailings.dayOf', { day }) })), { value: 'last', label: t('reports.mailings.lastDay') }]} /></Form.Item>}
      <Form.Item name="at" label={t('reports.mailings.time')} extra={t('reports.mailings.timeHint', { zone: brand.timeZone })} style={half} rules={[{ required: true, message: t('projects.needed') }]}><TimeField /></Form.Item>
    </Flex>
  );
}

/** When something goes, in words. */
export function useRhythmText(): (rhythm: MailingWanted['rhythm']) => string {
  const { t } = useTranslation('insights');
  return (rhythm) => {
    const { at } = rhythm;
    if (rhythm.every === 'day') return t('reporting.every.day', { at });
    if (rhythm.every === 'week') return t('reporting.every.week', { at, weekday: weekdayName(rhythm.weekday) });
    return rhythm.day === 'last' ? t('reporting.every.monthLast', { at }) : t('reporting.every.month', { at, day: rhythm.day });
  };
}
