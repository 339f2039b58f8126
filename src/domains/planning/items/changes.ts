import type pg from 'pg';
import { type Actor, actorKey } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { ItemKindName, PlanChange } from '../contract.ts';

/** What can be changed of an item. */
export interface State {
  body: Readonly<Record<string, unknown>>;
  parentNo: number | null;
  place: number;
  isRemoved: boolean;
}

/** What became of one item, in those things that are others now. */
export interface Became {
  itemNo: number;
  before: Partial<State>;
  after: Partial<State>;
}

/** A change to be kept. */
export interface NewChange {
  planNo: number;
  kind: PlanChange['kind'];
  itemNo: number;
  fields: string[];
  items: Became[];
  undoes?: number;
  at: Date;
  by: Actor;
}

interface DoneChange {
  itemNo: number;
  itemKind: ItemKindName;
  fields: string[];
  items: Became[];
}

/** Whoever changes a plan waits here for the others. Throws `planning.plan_not_found`. */
export async function lockPlan(client: pg.PoolClient, planNo: number): Promise<void> {
  const { rowCount } = await client.query('select from plan where plan_no = $1 for update', [planNo]);
  if (rowCount === 0) throw notFound('planning.plan_not_found', { planNo });
}

/** Changes items in the same way, and raises their versions. */
export async function applyChange(client: pg.PoolClient, itemNos: readonly number[], change: Partial<State>, at: Date, by: string): Promise<void> {
  await client.query(
    `update plan_item set version = version + 1, changed_at = $2, changed_by = $3, body = coalesce($4, body), place = coalesce($5, place),
        parent_no = case when $6 then $7 else parent_no end, removed_at = case when $8::boolean is null then removed_at when $8 then $2 end
      where item_no = any($1::int[])`,
    [itemNos, at, by, change.body ? JSON.stringify(change.body) : null, change.place ?? null, change.parentNo !== undefined, change.parentNo ?? null, change.isRemoved ?? null]);
}

/** Keeps what was done, under the plan's next number. */
export async function recordChange(client: pg.PoolClient, { planNo, kind, itemNo, fields, items, undoes, at, by }: NewChange): Promise<number> {
  const { rows: [{ changeNo }] } = await client.query<{ changeNo: number }>(
    `with raised as (update plan set change_no = change_no + 1 where plan_no = $1 returning change_no)
      insert into plan_change (plan_no, change_no, kind, item_no, fields, items, undoes, at, by_name, by_actor)
        select $1, change_no, $2, $3, $4, $5, $6, $7, $8, $9 from raised returning change_no as "changeNo"`,
    [planNo, kind, itemNo, fields, JSON.stringify(items), undoes ?? null, at, by.name, actorKey(by)]);
  return changeNo;
}

/** A change with what it did. Throws `planning.change_not_found`. */
export async function requireChange(client: pg.PoolClient, planNo: number, changeNo: number): Promise<DoneChange> {
  const { rows: [change] } = await client.query<DoneChange>(
    'select item_no as "itemNo", i.kind as "itemKind", c.fields, c.items from plan_change c join plan_item i using (item_no) where c.plan_no = $1 and change_no = $2', [planNo, changeNo]);
  if (!change) throw notFound('planning.change_not_found', { changeNo });
  return change;
}

const mostChanges = 500;

/** Changes after one, oldest first; without one the newest, newest first. */
export async function readChanges(connection: pg.Pool | pg.PoolClient, planNo: number, after: number | null): Promise<PlanChange[]> {
  const { rows } = await connection.query<Omit<PlanChange, 'at'> & { at: Date }>(
    `select c.change_no as "changeNo", c.kind, c.item_no as "itemNo", i.kind as "itemKind", c.fields, c.at, c.by_name as by, c.undoes,
        left(coalesce(nullif(i.body ->> 'name', ''), i.body ->> 'text', i.body #>> '{person,name}', under.body ->> 'name'), 80) as name,
        case i.kind when 'program_place' then i.body ->> 'program' when 'stage' then 'stage:' || (i.body ->> 'stage') when 'criterion' then 'stage:' || (under.body ->> 'stage') when 'lane_plan' then 'lane:' || (i.body ->> 'lane') end as "of"
      from plan_change c join plan_item i using (item_no) left join plan_item under on under.item_no = i.parent_no where c.plan_no = $1 and c.change_no > coalesce($2, 0)
      order by case when $2::bigint is null then -c.change_no else c.change_no end limit ${mostChanges}`, [planNo, after]);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
