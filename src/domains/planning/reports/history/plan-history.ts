import type pg from 'pg';
import type { Item, ItemKindName, PlanChange } from '../../contract.ts';
import type { Became, State } from '../../items/changes.ts';
import { fieldsBack } from '../../items/merge.ts';

/** Something of a plan as it was at a moment. */
export interface PastItem extends Pick<Item, 'itemNo' | 'parentNo'> {
  kind: ItemKindName;
  body: Item['body'];
  isRemoved: boolean;
}

/** A change with what it made of what. */
export interface KeptChange extends Pick<PlanChange, 'changeNo' | 'kind' | 'itemNo' | 'itemKind' | 'by'> {
  at: Date;
  items: Became[];
}

/** A plan as it was when days began and when they ended, and what was changed within them, in its order. */
export interface PlanHistory {
  before: ReadonlyMap<number, PastItem>;
  after: ReadonlyMap<number, PastItem>;
  changes: readonly KeptChange[];
}

/** Reads a plan between two moments: what it is now, with every later change taken back. */
export async function readHistory(connection: pg.Pool | pg.PoolClient, planNo: number, from: Date, until: Date): Promise<PlanHistory> {
  const { rows: items } = await connection.query<PastItem>('select item_no as "itemNo", kind, parent_no as "parentNo", body, removed_at is not null as "isRemoved" from plan_item where plan_no = $1 order by place, item_no', [planNo]);
  // After the items: a change that is made meanwhile is taken back from something that does not have it yet, which alters nothing.
  const { rows: changes } = await connection.query<KeptChange>(
    `select c.change_no as "changeNo", c.kind, c.item_no as "itemNo", i.kind as "itemKind", c.by_name as by, c.at, c.items from plan_change c join plan_item i using (item_no)
      where c.plan_no = $1 and c.at >= $2 order by c.change_no desc`, [planNo, from]);
  const [later, within] = [changes.filter(({ at }) => at >= until), changes.filter(({ at }) => at < until)];
  const after = takenBack(new Map(items.map((item) => [item.itemNo, item])), later);
  return { after, before: takenBack(after, within), changes: within.toReversed() };
}

/** Items as they were before changes, which are given from the newest to the oldest. Of a body only what a change made another: what is kept with it may be of before other changes, as where something is undone that others came after. */
export function takenBack(items: ReadonlyMap<number, PastItem>, changes: readonly Pick<KeptChange, 'items'>[]): Map<number, PastItem> {
  const back = new Map(items);
  for (const { itemNo, before, after } of changes.flatMap((change) => change.items)) {
    const item = back.get(itemNo);
    if (item) back.set(itemNo, { ...item, ...known(before), ...(before.body && after.body && { body: fieldsBack(item.body, before.body, after.body) }) });
  }
  return back;
}

const known = ({ parentNo, isRemoved }: Partial<State>): Partial<PastItem> => ({ ...(parentNo === undefined ? {} : { parentNo }), ...(isRemoved === undefined ? {} : { isRemoved }) });
