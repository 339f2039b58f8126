import type pg from 'pg';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../kernel/bitmap/portable-read.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { HeldDataSource } from '../../customers/public.ts';
import { readMembers } from '../stored/membership/read-membership.ts';
import { bytesOf } from '../stored/membership/write-membership.ts';
import { addToWaiting } from './shipping/take-up.ts';

/**
 * Who is about to be sent somewhere. Of somebody who is erased nothing more is sent, and receivers of changes are told
 * by the number alone that they left, so that they can forget them too.
 */
export const heldShipments = ({ pg: pool, clock }: Platform): HeldDataSource => ({
  name: 'audience_shipment',
  async count({ customerNos }) {
    const gone = Bitmap.of(customerNos);
    return (await unsent(pool)).reduce((sum, { entered }) => sum + entered.andSize(gone), 0);
  },
  async *export({ customerNos }) {
    for (const { audience, destination, createdAt, entered } of await unsent(pool)) {
      for (const customerNo of customerNos) if (entered.has(customerNo)) yield { audience, destination, customerNo, at: createdAt.toISOString() };
    }
  },
  async erase(person) {
    const held = await this.count(person);
    const gone = Bitmap.of(person.customerNos);
    await inTransaction(pool, async (client) => {
      for (const { shipmentId, entered } of await unsent(client, true)) {
        if (entered.andSize(gone) === 0) continue;
        const rest = entered.andNot(gone);
        await client.query('update audience_shipment set entered = $2, entered_count = $3 where shipment_id = $1', [shipmentId, bytesOf(rest), rest.size]);
      }
      await tellThatTheyLeft(client, gone, clock.now());
    });
    return held;
  },
});

interface Unsent {
  shipmentId: number;
  audience: string;
  destination: string;
  createdAt: Date;
  entered: Bitmap;
}

async function unsent(connection: pg.Pool | pg.PoolClient, forUpdate = false): Promise<Unsent[]> {
  const { rows } = await connection.query<Omit<Unsent, 'entered'> & { entered: Buffer }>(
    `select shipment_id as "shipmentId", a.name as audience, t.name as destination, s.created_at as "createdAt", entered
      from audience_shipment s join audience_delivery d using (delivery_id) join audience a using (audience_id) join audience_destination t using (destination_id)
      where s.state in ('waiting', 'running') order by shipment_id ${forUpdate ? 'for update of s' : ''}`);
  return rows.map((row) => ({ ...row, entered: decodeBitmap(row.entered) }));
}

async function tellThatTheyLeft(client: pg.PoolClient, gone: Bitmap, now: Date): Promise<void> {
  const { rows } = await client.query<{ deliveryId: number; audienceId: number; versionNo: number }>(
    `select delivery_id as "deliveryId", d.audience_id as "audienceId", version_no as "versionNo" from audience_delivery d join audience_cursor c on c.audience_id = d.audience_id
      where d.mode = 'changes' and c.consumer = 'delivery:' || delivery_id order by delivery_id`);
  for (const { deliveryId, audienceId, versionNo } of rows) {
    const left = (await readMembers(client, audienceId, versionNo)).and(gone);
    await addToWaiting(client, deliveryId, { entered: Bitmap.empty, left }, now);
  }
}

