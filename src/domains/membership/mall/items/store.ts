import type pg from 'pg';
import type { z } from 'zod';
import { notFound } from '../../../../kernel/problem.ts';
import { parseSort } from '../../../../kernel/page.ts';
import { names, type Names } from '../../contract/programme.ts';
import { type listMallItems, type MallItem, type MallItemDefinition, mallItemDefinition } from '../../contract/mall.ts';

interface ItemRow extends Omit<MallItem, 'definition' | 'editedAt'> {
  definition: unknown;
  editedAt: Date;
}
const columns = `item_no as "itemNo", definition, state, version, stock, taken, edited_by as "editedBy", edited_at as "editedAt"`;
const shown = ({ definition, editedAt, ...row }: ItemRow): MallItem => ({ ...row, definition: mallItemDefinition.parse(definition), editedAt: editedAt.toISOString() });

const orders = { editedAt: 'edited_at', points: "(definition ->> 'points')::bigint", left: 'coalesce(stock - taken, 9223372036854775807)', taken: 'taken' } as const;
type Asked = z.output<NonNullable<(typeof listMallItems)['query']>>;

export async function listItems(pool: pg.Pool, { page, pageSize, sort, q, state, kind }: Asked): Promise<{ rows: MallItem[]; total: number }> {
  const { field, descending } = parseSort(sort, Object.keys(orders) as (keyof typeof orders)[]) ?? { field: 'editedAt' as const, descending: true };
  const { rows } = await pool.query<ItemRow & { total: number }>(
    `select ${columns}, count(*) over () as total from mall_item
      where ($1::text is null or position(lower($1) in lower(definition ->> 'names')) > 0) and ($2::text is null or state = $2) and ($3::text is null or definition -> 'delivery' ->> 'kind' = $3)
      order by ${orders[field]} ${descending ? 'desc' : 'asc'}, item_no desc limit $4 offset $5`,
    [q || null, state ?? null, kind ?? null, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, ...row }) => shown(row)), total: rows[0]?.total ?? 0 };
}

/** An item; locked where it is about to be changed. */
export async function findItem(connection: pg.Pool | pg.PoolClient, itemNo: number, lock: '' | 'for update' = ''): Promise<MallItem | undefined> {
  const { rows: [row] } = await connection.query<ItemRow>(`select ${columns} from mall_item where item_no = $1 ${lock}`, [itemNo]);
  return row && shown(row);
}

/** 404 for an item that is not there. */
export async function demandItem(connection: pg.Pool | pg.PoolClient, itemNo: number, lock: '' | 'for update' = ''): Promise<MallItem> {
  const item = await findItem(connection, itemNo, lock);
  if (!item) throw notFound('membership.mall_item_not_found', { itemNo });
  return item;
}

/** What items are called, of those that are there. */
export async function itemNames(pool: pg.Pool, itemNos: readonly number[]): Promise<Map<number, Names>> {
  if (itemNos.length === 0) return new Map();
  const { rows } = await pool.query<{ itemNo: number; names: unknown }>(`select item_no as "itemNo", definition -> 'names' as names from mall_item where item_no = any($1::int[])`, [itemNos]);
  return new Map(rows.map(({ itemNo, names: given }) => [itemNo, names.parse(given)]));
}

export async function listedItems(pool: pg.Pool, limit: number): Promise<MallItem[]> {
  const { rows } = await pool.query<ItemRow>(`select ${columns} from mall_item where state = 'listed' order by item_no desc limit $1`, [limit]);
  return rows.map(shown);
}

export async function insertItem(client: pg.PoolClient, definition: MallItemDefinition, by: string, now: Date): Promise<MallItem> {
  // As many as there are codes, and nothing of what has to be put on a shelf first.
  const stock = definition.delivery.kind === 'codes' || definition.delivery.kind === 'shipment' ? 0 : null;
  const { rows } = await client.query<ItemRow>(`insert into mall_item (definition, stock, edited_by, edited_at) values ($1, $2, $3, $4) returning ${columns}`, [definition, stock, by, now]);
  return shown(rows[0]);
}

export async function updateItem(client: pg.PoolClient, { itemNo, definition, state }: Pick<MallItem, 'itemNo' | 'definition' | 'state'>, by: string, now: Date): Promise<MallItem> {
  const { rows } = await client.query<ItemRow>(
    `update mall_item set definition = $2, state = $3, version = version + 1, edited_by = $4, edited_at = $5 where item_no = $1 returning ${columns}`, [itemNo, definition, state, by, now]);
  return shown(rows[0]);
}

/** Changes how many there are; null where fewer would be left than were taken. An item without a limit gets one. */
export async function addStock(client: pg.PoolClient, itemNo: number, add: number): Promise<MallItem | null> {
  const { rows } = await client.query<ItemRow>(
    `update mall_item set stock = coalesce(stock, taken) + $2 where item_no = $1 and coalesce(stock, taken) + $2 >= taken returning ${columns}`, [itemNo, add]);
  return rows[0] ? shown(rows[0]) : null;
}

/** One less is taken. */
export const returnToStock = (client: pg.PoolClient, itemNo: number) => client.query('update mall_item set taken = taken - 1 where item_no = $1', [itemNo]);

/** So many more are taken; whoever does it has locked the item and knows that they are there. */
export const takeFromStock = (client: pg.PoolClient, itemNo: number, count: number) => client.query('update mall_item set taken = taken + $2 where item_no = $1', [itemNo, count]);
