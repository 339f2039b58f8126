import type pg from 'pg';
import type { z } from 'zod';
import type { Day } from '../../../../kernel/day.ts';
import { notFound } from '../../../../kernel/problem.ts';
import { parseSort } from '../../../../kernel/page.ts';
import type { listMallOrders, MallDelivery, MallItemDefinition, MallOrderState } from '../../contract/mall.ts';

/** An order as it is kept; its code is sealed. */
export interface OrderRow {
  orderNo: number;
  itemNo: number;
  definition: Pick<MallItemDefinition, 'names' | 'icon' | 'color'>;
  customerNo: number;
  inputHash: Buffer;
  state: MallOrderState;
  points: number;
  money: string;
  delivery: MallDelivery;
  activityNo: number | null;
  openedAt: Date;
  openedBy: string;
  expiresAt: Date;
  endedAt: Date | null;
  document: string;
  code: Buffer | null;
  hasRecipient: boolean;
  note: string;
  reason: string;
  returnsStock: boolean;
  steps: { state: MallOrderState; at: string; by: string }[];
  attempt: number;
}

const columns = `o.order_no as "orderNo", o.item_no as "itemNo", i.definition, o.customer_no as "customerNo", o.input_hash as "inputHash", o.state, o.points, trim_scale(o.money)::text as money, o.delivery,
  o.activity_no as "activityNo", o.opened_at as "openedAt", o.opened_by as "openedBy", o.expires_at as "expiresAt", o.ended_at as "endedAt", o.document, o.code,
  exists (select from mall_recipient r where r.order_no = o.order_no) as "hasRecipient", o.note, o.reason,
  o.returns_stock as "returnsStock", o.steps, o.attempt`;
const from = 'mall_order o join mall_item i using (item_no)';
type Connection = pg.Pool | pg.PoolClient;

export async function findOrder(connection: Connection, orderNo: number): Promise<OrderRow | undefined> {
  const { rows } = await connection.query<OrderRow>({ name: 'mall.order', text: `select ${columns} from ${from} where order_no = $1`, values: [orderNo] });
  return rows[0];
}

/** 404 for an order that is not there. */
export async function demandOrder(connection: Connection, orderNo: number): Promise<OrderRow> {
  const order = await findOrder(connection, orderNo);
  if (!order) throw notFound('membership.mall_order_not_found', { orderNo });
  return order;
}

export async function findByKey(connection: Connection, key: string): Promise<OrderRow | undefined> {
  const { rows } = await connection.query<OrderRow>({ name: 'mall.order-of-key', text: `select ${columns} from ${from} where command_key = $1`, values: [key] });
  return rows[0];
}

/** How often somebody exchanged for an item, today and ever; what went back does not count. */
export async function countOrders(connection: Connection, itemNos: readonly number[], lineage: readonly number[], today: Day): Promise<Map<number, { today: number; total: number }>> {
  const { rows } = await connection.query<{ itemNo: number; today: number; total: number }>({
    name: 'mall.orders-of',
    text: `select item_no as "itemNo", count(*) filter (where opened_day = $3) as today, count(*) as total from mall_order
      where item_no = any($1::int[]) and customer_no = any($2::int[]) and state not in ('cancelled', 'reversed') and activity_no is null group by item_no`,
    values: [itemNos, lineage, today],
  });
  return new Map(rows.map(({ itemNo, ...counts }) => [itemNo, counts]));
}

export interface NewOrder extends Pick<OrderRow, 'itemNo' | 'customerNo' | 'inputHash' | 'points' | 'money' | 'delivery' | 'activityNo' | 'openedAt' | 'openedBy' | 'expiresAt'> {
  key: string;
  openedDay: Day;
}

/** Takes one of the item and opens the order in the same statement; undefined where none is left. */
export async function insertOrder(client: pg.PoolClient, order: NewOrder): Promise<number | undefined> {
  const { rows } = await client.query<{ orderNo: number }>({
    name: 'mall.open-order',
    text: `with taken as (update mall_item set taken = taken + 1 where item_no = $1 and (stock is null or taken < stock) returning item_no)
      insert into mall_order (item_no, customer_no, command_key, input_hash, state, points, money, delivery, activity_no, opened_at, opened_day, opened_by, expires_at, steps, taken_at)
      select item_no, $2, $3, $4, 'opened', $5, $6, $7, $8, $9, $10, $11, $12, jsonb_build_array(jsonb_build_object('state', 'opened', 'at', $13::text, 'by', $11::text)), $9 from taken
      returning order_no as "orderNo"`,
    values: [order.itemNo, order.customerNo, order.key, order.inputHash, order.points, order.money, order.delivery, order.activityNo, order.openedAt, order.openedDay, order.openedBy, order.expiresAt, order.openedAt.toISOString()],
  });
  return rows[0]?.orderNo;
}

