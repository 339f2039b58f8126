import type pg from 'pg';
import { notFound } from '../../../kernel/problem.ts';
import type { Item, ItemKindName } from '../contract.ts';

/** An item as it is kept. */
export interface StoredItem extends Omit<Item, 'changedAt' | 'kind'> {
  kind: ItemKindName;
  place: number;
  isRemoved: boolean;
  changedAt: Date;
}

const columns = `item_no as "itemNo", kind, parent_no as "parentNo", place, body, version, changed_at as "changedAt", changed_by as "changedBy", removed_at is not null as "isRemoved"`;

export const shownItem = ({ place: _place, isRemoved: _isRemoved, changedAt, ...item }: StoredItem): Item => ({ ...item, changedAt: changedAt.toISOString() });

/** What a plan is made of, in its order: those under the same one stand in theirs. */
export async function readItems(connection: pg.Pool | pg.PoolClient, planNo: number, kinds: readonly ItemKindName[] | null): Promise<StoredItem[]> {
  const { rows } = await connection.query<StoredItem>(
    `select ${columns} from plan_item where plan_no = $1 and removed_at is null and ($2::text[] is null or kind = any($2)) order by parent_no nulls first, place, item_no`, [planNo, kinds]);
  return rows;
}

/** One item of a plan, removed or not. Throws `planning.item_not_found`. */
export async function requireItem(client: pg.PoolClient, planNo: number, itemNo: number): Promise<StoredItem> {
  const { rows: [item] } = await client.query<StoredItem>(`select ${columns} from plan_item where plan_no = $1 and item_no = $2`, [planNo, itemNo]);
  if (!item) throw notFound('planning.item_not_found', { itemNo });
  return item;
}

/** An item that is in the plan. Throws `planning.item_not_found`. */
export async function requirePresent(client: pg.PoolClient, planNo: number, itemNo: number): Promise<StoredItem> {
  const item = await requireItem(client, planNo, itemNo);
  if (item.isRemoved) throw notFound('planning.item_not_found', { itemNo });
  return item;
}

/** Some items, whichever plan they are of. */
export async function readSome(client: pg.PoolClient, itemNos: readonly number[]): Promise<StoredItem[]> {
  const { rows } = await client.query<StoredItem>(`select ${columns} from plan_item where item_no = any($1::int[])`, [itemNos]);
  return rows;
}

/** It and everything under it. */
export async function readBranch(client: pg.PoolClient, itemNo: number): Promise<number[]> {
  const { rows } = await client.query<{ itemNo: number }>(
    `with recursive branch as (
        select item_no from plan_item where item_no = $1
        union all select i.item_no from plan_item i join branch b on i.parent_no = b.item_no where i.removed_at is null)
      select item_no as "itemNo" from branch`, [itemNo]);
  return rows.map((row) => row.itemNo);
}
