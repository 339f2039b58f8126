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
  return {
    money: between((value) => format.wholeMoney(value, currency)),
    cents: between(cents),
    percent: between((value) => format.percent(value, 2)),
    orders: between((value) => value.toFixed(3)),
    signedOrders: (value: number): string => signed((each) => each.toFixed(3), value),
    chance: (p: number | null): string => (p === null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3)),
    signedCents: (value: number): string => signed(cents, value),
    signedPercent: (value: number): string => signed((each) => format.percent(each, 2), value),
  };
}
