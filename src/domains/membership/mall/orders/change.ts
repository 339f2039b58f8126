import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { MallOrderState } from '../../contract/mall.ts';
import type { OrderDoors } from './advance.ts';
import { finish } from './exchange.ts';
import { type Changes, demandOrder, moveOrder, type OrderRow } from './store.ts';

interface Turn {
  /** States from which it may be. */
  from: readonly MallOrderState[];
  to: MallOrderState;
  /** States that say that it was done before: the same again answers the same. */
  done: readonly MallOrderState[];
  action: string;
  changes?: Changes;
}

/** Turns an order by what somebody says, and takes it as far as it goes. */
async function turn(doors: OrderDoors, orderNo: number, { from, to, done, action, changes }: Turn, actor: Actor): Promise<OrderRow> {
  const { platform: { pg: pool, clock } } = doors;
  const turned = await inTransaction(pool, async (client) => {
    const order = await lockOrder(client, orderNo);
    if (done.includes(order.state)) return order;
    if (!from.includes(order.state)) throw conflict(`membership.mall_order_${order.state}`, { orderNo });
    const at = clock.now();
    if (order.state === 'reserved' && order.expiresAt <= at && to !== 'closing') throw conflict('membership.mall_order_too_late', { orderNo });
    await moveOrder(client, { ...order, from: order.state, to, at, by: actor.name }, changes);
    if (actor.kind === 'staff') await recordAudit(client, { actor, action, subject: `mall_order:${orderNo}`, details: { ...(changes?.reason ? { reason: changes.reason } : {}) } });
    return demandOrder(client, orderNo);
  });
  return finish(doors, turned);
}

async function lockOrder(client: pg.PoolClient, orderNo: number): Promise<OrderRow> {
  await client.query('select from mall_order where order_no = $1 for update', [orderNo]);
  return demandOrder(client, orderNo);
}

/** It was paid. Points that were put aside are spent; refused when it comes too late, so that whoever took the money gives it back. */
export const confirmOrder = (doors: OrderDoors, orderNo: number, document: string, actor: Actor) =>
  turn(doors, orderNo, { from: ['reserved'], to: 'paying', done: ['paying', 'confirmed', 'fulfilled'], action: 'membership.confirm_exchange', changes: { document } }, actor);

export const cancelOrder = (doors: OrderDoors, orderNo: number, actor: Actor) =>
  turn(doors, orderNo, { from: ['reserved'], to: 'closing', done: ['closing', 'cancelled'], action: 'membership.cancel_exchange', changes: { reason: 'called_off' } }, actor);

export const shipOrder = (doors: OrderDoors, orderNo: number, note: string, actor: Actor) =>
  turn(doors, orderNo, { from: ['confirmed'], to: 'fulfilled', done: ['fulfilled'], action: 'membership.ship_exchange', changes: { note } }, actor);

/** Takes an exchange back. A code of others that was given stays given: whether it was used nobody here can know. */
export async function reverseOrder(doors: OrderDoors, orderNo: number, { reason, returnsStock }: { reason: string; returnsStock: boolean }, actor: Actor): Promise<OrderRow> {
  const { delivery } = await demandOrder(doors.platform.pg, orderNo);
  const changes = { reason, returnsStock: returnsStock && delivery.kind !== 'codes' };
  return turn(doors, orderNo, { from: ['confirmed', 'fulfilled'], to: 'reversing', done: ['reversing', 'reversed'], action: 'membership.reverse_exchange', changes }, actor);
}
