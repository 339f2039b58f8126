import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { FigureSource } from '../../customers/public.ts';
import { totalsOf } from './orders-of.ts';

/** What a person has bought in all, for the head of their page. */
export const figureSource = (platform: Platform): FigureSource => ({
  async read(customerNos) {
    const totals = await totalsOf(platform, [...customerNos]);
    const net = (parseDecimal(totals.sales) ?? 0n) - (parseDecimal(totals.refunded) ?? 0n);
    return [
      { label: 'commerce:figure.orders', value: String(totals.orders), unit: 'number' },
      { label: 'commerce:figure.net', value: formatDecimal(net), unit: 'money' },
      { label: 'commerce:figure.refunded', value: totals.refunded, unit: 'money' },
      { label: 'commerce:figure.firstOrder', value: totals.firstOrderAt, unit: 'date' },
      { label: 'commerce:figure.lastOrder', value: totals.lastOrderAt, unit: 'date' },
    ];
  },
});
