import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { Period, Point } from '../../contract.ts';
import { shapeOf } from './period-shape.ts';

/** Writes a period for a person: `the last 90 days`. */
export function usePeriodText(): (period: Period) => string {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const count = (amount: number, unit: string): string => t(`web.unit.${unit}`, { count: amount, shown: format.number(amount) });
  const calendar = (unit: string, ago: number): string => (ago <= 1 ? t(`web.period.${unit}_${ago}`) : t('web.period.calendarBefore', { span: count(ago, unit) }));
  const place = (point: Point | undefined): string => {
    if (point === undefined) return t('web.period.open');
    if (typeof point === 'string') return format.date(point);
    if ('calendar' in point) return calendar(point.calendar, point.ago);
    if ('ago' in point && point.ago === 0 && point.unit === 'day') return t('web.period.today');
    return 'ago' in point ? t('web.period.ago', { span: count(point.ago, point.unit) }) : t('web.period.ahead', { span: count(point.ahead, point.unit) });
  };
  return (period) => {
    const shape = shapeOf(period);
    switch (shape.mode) {
      case 'all': return t('web.period.all');
      case 'last': return shape.amount === 0 && shape.unit === 'day' ? t('web.period.today') : t('web.period.last', { span: count(shape.amount, shape.unit) });
      case 'before': return t('web.period.before', { span: count(shape.amount, shape.unit) });
      case 'calendar': return calendar(shape.unit, shape.ago);
      case 'next': return t('web.period.next', { span: count(shape.amount, shape.unit) });
      case 'between': return t('web.period.between', { far: format.number(shape.far), near: count(shape.near, shape.unit) });
      case 'days':
        if (!shape.from) return t('web.period.until', { to: place(shape.to) });
        return shape.to ? t('web.period.fromTo', { from: place(shape.from), to: place(shape.to) }) : t('web.period.since', { from: place(shape.from) });
      case 'other': return t('web.period.fromTo', { from: place(period.from), to: place(period.to) });
    }
  };
}
