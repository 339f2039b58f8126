import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { deliveryFormats, deliveryModes } from '../../contract/deliveries.ts';
import type { Trouble } from '../destinations/store.ts';

type Connection = pg.Pool | pg.PoolClient;

/** First those who entered are sent, then those who left. */
export type Leg = 'entered' | 'left' | 'over';

/** How far a shipment has come. What is kept before a page is sent makes a repeat of it the same page. */
export interface Progress {
  leg: Leg;
  pageNo: number;
  afterNo: number;
  untilNo: number | null;
  upload: { id: string; tags: string[] } | null;
  sent: number;
  status: number | null;
}

/** Somebody's members on their way. */
export interface HeldShipment {
  shipmentId: number;
  deliveryId: number;
  destinationId: number;
  audienceId: number;
  audience: string;
  mode: (typeof deliveryModes)[number];
  format: (typeof deliveryFormats)[number];
  isFull: boolean;
  locale: Locale;
  key: string;
  isWhole: boolean;
  createdAt: Date;
  failures: number;
  members: Record<Leg, Bitmap>;
  progress: Progress;
}

/** A worker that says nothing for so long has died. */
const holdSeconds = 30;

type Row = Omit<HeldShipment, 'members' | 'progress'> & Progress & { entered: Buffer; left: Buffer };

/**
 * Takes the shipment that has waited longest. Shipments of a delivery go one after the other, and a destination is
 * sent one thing at a time. Null when nothing is due.
 */
export async function holdShipment(pool: pg.Pool, now: Date): Promise<HeldShipment | null> {
  const { rows } = await pool.query<Row>({
    name: 'audiences.hold-shipment',
    text: `with next as (
        select s.shipment_id from audience_shipment s join audience_delivery d using (delivery_id)
        where s.state in ('waiting', 'running') and s.due_at <= $1 and d.state = 'active' and (s.held_until is null or s.held_until < $1)
          and not exists (select from audience_shipment o where o.delivery_id = s.delivery_id and o.state = 'running' and o.shipment_id <> s.shipment_id)
          and not exists (select from audience_shipment o join audience_delivery od using (delivery_id) where od.destination_id = d.destination_id and o.held_until >= $1)
        order by s.due_at, s.shipment_id limit 1 for update of s skip locked)
      update audience_shipment s
        set state = 'running', held_until = $1::timestamptz + $2 * interval '1 second', started_at = coalesce(started_at, $1)
      from next, audience_delivery d join audience a using (audience_id)
      where s.shipment_id = next.shipment_id and d.delivery_id = s.delivery_id
      returning s.shipment_id as "shipmentId", d.delivery_id as "deliveryId", d.destination_id as "destinationId", a.audience_id as "audienceId", a.name as audience,
        d.mode, d.format, d.is_full as "isFull", d.locale, s.key, s.is_whole as "isWhole", s.created_at as "createdAt", s.failures,
        s.entered, s.left_members as left, s.leg, s.page_no as "pageNo", s.after_no as "afterNo", s.until_no as "untilNo", s.upload, s.sent, s.status`,
    values: [now, holdSeconds],
  });
  const row = rows.at(0);
  if (!row) return null;
  const { entered, left, leg, pageNo, afterNo, untilNo, upload, sent, status, ...rest } = row;
  return { ...rest, members: { entered: decodeBitmap(entered), left: decodeBitmap(left), over: Bitmap.empty }, progress: { leg, pageNo, afterNo, untilNo, upload, sent, status } };
}

/** Keeps how far it has come, and that it is still being worked on. False when it is nobody's to send any more. */
export async function keepProgress(pool: pg.Pool, shipmentId: number, { leg, pageNo, afterNo, untilNo, upload, sent, status }: Progress, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'audiences.keep-progress',
    text: `update audience_shipment set leg = $2, page_no = $3, after_no = $4, until_no = $5, upload = $6, sent = $7, status = $8,
        held_until = $9::timestamptz + $10 * interval '1 second'
      where shipment_id = $1 and state = 'running'`,
    values: [shipmentId, leg, pageNo, afterNo, untilNo, upload && JSON.stringify(upload), sent, status, now, holdSeconds],
  });
  return rowCount === 1;
}

export async function stillHeld(pool: pg.Pool, shipmentId: number, now: Date): Promise<void> {
  await pool.query(`update audience_shipment set held_until = $2::timestamptz + $3 * interval '1 second' where shipment_id = $1 and state = 'running'`, [shipmentId, now, holdSeconds]);
}

/** Lets another worker go on with it. */
export async function letGo(pool: pg.Pool, shipmentId: number): Promise<void> {
  await pool.query('update audience_shipment set held_until = null where shipment_id = $1', [shipmentId]);
}

/** It has arrived; whose it was is forgotten. False when it was taken away meanwhile. */
export async function endShipment(client: pg.PoolClient, { shipmentId, deliveryId, mode }: HeldShipment, now: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `update audience_shipment set state = 'done', entered = null, left_members = null, upload = null, until_no = null, held_until = null, failures = 0, trouble = null, ended_at = $2
      where shipment_id = $1 and state = 'running'`, [shipmentId, now]);
  if (rowCount === 0) return false;
  if (mode === 'once') await client.query("update audience_delivery set state = 'done', ended_at = $2 where delivery_id = $1", [deliveryId, now]);
  return true;
}

/** It did not arrive. Without `againAt` its delivery is stopped until somebody has looked at it. */
export async function noteFailure(client: pg.PoolClient, { shipmentId, deliveryId }: HeldShipment, failure: { trouble: Trouble; status: number | null; againAt: Date | null }): Promise<void> {
  const trouble = JSON.stringify(failure.trouble);
  await client.query(
    `update audience_shipment set failures = failures + 1, status = $2, trouble = $3, due_at = coalesce($4, due_at), held_until = null
      where shipment_id = $1 and state = 'running'`, [shipmentId, failure.status, trouble, failure.againAt]);
  if (failure.againAt === null) await client.query("update audience_delivery set state = 'stopped', trouble = $2 where delivery_id = $1 and state = 'active'", [deliveryId, trouble]);
}

const keptDays = 90;

/** What was sent long ago is forgotten. */
export async function dropOldShipments(connection: Connection, now: Date): Promise<void> {
  await connection.query(`delete from audience_shipment where ended_at < $1::timestamptz - $2 * interval '1 day'`, [now, keptDays]);
}
