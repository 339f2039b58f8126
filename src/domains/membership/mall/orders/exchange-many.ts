import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { dayIn } from '../../../../kernel/day.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { lineagesOf } from '../../../customers/public.ts';
import type { MallItem } from '../../contract/mall.ts';
import { giveCodes, madeCode, sealCode } from '../codes.ts';
import { findItem, takeFromStock } from '../items/store.ts';
import { hindranceOf } from '../rules/hindrance.ts';
import { whyUnredeemable } from '../rules/redeemable.ts';
import { isRefused, pointsOf } from './advance.ts';
import { type ExchangeDoors, finish, hashOf, lockMallOf, type Wanted } from './exchange.ts';
import { demandOrder } from './store.ts';
import { countOrdersOf, insertOrders, takeOrderNos, usedKeys } from './store-many.ts';

/** What many exchange for at once: an item that costs them at most so many points and no money. */
export interface WantedByMany {
  itemNo: number;
  mostPoints: number;
  /** Each with a key of their own. In this order they get what there is. */
  wanted: readonly Pick<Wanted, 'key' | 'customerNo'>[];
}

export interface DoneForMany {
  exchanged: number;
  /** The item is not to be had any more: nobody needs to be asked for. */
  isOver: boolean;
}

/** Partners give to one after the other, each in transactions of their own. */
const grantsAtOnce = 32;

/**
 * Exchanges for many in one transaction: the item's row is locked once for all of them, and points, orders and codes are written in a statement a
 * table. It comes to what exchanging one by one would; who cannot have it, or had it under their key, is left out.
 */
export async function exchangeMany(doors: ExchangeDoors, asked: WantedByMany, actor: Actor): Promise<DoneForMany> {
  const { timeZone } = await readBrand(doors.platform.pg);
  const { orderNos, isGiven, isOver } = await inTransaction(doors.platform.pg, (client) => open(doors, client, asked, { actor, timeZone }));
  if (isGiven) return { exchanged: orderNos.length, isOver };
  let refused = 0;
  for (let from = 0; from < orderNos.length; from += grantsAtOnce) {
    await Promise.all(orderNos.slice(from, from + grantsAtOnce).map(async (orderNo) => {
      await finish(doors, await demandOrder(doors.platform.pg, orderNo)).catch((error: unknown) => {
        // There was no benefit left: the points have gone back.
        if (!isRefused(error)) throw error;
        refused++;
      });
    }));
  }
  return { exchanged: orderNos.length - refused, isOver: isOver || refused > 0 };
}

interface Opened {
  orderNos: number[];
  /** False where something is still to be given by others. */
  isGiven: boolean;
  isOver: boolean;
}

async function open(doors: ExchangeDoors, client: pg.PoolClient, { itemNo, mostPoints, wanted }: WantedByMany, { actor, timeZone }: { actor: Actor; timeZone: string }): Promise<Opened> {
  const { platform, members } = doors;
  const nothing: Opened = { orderNos: [], isGiven: true, isOver: true };
  const lineages = await lineagesOf(client, wanted.map(({ customerNo }) => customerNo));
  const roots = new Set([...lineages.values()].map(([root]) => root));
  await lockMallOf(client, [...roots].sort((a, b) => a - b));
  const used = await usedKeys(client, wanted.map(({ key }) => key));
  const item = await findItem(client, itemNo, 'for update');
  if (item?.state !== 'listed' || whyUnredeemable(item, mostPoints) !== null) return nothing;
  const left = item.stock === null ? Infinity : item.stock - item.taken;
  if (left === 0) return nothing;
  const at = platform.clock.now();
  const today = dayIn(timeZone, at);
  const standings = await members.standings([...roots], client);
  const counts = await countOrdersOf(client, itemNo, lineages, today);
  const may = wanted.flatMap(({ key, customerNo }): Wanted[] => {
    const root = lineages.get(customerNo)?.[0];
    // Two that became one person meanwhile have it once.
    if (root === undefined || used.has(key) || !roots.delete(root)) return [];
    const standing = standings.get(root);
    const asking = { isMember: standing !== undefined, tier: standing?.tier ?? null, ...(counts.get(root) ?? { today: 0, total: 0 }) };
    return hindranceOf(item.definition, Number.isFinite(left) ? left : null, asking, at) === null ? [{ key, customerNo: root, itemNo }] : [];
  });
  const paid = await payUpTo(doors, client, item, { may, left, at });
  if (paid.length === 0) return { ...nothing, isOver: false };
  await give(doors, client, item, paid.map(({ orderNo, wanted: { key, customerNo, ...rest } }) => ({ orderNo, key, customerNo, inputHash: hashOf({ key, customerNo, ...rest }) })), { at, today, by: actor.name });
  return { orderNos: paid.map(({ orderNo }) => orderNo), isGiven: item.definition.delivery.kind !== 'partner', isOver: paid.length === left };
}

interface Paid {
  orderNo: number;
  wanted: Wanted;
}

/** Takes the points of as many as there is something for; who has too few by now makes room for the next. */
async function payUpTo({ ledger }: ExchangeDoors, client: pg.PoolClient, { definition }: MallItem, { may, left, at }: { may: readonly Wanted[]; left: number; at: Date }): Promise<Paid[]> {
  const paid: Paid[] = [];
  for (let from = 0; from < may.length && paid.length < left; ) {
    const turn = may.slice(from, from + Math.min(may.length, left - paid.length));
    from += turn.length;
    const orderNos = await takeOrderNos(client, turn.length);
    const tried = turn.map((wanted, i): Paid => ({ orderNo: orderNos[i], wanted }));
    const results = definition.points === 0 ? [] : await ledger.carryOut(client, tried.map(({ orderNo, wanted: { customerNo } }) =>
      ({ ...pointsOf({ orderNo, customerNo, openedAt: at, definition, activityNo: null }), kind: 'spend', amount: definition.points })));
    for (const result of results) if ('refused' in result && !isRefused(result.refused)) throw result.refused;
    paid.push(...tried.filter((_, i) => results.length === 0 || 'done' in results[i]));
  }
  return paid;
}

type NewOrderOfMany = Parameters<typeof insertOrders>[1]['orders'][number];

/** Writes the orders with what they give, as far as it is given at once. */
async function give({ platform: { secret } }: ExchangeDoors, client: pg.PoolClient, { itemNo, definition: { points, delivery, payMinutes } }: MallItem, orders: readonly Omit<NewOrderOfMany, 'code'>[], opened: { at: Date; today: string; by: string }): Promise<void> {
  const coded = orders.map((order) => ({ ...order, code: delivery.kind === 'made_codes' ? sealCode(secret, madeCode(secret, delivery.prefix, order.orderNo)) : null }));
  const isGiven = delivery.kind === 'codes' || delivery.kind === 'made_codes';
  await takeFromStock(client, itemNo, orders.length);
  await insertOrders(client, { itemNo, points, delivery, states: isGiven ? ['opened', 'confirmed', 'fulfilled'] : ['opened', 'confirmed'], expiresAt: new Date(opened.at.getTime() + payMinutes * 60_000), ...opened, orders: coded });
  if (delivery.kind === 'codes') await giveCodes(client, itemNo, orders.map(({ orderNo }) => orderNo));
}
