import { type Actor, may } from '../../kernel/actor.ts';
import { rawRoute, route, type Route } from '../../platform/http/route.ts';
import { sendCsv } from '../../platform/http/csv-reply.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import { createShownNames } from '../customers/public.ts';
import { exportOrders, exportProducts, listCategories, listFacets, listOrders, listProducts, type OrderRow, readOrder, readOrdersOfCustomer, readProduct } from './contract.ts';
import { exportedOrderColumns, exportOrderCells } from './orders/export-orders.ts';
import { readFacets } from './orders/facets.ts';
import { listOrdersPage } from './orders/list-orders.ts';
import { readOneOrder } from './orders/read-order.ts';
import { readOrdersPage } from './person/orders-page.ts';
import { categoriesOf } from './products/catalogue.ts';
import { exportedProductColumns, exportProductCells } from './products/export-products.ts';
import { listProductsPage } from './products/list-products.ts';
import { readOneProduct } from './products/read-product.ts';

export function commerceRoutes(platform: Platform, say: Say): Route[] {
  const computed = async <T extends object>(answer: Promise<T>) => {
    const computedAt = platform.clock.now().toISOString();
    return { ...(await answer), computedAt };
  };
  const shownNames = createShownNames(platform);
  const named = async (orders: readonly OrderRow[], actor: Actor) => {
    const numbers = [...new Set(orders.flatMap(({ customerNo }) => customerNo ?? []))];
    const names = may(actor, 'customers.read') ? await shownNames(numbers) : new Map<number, string>();
    return orders.map((order) => ({ ...order, customerName: names.get(order.customerNo ?? 0) ?? null }));
  };
  const today = (): string => platform.clock.now().toISOString().slice(0, 10);
  return [
    route(listOrders, ({ query, actor }) => computed(listOrdersPage(platform, query).then(async ({ rows, total }) => ({ rows: await named(rows, actor), total })))),
    rawRoute(exportOrders, async ({ query, actor, reply }) => {
      const headings = exportedOrderColumns.map((column) => say(actor.locale, 'commerce', `orders.column.${column}`));
      return sendCsv(reply, `orders-${today()}.csv`, headings, await exportOrderCells(platform, actor, query));
    }),
    route(readOrder, ({ params, actor }) => computed(readOneOrder(platform, params.orderKey).then(async (found) => ({ ...found, order: (await named([found.order], actor))[0] })))),
    route(readOrdersOfCustomer, ({ params, query }) => computed(readOrdersPage(platform, params.customerNo, query))),
    route(listFacets, () => readFacets(platform)),
    route(listProducts, ({ query }) => computed(listProductsPage(platform, query))),
    rawRoute(exportProducts, async ({ query, actor, reply }) => {
      const headings = exportedProductColumns.map((column) => say(actor.locale, 'commerce', `products.column.${column}`));
      return sendCsv(reply, `products-${today()}.csv`, headings, await exportProductCells(platform, actor, query));
    }),
    route(readProduct, ({ params }) => computed(readOneProduct(platform, params.productId))),
    route(listCategories, async () => ({ categories: await categoriesOf(platform) })),
  ];
}
