import type { Actor } from '../../../kernel/actor.ts';
import { createBackground } from '../../customers/public.ts';
import type { DayStep } from '../boundary/boundary.ts';
import type { MallOffer, MallOrder, MallRecipient } from '../contract/mall.ts';
import type { MembershipPart } from '../part.ts';
import { autoRedeem } from './auto-redeem/auto-redeem.ts';
import { heldOrders } from './held-orders.ts';
import { offersTo } from './offers.ts';
import { exchange, type ExchangeDoors, finish, type Wanted } from './orders/exchange.ts';
import { type DoneForMany, exchangeMany, type WantedByMany } from './orders/exchange-many.ts';
import { createShownOrders } from './orders/shown.ts';
import { findOrder, listOrders, takeOver, takeOverKeys } from './orders/store.ts';
import { noPartnerBenefits, type PartnerBenefits } from './partner-benefits.ts';
import { forgetRecipients, recipientsOf, setRecipient } from './recipients.ts';
import { mallRoutes } from './routes.ts';

/** What points can be exchanged for. */
export interface Mall extends MembershipPart {
  /** Exchanges, once for a key; refused with a Problem where it cannot be. */
  exchange(wanted: Wanted, actor: Actor): Promise<MallOrder & { isReplay: boolean }>;
  /** Exchanges for many at once, each once for their key; who cannot have it is left out. */
  exchangeMany(asked: WantedByMany, actor: Actor): Promise<DoneForMany>;
  offersTo(customerNo: number): Promise<{ available: number; items: MallOffer[]; computedAt: string }>;
  /** What all numbers of a person exchanged for, the newest first, with their codes. */
  ordersOf(lineage: readonly number[], limit: number): Promise<MallOrder[]>;
  /** Says where the parcel of an order of a person goes. */
  setRecipient(lineage: readonly number[], orderNo: number, recipient: MallRecipient, actor: Actor): Promise<void>;
  /** Where parcels of orders go, to whom they belong. */
  recipientsOf(orderNos: readonly number[]): Promise<Map<number, MallRecipient>>;
  /** Finishes what was cut short, and ends what waited for money for too long; returns how many there were. */
  tidyUp(): Promise<number>;
  /** Finishes at once what was cut short of orders whose keys begin so: for who knows that nobody else opens such. */
  finishCutShort(keysBegin: string): Promise<number>;
  /** What the boundary between days does here. */
  autoRedeem: DayStep;
}

const tidyMs = 5_000;
const forgetMs = 3_600_000;
/** Who works on an order is done with it long before. */
const staleMs = 15_000;
const atOnce = 200;

export function createMall(given: Omit<ExchangeDoors, 'partners'>, partners: PartnerBenefits = noPartnerBenefits): Mall {
  const doors = { ...given, partners };
  const { platform } = doors;
  const shown = createShownOrders(platform);
  const tidyUp = async (): Promise<number> => {
    const now = platform.clock.now();
    return finishAll(await takeOver(platform.pg, now, new Date(now.getTime() - staleMs), atOnce));
  };
  const finishAll = async (orderNos: readonly number[]): Promise<number> => {
    for (const orderNo of orderNos) {
      const order = await findOrder(platform.pg, orderNo);
      // One that is refused has gone back; any other failure waits for its next turn, and holds up nobody.
      if (order) await finish(doors, order).catch((error: unknown) => platform.log.warn({ err: error, orderNo }, 'an exchange could not be finished'));
    }
    return orderNos.length;
  };
  const tidying = createBackground('exchanges that were cut short or not paid', async () => {
    while ((await tidyUp()) === atOnce);
  }, tidyMs, platform.log);
  const forgetting = createBackground('addresses of what was sent long ago', () => forgetRecipients(platform), forgetMs, platform.log);
  const mall: Omit<Mall, 'autoRedeem'> = {
    routes: mallRoutes(doors),
    heldData: [heldOrders(platform)],
    async exchange(wanted, actor) {
      const { order, isReplay } = await exchange(doors, wanted, actor);
      return { ...(await shown([order], 'whole'))[0], isReplay };
    },
    exchangeMany: (asked, actor) => exchangeMany(doors, asked, actor),
    offersTo: (customerNo) => offersTo(doors, customerNo),
    ordersOf: async (lineage, limit) => shown((await listOrders(platform.pg, { page: 1, pageSize: limit }, lineage)).rows, 'whole'),
    setRecipient: (lineage, orderNo, recipient, actor) => setRecipient(platform, orderNo, recipient, actor, lineage),
    recipientsOf: (orderNos) => recipientsOf(platform.pg, platform.secret, orderNos),
    tidyUp,
    finishCutShort: async (keysBegin) => finishAll(await takeOverKeys(platform.pg, platform.clock.now(), keysBegin)),
    start() {
      tidying.start();
      forgetting.start();
    },
    stop: async () => void (await Promise.all([tidying.stop(), forgetting.stop()])),
  };
  return { ...mall, autoRedeem: autoRedeem(doors, mall) };
}
