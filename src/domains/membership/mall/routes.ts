import { lineageOf } from '../../customers/public.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import {
  addMallCodes, cancelMallOrder, changeMallItem, changeMallStock, confirmMallOrder, createMallItem, exchangeMallItem, listMallItems, listMallOrders, listPartnerBenefits, readExchangesOf, readMallItem, readMallOf, readMallOrder,
  revealMallRecipient, reverseMallOrder, setMallRecipient, shipMallOrder, showMallItem,
} from '../contract/mall.ts';
import { addCodes, changeItem, changeStock, createItem, showItem } from './items/items.ts';
import { demandItem, listItems } from './items/store.ts';
import { offersTo } from './offers.ts';
import { cancelOrder, confirmOrder, reverseOrder, shipOrder } from './orders/change.ts';
import { exchange, type ExchangeDoors } from './orders/exchange.ts';
import { createShownOrders } from './orders/shown.ts';
import { demandOrder, listOrders, type OrderRow } from './orders/store.ts';
import { participantOf } from './participant.ts';
import { revealRecipient, setRecipient } from './recipients.ts';

/** Keys are their sender's own: two shops may number their exchanges alike. */
export const senderKey = ({ kind, id }: Actor, key: string): string => `${kind} ${id} ${key}`;

export function mallRoutes(doors: ExchangeDoors): Route[] {
  const { platform, partners } = doors;
  const { pg: pool, clock } = platform;
  const shown = createShownOrders(platform);
  const one = async (order: OrderRow, codes: 'whole' | 'masked') => (await shown([order], codes))[0];
  return [
    route(listMallItems, async ({ query }) => ({ ...(await listItems(pool, query)), computedAt: clock.now().toISOString() })),
    route(readMallItem, ({ params: { itemNo } }) => demandItem(pool, itemNo)),
    route(createMallItem, ({ body: { definition }, actor }) => createItem(doors, definition, actor)),
    route(changeMallItem, ({ params: { itemNo }, body, actor }) => changeItem(doors, itemNo, body, actor)),
    route(showMallItem, ({ params: { itemNo }, body: { state }, actor }) => showItem(doors, itemNo, state, actor)),
    route(changeMallStock, ({ params: { itemNo }, body: { add }, actor }) => changeStock(doors, itemNo, add, actor)),
    route(addMallCodes, ({ params: { itemNo }, body: { text }, actor }) => addCodes(doors, itemNo, text, actor)),
    route(listPartnerBenefits, async () => ({ benefits: await partners.list() })),
    route(listMallOrders, async ({ query }) => {
      const { rows, total } = await listOrders(pool, query, query.customer === undefined ? null : await lineageOf(pool, query.customer));
      return { rows: await shown(rows, 'masked'), total, computedAt: clock.now().toISOString() };
    }),
    route(readMallOrder, async ({ params: { orderNo } }) => one(await demandOrder(pool, orderNo), 'masked')),
    route(exchangeMallItem, async ({ body: { key, ...wanted }, actor }) => {
      const { order, isReplay } = await exchange(doors, { ...wanted, key: senderKey(actor, key) }, actor);
      return { ...(await one(order, 'whole')), isReplay };
    }),
    route(confirmMallOrder, async ({ params: { orderNo }, body: { document }, actor }) => one(await confirmOrder(doors, orderNo, document, actor), 'whole')),
    route(cancelMallOrder, async ({ params: { orderNo }, actor }) => one(await cancelOrder(doors, orderNo, actor), 'masked')),
    route(shipMallOrder, async ({ params: { orderNo }, body: { note }, actor }) => one(await shipOrder(doors, orderNo, note, actor), 'masked')),
    route(reverseMallOrder, async ({ params: { orderNo }, body, actor }) => one(await reverseOrder(doors, orderNo, body, actor), 'masked')),
    route(setMallRecipient, async ({ params: { orderNo }, body, actor }) => {
      await setRecipient(platform, orderNo, body, actor);
      return one(await demandOrder(pool, orderNo), 'masked');
    }),
    route(revealMallRecipient, ({ params: { orderNo }, actor }) => revealRecipient(platform, orderNo, actor)),
    route(readMallOf, ({ params: { customerNo } }) => offersTo(doors, customerNo)),
    route(readExchangesOf, async ({ params: { customerNo }, query: { limit } }) => {
      const { lineage } = await participantOf(doors, customerNo);
      const { rows } = await listOrders(pool, { page: 1, pageSize: limit }, lineage);
      return { orders: await shown(rows, 'whole') };
    }),
  ];
}