/** What changes beside the state. */
export type Changes = Partial<Pick<OrderRow, 'document' | 'code' | 'note' | 'reason' | 'returnsStock'>>;

export interface Move {
  orderNo: number;
  /** Only from this state, and only while nobody else took the order over. */
  from: MallOrderState;
  attempt: number;
  to: MallOrderState;
  at: Date;
  by: string;
}

/** Moves an order on; false where it is not what it was any more. */
export async function moveOrder(connection: Connection, { orderNo, from: before, attempt, to, at, by }: Move, changes: Changes = {}): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'mall.move-order',
    text: `update mall_order set state = $4, steps = steps || jsonb_build_object('state', $4::text, 'at', $5::text, 'by', $6::text), taken_at = $7::timestamptz,
        ended_at = case when $4 in ('fulfilled', 'cancelled', 'reversed') then $7::timestamptz end,
        document = coalesce($8, document), code = coalesce($9, code), note = coalesce($10, note), reason = coalesce($11, reason), returns_stock = coalesce($12, returns_stock)
      where order_no = $1 and state = $2 and attempt = $3`,
    values: [orderNo, before, attempt, to, at.toISOString(), by, at, changes.document ?? null, changes.code ?? null, changes.note ?? null, changes.reason ?? null, changes.returnsStock ?? null],
  });
  return rowCount === 1;
}

/** Removes an order that came to nothing; false where somebody else works on it. */
export async function removeOrder(client: pg.PoolClient, { orderNo, attempt }: Pick<OrderRow, 'orderNo' | 'attempt'>): Promise<boolean> {
  const { rowCount } = await client.query("delete from mall_order where order_no = $1 and state = 'opened' and attempt = $2", [orderNo, attempt]);
  return rowCount === 1;
}

const underWay = `(state in ('opened', 'paying', 'closing', 'reversing') or (state = 'confirmed' and delivery ->> 'kind' <> 'shipment'))`;

/** Takes over orders on which nobody works any more, and those that waited for money for too long. */
export async function takeOver(pool: pg.Pool, now: Date, staleBefore: Date, limit: number): Promise<number[]> {
  const { rows } = await pool.query<{ orderNo: number }>(
    `update mall_order set attempt = attempt + 1, taken_at = $1 where order_no in (
        select order_no from mall_order where (${underWay} and taken_at < $2) or (state = 'reserved' and expires_at <= $1) limit $3 for update skip locked
      ) returning order_no as "orderNo"`, [now, staleBefore, limit]);
  return rows.map(({ orderNo }) => orderNo);
}

/** Takes over what is under way of orders whose keys begin so, whoever works on them. */
export async function takeOverKeys(pool: pg.Pool, now: Date, keysBegin: string): Promise<number[]> {
  const { rows } = await pool.query<{ orderNo: number }>(
    `update mall_order set attempt = attempt + 1, taken_at = $1 where ${underWay} and starts_with(command_key, $2) returning order_no as "orderNo"`, [now, keysBegin]);
  return rows.map(({ orderNo }) => orderNo);
}

const sorts = { openedAt: 'o.order_no', points: 'o.points' } as const;
type Asked = z.output<NonNullable<(typeof listMallOrders)['query']>>;

export async function listOrders(pool: pg.Pool, { page, pageSize, sort, state, item, customer }: Asked, lineage: readonly number[] | null): Promise<{ rows: OrderRow[]; total: number }> {
  const { field, descending } = parseSort(sort, Object.keys(sorts) as (keyof typeof sorts)[]) ?? { field: 'openedAt' as const, descending: true };
  const { rows } = await pool.query<OrderRow & { total: number }>(
    `select ${columns}, count(*) over () as total from ${from}
      where ($1::text is null or o.state = $1) and ($2::int is null or o.item_no = $2) and ($3::int[] is null or o.customer_no = any($3))
      order by ${sorts[field]} ${descending ? 'desc' : 'asc'}, o.order_no desc limit $4 offset $5`,
    [state ?? null, item ?? null, lineage ?? (customer === undefined ? null : [customer]), pageSize, (page - 1) * pageSize]);
  return { rows, total: rows[0]?.total ?? 0 };
}
