import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { dayIn } from '../../../../kernel/day.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { MembershipDoors } from '../../part.ts';
import { demandItem } from '../items/store.ts';
import { hindranceOf } from '../rules/hindrance.ts';
import { type Participant, participantOf } from '../participant.ts';
import { advance, type OrderDoors, TakenOver } from './advance.ts';
import { countOrders, findByKey, findOrder, insertOrder, type OrderRow } from './store.ts';

export type ExchangeDoors = OrderDoors & Pick<MembershipDoors, 'members'>;

/** What is asked for. An activity decides itself for whom and at what price. */
export interface Wanted {
  key: string;
  customerNo: number;
  itemNo: number;
  byActivity?: { activityNo: number; points: number; money: string };
}

export const hashOf = ({ customerNo, itemNo, byActivity }: Wanted): Buffer => createHash('sha256').update(JSON.stringify([customerNo, itemNo, byActivity ?? null])).digest();

/** Exchanges points for an item, once for a key: the same again answers with the same order as it is now. */
export async function exchange(doors: ExchangeDoors, wanted: Wanted, actor: Actor): Promise<{ order: OrderRow; isReplay: boolean }> {
  for (;;) {
    const { order, isReplay } = await open(doors, wanted, actor);
    if (!isReplay) return { order: await finish(doors, order), isReplay };
    const settled = await whenSettled(doors, order.orderNo);
    if (settled) return { order: settled, isReplay };
    // The first attempt was refused and left nothing behind: this one is the first now.
  }
}

/** Takes an order on; where somebody else does, waits for what that comes to. */
export async function finish(doors: OrderDoors, order: OrderRow): Promise<OrderRow> {
  try {
    return await advance(doors, order);
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
    return (await whenSettled(doors, order.orderNo)) ?? order;
  }
}

const restless: readonly OrderRow['state'][] = ['opened', 'paying', 'closing', 'reversing'];
const patienceMs = 5_000;
const pauseMs = 20;

/** The order when nobody works on it any more, or as it is when that takes too long; undefined where nothing is left of it. */
async function whenSettled({ platform: { pg } }: OrderDoors, orderNo: number): Promise<OrderRow | undefined> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const order = await findOrder(pg, orderNo);
    if (!order || !restless.includes(order.state) || waitedMs >= patienceMs) return order;
    await sleep(pauseMs);
  }
}

/** One at a time of a person, so that limits hold; of several people in the order of their numbers, so that nobody waits in a circle. */
export const lockMallOf = (client: pg.PoolClient, roots: readonly number[]) =>
  client.query("select pg_advisory_xact_lock(hashtextextended('mall ' || root, 0)) from unnest($1::int[]) root", [roots]);

/** Puts one of the item aside and opens an order, or finds the one that was opened under this key. */
async function open(doors: ExchangeDoors, wanted: Wanted, actor: Actor): Promise<{ order: OrderRow; isReplay: boolean }> {
  const { platform: { pg: pool, clock } } = doors;
  const person = await participantOf(doors, wanted.customerNo);
  const { timeZone } = await readBrand(pool);
  return inTransaction(pool, async (client) => {
    // The item is locked last, for as short as can be.
    await lockMallOf(client, [person.lineage[0]]);
    const before = await findByKey(client, wanted.key);
    if (before) {
      if (!before.inputHash.equals(hashOf(wanted))) throw conflict('membership.key_used', { key: wanted.key });
      return { order: before, isReplay: true };
    }
    const now = clock.now();
    const today = dayIn(timeZone, now);
    const item = await demandItem(client, wanted.itemNo);
    const { definition: { points, money, delivery, payMinutes } } = item;
    const { activityNo = null, ...price } = wanted.byActivity ?? { points, money };
    if (!wanted.byActivity) await demandOffered(client, item, person, now, today);
    const orderNo = await insertOrder(client, {
      itemNo: item.itemNo, customerNo: person.lineage[0], inputHash: hashOf(wanted), key: wanted.key, ...price, delivery, activityNo,
      openedAt: now, openedDay: today, openedBy: actor.name, expiresAt: new Date(now.getTime() + payMinutes * 60_000),
    });
    if (orderNo === undefined) throw conflict('membership.mall_sold_out', { itemNo: item.itemNo });
    // Of a shop, thousands a minute, the order itself tells.
    if (actor.kind === 'staff') await recordAudit(client, { actor, action: 'membership.exchange', subject: `customer:${person.lineage[0]}`, details: { order: orderNo, item: item.itemNo, ...price } });
    return { order: (await findOrder(client, orderNo))!, isReplay: false };
  });
}

async function demandOffered(client: Parameters<typeof demandItem>[0], { itemNo, definition, state, stock, taken }: Awaited<ReturnType<typeof demandItem>>, { lineage, isMember, tier }: Participant, now: Date, today: string): Promise<void> {
  if (state !== 'listed') throw conflict('membership.mall_not_listed', { itemNo });
  const counts = (await countOrders(client, [itemNo], lineage, today)).get(itemNo) ?? { today: 0, total: 0 };
  const hindrance = hindranceOf(definition, stock === null ? null : stock - taken, { isMember, tier, ...counts }, now);
  if (hindrance !== null) throw conflict(`membership.mall_${hindrance}`, { itemNo });
}
