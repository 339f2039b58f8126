import type pg from 'pg';
import type { deliveryFormats, deliveryModes, deliveryStates, destinationKinds, shipmentStates } from '../../contract/deliveries.ts';
import { unfollowAudience } from '../../stored/changes/take-changes.ts';
import type { Trouble } from '../destinations/store.ts';
import { consumerOf } from '../shipping/take-up.ts';

type Connection = pg.Pool | pg.PoolClient;

/** A shipment as its history shows it. */
export interface ShipmentRow {
  shipmentId: number;
  state: (typeof shipmentStates)[number];
  isWhole: boolean;
  entered: number;
  left: number;
  sent: number;
  failures: number;
  status: number | null;
  trouble: Trouble | null;
  dueAt: Date;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface DeliveryRow {
  deliveryId: number;
  audienceId: number;
  destinationId: number;
  destination: string;
  kind: (typeof destinationKinds)[number];
  mode: (typeof deliveryModes)[number];
  format: (typeof deliveryFormats)[number];
  isFull: boolean;
  pauseMinutes: number;
  state: (typeof deliveryStates)[number];
  trouble: Trouble | null;
  createdAt: Date;
  createdBy: string;
  endedAt: Date | null;
}

const deliveryColumns = `delivery_id as "deliveryId", audience_id as "audienceId", destination_id as "destinationId", t.name as destination, t.kind, mode, format,
  is_full as "isFull", pause_minutes as "pauseMinutes", state, d.trouble, d.created_at as "createdAt", d.created_by as "createdBy", ended_at as "endedAt"`;
const shipmentColumns = `shipment_id as "shipmentId", state, is_whole as "isWhole", entered_count as entered, left_count as left, sent, failures, status, trouble,
  due_at as "dueAt", created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`;

export async function readDeliveries(connection: Connection, asked: { audienceId?: number; deliveryId?: number; limit: number; offset: number }): Promise<{ rows: DeliveryRow[]; total: number }> {
  const where = '($1::int is null or audience_id = $1) and ($2::int is null or delivery_id = $2)';
  const filters = [asked.audienceId ?? null, asked.deliveryId ?? null];
  const { rows } = await connection.query<DeliveryRow>(
    `select ${deliveryColumns} from audience_delivery d join audience_destination t using (destination_id) where ${where} order by delivery_id desc limit $3 offset $4`,
    [...filters, asked.limit, asked.offset]);
  const { rows: [{ total }] } = await connection.query<{ total: number }>(`select count(*)::int as total from audience_delivery where ${where}`, filters);
  return { rows, total };
}

/** The newest shipment of each of these deliveries that somebody has begun, or else the one that waits. */
export async function readLastShipments(connection: Connection, deliveryIds: readonly number[]): Promise<Map<number, ShipmentRow>> {
  const { rows } = await connection.query<ShipmentRow & { deliveryId: number }>(
    `select distinct on (delivery_id) delivery_id as "deliveryId", ${shipmentColumns} from audience_shipment where delivery_id = any($1::int[])
      order by delivery_id, started_at is null, shipment_id desc`, [deliveryIds]);
  return new Map(rows.map(({ deliveryId, ...row }) => [deliveryId, row]));
}

export async function readShipments(connection: Connection, deliveryId: number, limit: number, offset: number): Promise<{ rows: ShipmentRow[]; total: number }> {
  const { rows } = await connection.query<ShipmentRow>(`select ${shipmentColumns} from audience_shipment where delivery_id = $1 order by shipment_id desc limit $2 offset $3`, [deliveryId, limit, offset]);
  const { rows: [{ total }] } = await connection.query<{ total: number }>('select count(*)::int as total from audience_shipment where delivery_id = $1', [deliveryId]);
  return { rows, total };
}

/** Ends deliveries that are not over, in the caller's transaction: nothing more of them is sent, and whose it was is forgotten. */
async function endDeliveries(client: pg.PoolClient, deliveryIds: readonly number[], now: Date): Promise<void> {
  await client.query("update audience_delivery set state = 'ended', ended_at = $2 where delivery_id = any($1::int[])", [deliveryIds, now]);
  await client.query(
    `update audience_shipment set state = 'dropped', entered = null, left_members = null, until_no = null, held_until = null, ended_at = $2
      where delivery_id = any($1::int[]) and state in ('waiting', 'running')`, [deliveryIds, now]);
  const { rows } = await client.query<{ deliveryId: number; audienceId: number }>(
    'select delivery_id as "deliveryId", audience_id as "audienceId" from audience_delivery where delivery_id = any($1::int[])', [deliveryIds]);
  for (const { deliveryId, audienceId } of rows) await unfollowAudience(client, consumerOf(deliveryId), audienceId);
}

/** How many were ended. */
export async function endDeliveriesTo(client: pg.PoolClient, destinationId: number, now: Date): Promise<number> {
  const { rows } = await client.query<{ deliveryId: number }>(
    `select delivery_id as "deliveryId" from audience_delivery where destination_id = $1 and state in ('active', 'stopped') for update`, [destinationId]);
  await endDeliveries(client, rows.map((row) => row.deliveryId), now);
  return rows.length;
}

/** Whether it was there and not over. */
export async function endOneDelivery(client: pg.PoolClient, deliveryId: number, now: Date): Promise<DeliveryRow | undefined> {
  const { rows: [delivery] } = await readDeliveries(client, { deliveryId, limit: 1, offset: 0 });
  const { rowCount } = await client.query(`select from audience_delivery where delivery_id = $1 and state in ('active', 'stopped') for update`, [deliveryId]);
  if (rowCount === 0) return undefined;
  await endDeliveries(client, [deliveryId], now);
  return delivery;
}
