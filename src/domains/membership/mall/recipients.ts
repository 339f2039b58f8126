import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { openText, sealText } from '../../../platform/secrets.ts';
import { recordAudit } from '../../access/public.ts';
import type { MallOrderState, MallRecipient } from '../contract/mall.ts';
import { demandOrder } from './orders/store.ts';

/** What is sealed for one order cannot be moved to another. */
const purposeOf = (orderNo: number): string => `recipient of exchange ${orderNo}`;
const open = (secret: string, orderNo: number, sealed: Buffer): MallRecipient => JSON.parse(openText(secret, purposeOf(orderNo), sealed)) as MallRecipient;

/** What can still be sent somewhere else. */
const changeable: readonly MallOrderState[] = ['opened', 'reserved', 'paying', 'confirmed'];
/** A parcel that was sent may come back: only after so long nobody needs its address any more. */
const keptDays = 90;

/** Says where the parcel of an order goes, in place of what was said before; of others' orders, given a lineage, it knows nothing. Refused once it was sent. */
export async function setRecipient({ pg: pool, secret, clock }: Platform, orderNo: number, recipient: MallRecipient, actor: Actor, lineage?: readonly number[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select from mall_order where order_no = $1 for update', [orderNo]);
    const { customerNo, delivery, state } = await demandOrder(client, orderNo);
    if (lineage && !lineage.includes(customerNo)) throw notFound('membership.mall_order_not_found', { orderNo });
    if (delivery.kind !== 'shipment' || !changeable.includes(state)) throw conflict('membership.mall_nothing_to_send', { orderNo });
    await client.query(
      'insert into mall_recipient (order_no, sealed, given_at) values ($1, $2, $3) on conflict (order_no) do update set sealed = excluded.sealed, given_at = excluded.given_at',
      [orderNo, sealText(secret, purposeOf(orderNo), JSON.stringify(recipient)), clock.now()]);
    if (actor.kind === 'staff') await recordAudit(client, { actor, action: 'membership.set_recipient', subject: `mall_order:${orderNo}` });
  });
}

/** Where a parcel goes, in full; who read it stands in the audit log before it is told. */
export async function revealRecipient({ pg: pool, secret }: Platform, orderNo: number, actor: Actor): Promise<MallRecipient> {
  return inTransaction(pool, async (client) => {
    const { rows: [row] } = await client.query<{ sealed: Buffer }>('select sealed from mall_recipient where order_no = $1', [orderNo]);
    if (!row) throw notFound('membership.no_recipient', { orderNo });
    await recordAudit(client, { actor, action: 'membership.reveal_recipient', subject: `mall_order:${orderNo}` });
    return open(secret, orderNo, row.sealed);
  });
}

/** Where the parcels of these orders go, as far as that was said: for who they belong to. */
export async function recipientsOf(pool: pg.Pool, secret: string, orderNos: readonly number[]): Promise<Map<number, MallRecipient>> {
  const { rows } = await pool.query<{ orderNo: number; sealed: Buffer }>('select order_no as "orderNo", sealed from mall_recipient where order_no = any($1::bigint[])', [orderNos]);
  return new Map(rows.map(({ orderNo, sealed }) => [orderNo, open(secret, orderNo, sealed)]));
}

/** Forgets where parcels went that were sent or called off long ago. */
export async function forgetRecipients({ pg: pool, clock }: Platform): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from mall_recipient using mall_order o where mall_recipient.order_no = o.order_no and o.ended_at < $1', [new Date(clock.now().getTime() - keptDays * 86_400_000)]);
  return rowCount ?? 0;
}
