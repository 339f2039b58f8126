import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../web/kit.ts';
import type { ImportView } from '../../imports/contract.ts';

/** What an import brought, as sentences. */
export function useResultSentences({ kind, summary }: ImportView): string[] {
  const { t } = useTranslation('collect');
  const format = useFormat();
  if (!summary) return [];
  const { accepted, withoutCustomer } = summary.counts;
  const rows = format.number(accepted);
  if (kind === 'order_lines' && summary.orders) {
    const { customers, orders, refundOrders, refundsAlone = 0, net } = summary.orders;
    const sentence = t('imports.result.orders', {
      rows, customers: format.number(customers), orders: format.number(orders), refundOrders: format.number(refundOrders), net: `${format.number(net, 4)} ${summary.currency}`,
    });
    return [
      sentence,
      ...(withoutCustomer > 0 ? [t('imports.result.nobody', { lines: format.number(withoutCustomer) })] : []),
      ...(refundsAlone > 0 ? [t('imports.result.refundsAlone', { count: refundsAlone, shown: format.number(refundsAlone) })] : []),
    ];
  }
  if (kind === 'events' && summary.events) {
    return [t('imports.result.events', { events: format.number(summary.events.events), customers: format.number(summary.events.customers) })];
  }
  return [t(kind === 'products' ? 'imports.result.products' : 'imports.result.customers', { rows, created: format.number(summary.newCustomers) })];
}
