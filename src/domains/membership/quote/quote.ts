import { randomUUID } from 'node:crypto';
import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { createBackground } from '../../customers/public.ts';
import type { Activities } from '../activities/activities.ts';
import { askBalance, askHistory, type Buyer, cancelOrder, commitOrder, holdOrder, quoteCart, readOrder, returnOrder } from '../contract/quote.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { pointsOf } from '../points/read-points.ts';
import { historyOf } from '../points/routes.ts';
import { findBuyer, type KnownBuyer, shownTier } from './buyer.ts';
import { finishOrders } from './carry-out.ts';
import { heldQuotes } from './held-quotes.ts';
import { makeQuote } from './make-quote.ts';
import type { CheckoutBenefits } from './member-layers.ts';
import { decide, giveBack, hold, requireOrder, shownOrder } from './orders.ts';
import { insertQuote } from './store.ts';

const finishMs = 30_000;

/** What a shop's checkout asks: what a cart costs and earns, and then the order, from its points being put aside to what comes back. */
export function createQuote(doors: MembershipDoors, benefits: CheckoutBenefits | null, multipliers: Activities['multipliers']): MembershipPart {
  const finishing = createBackground('points of orders', () => finishOrders(doors), finishMs, doors.platform.log);
  return { routes: quoteRoutes(doors, benefits, multipliers), heldData: [heldQuotes(doors.platform.pg)], start: finishing.start, stop: finishing.stop };
}

function quoteRoutes(doors: MembershipDoors, benefits: CheckoutBenefits | null, multipliers: Activities['multipliers']): Route[] {
  const { platform, programme, say } = doors;
  const required = async (meant: Buyer): Promise<KnownBuyer> => {
    const buyer = await findBuyer(doors, meant);
    if (!buyer) throw notFound('membership.unknown_buyer');
    return buyer;
  };
  return [
    route(quoteCart, async ({ body, actor: { locale } }) => {
      const { answer, agreed, unit } = await makeQuote({ ...doors, benefits, multipliers }, body, locale);
      const quoteId = randomUUID();
      await insertQuote(platform.pg, quoteId, answer, agreed, unit);
      return { quoteId, ...answer };
    }),
    route(holdOrder, ({ body }) => hold(doors, body)),
    route(commitOrder, ({ body: { orderKey } }) => decide(doors, orderKey, 'committed')),
    route(cancelOrder, ({ body: { orderKey } }) => decide(doors, orderKey, 'cancelled')),
    route(returnOrder, ({ body }) => giveBack(doors, body)),
    route(readOrder, async ({ query: { orderKey } }) => shownOrder(doors, await requireOrder(doors, orderKey))),
    route(askBalance, async ({ body: { customer }, actor: { locale } }) => {
      const { customerNo, isMember, tier } = await required(customer);
      const version = await programme.at(platform.clock.now().getTime());
      return { ...(await pointsOf(platform, customerNo)), isMember, tier: shownTier(tier, version, locale) };
    }),
    route(askHistory, async ({ body: { customer, before, limit }, actor: { locale } }) => historyOf(platform, (await required(customer)).lineage, { before, limit }, say, locale)),
  ];
}
