import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { Interval } from '../../contract.ts';

/** Intervals as people read them: what, and between what and what. */
export function useBetween(currency: string) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const between = (write: (value: number) => string) => ({ low, high }: Pick<Interval, 'low' | 'high'>): string => (low === null || high === null ? t('results.unknownYet') : t('results.between', { low: write(low), high: write(high) }));
  const signed = (write: (value: number) => string, value: number): string => `${value > 0 ? '+' : ''}${write(value)}`;
  const cents = (value: number): string => format.money(value.toFixed(2), currency);
  const hundredths = (share: number): string => (share * 100).toFixed(2);
  return {
    money: between((value) => format.wholeMoney(value, currency)),
    cents: between(cents),
    // A share that rises from 25 % to 41 % rises by 16 points, not by 16 %.
    points: (interval: Pick<Interval, 'low' | 'high'>): string => (interval.low === null || interval.high === null ? between(hundredths)(interval) : t('report.points', { points: between(hundredths)(interval) })),
    orders: between((value) => value.toFixed(3)),
    signedOrders: (value: number): string => signed((each) => each.toFixed(3), value),
    chance: (p: number | null): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3)),
    signedPoints: (value: number): string => t('report.points', { points: signed(hundredths, value) }),
    signedCents: (value: number): string => signed(cents, value),
    signedPercent: (value: number): string => signed((each) => format.percent(each, 2), value),
  };
}
