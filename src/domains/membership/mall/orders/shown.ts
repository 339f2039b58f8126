import type { Platform } from '../../../../platform/platform.ts';
import { createShownNames } from '../../../customers/public.ts';
import type { MallOrder } from '../../contract/mall.ts';
import { maskCode, openCode } from '../codes.ts';
import type { OrderRow } from './store.ts';

/** Orders as they are shown, with their codes to whom they belong, and otherwise with the ends of them. */
export function createShownOrders(platform: Platform): (orders: readonly OrderRow[], codes: 'whole' | 'masked') => Promise<MallOrder[]> {
  const shownNames = createShownNames(platform);
  return async (orders, codes) => {
    const names = await shownNames([...new Set(orders.map(({ customerNo }) => customerNo))]);
    return orders.map(({ definition, delivery, code: sealed, openedAt, expiresAt, endedAt, ...order }) => {
      const code = sealed && openCode(platform.secret, sealed);
      return {
        ...order,
        names: definition.names, icon: definition.icon, color: definition.color,
        customerName: names.get(order.customerNo) ?? null,
        delivery: delivery.kind,
        openedAt: openedAt.toISOString(), expiresAt: expiresAt.toISOString(), endedAt: endedAt?.toISOString() ?? null,
        code: code === null ? null : codes === 'whole' ? code : maskCode(code),
      };
    });
  };
}
