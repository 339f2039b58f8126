import type pg from 'pg';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { type Change, isNoChange } from '../../stored/membership/change.ts';
import { bytesOf } from '../../stored/membership/write-membership.ts';
import { takeChanges } from '../../stored/changes/take-changes.ts';
import { netChange } from './net-change.ts';

/** Changes that come close to each other go out together. */
const gatherSeconds = 2;

/** By what name a delivery follows an audience. */
export const consumerOf = (deliveryId: number): string => `delivery:${deliveryId}`;

/** Puts what changed since into the shipments that wait; what is on its way already stays as it is. */
export async function takeUpChanges(pool: pg.Pool, now: Date): Promise<void> {
  const { rows } = await pool.query<{ deliveryId: number }>(
    `select d.delivery_id as "deliveryId" from audience_delivery d
        join audience_cursor c on c.consumer = 'delivery:' || d.delivery_id and c.audience_id = d.audience_id
        join audience a on a.audience_id = d.audience_id
      where d.mode = 'changes' and a.version_no > c.version_no order by d.delivery_id`);
  for (const { deliveryId } of rows) {
    while (await takeChanges(pool, consumerOf(deliveryId), (client, change) => addToWaiting(client, deliveryId, change, now))) {
      // Until none is left.
    }
  }
}

interface Waiting {
  shipmentId: number;
  isWhole: boolean;
  entered: Buffer;
  left: Buffer;
}

/** The shipment of a delivery that nobody has begun, with this change too. */
export async function addToWaiting(client: pg.PoolClient, deliveryId: number, change: Change, now: Date): Promise<void> {
  const { rows } = await client.query<Waiting>(
    `select shipment_id as "shipmentId", is_whole as "isWhole", entered, left_members as left
      from audience_shipment where delivery_id = $1 and state = 'waiting' for update`, [deliveryId]);
  const waiting = rows.at(0);
  if (!waiting) return isNoChange(change) ? undefined : insertChange(client, deliveryId, change, now);
  const net = netChange({ entered: decodeBitmap(waiting.entered), left: decodeBitmap(waiting.left) }, change);
  if (isNoChange(net) && !waiting.isWhole) await client.query('delete from audience_shipment where shipment_id = $1', [waiting.shipmentId]);
  else {
    await client.query('update audience_shipment set entered = $2, left_members = $3, entered_count = $4, left_count = $5 where shipment_id = $1',
      [waiting.shipmentId, bytesOf(net.entered), bytesOf(net.left), net.entered.size, net.left.size]);
  }
}

/** It goes out soon, but not sooner after the one before than the delivery wants. */
async function insertChange(client: pg.PoolClient, deliveryId: number, { entered, left }: Change, now: Date): Promise<void> {
  await client.query(
    `insert into audience_shipment (delivery_id, state, is_whole, entered, left_members, entered_count, left_count, due_at, created_at)
      select $1, 'waiting', false, $2, $3, $4, $5,
        greatest($6::timestamptz + $7 * interval '1 second', max(s.started_at) + pause_minutes * interval '1 minute'), $6
      from audience_delivery d left join audience_shipment s using (delivery_id) where d.delivery_id = $1 group by d.delivery_id`,
    [deliveryId, bytesOf(entered), bytesOf(left), entered.size, left.size, now, gatherSeconds]);
}
