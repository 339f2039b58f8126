import type pg from 'pg';
import { type Actor, actorKey } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { type ItemBody, itemKinds, type ItemKindName } from '../contract.ts';
import { parseBody } from './parse-body.ts';

/** Something to be added under a number that was reserved for it. */
export type NumberedItem = { [K in ItemKindName]: { itemNo: number; kind: K; parentNo: number | null; body: Partial<ItemBody<K>> } }[ItemKindName];

/** Numbers of things that are not there yet, so that they can name one another. */
export async function reserveItemNos(client: pg.PoolClient, count: number): Promise<number[]> {
  const { rows } = await client.query<{ itemNo: number }>(`select nextval(pg_get_serial_sequence('plan_item', 'item_no'))::int as "itemNo" from generate_series(1, $1)`, [count]);
  return rows.map(({ itemNo }) => itemNo);
}

/**
 * Adds many things in two statements, each behind those before it under the same one, and each a change of its own as if somebody had put it
 * there by hand. Throws `planning.item_refused` and `planning.wrong_parent`.
 */
export async function addMany(client: pg.PoolClient, planNo: number, given: readonly NumberedItem[], at: Date, by: Actor): Promise<void> {
  const all = given.map((item) => ({ ...item, body: parseBody(item.kind, item.body) }));
  await demandParents(client, planNo, all);
  const column = <T>(of: (item: (typeof all)[number]) => T): T[] => all.map(of);
  await client.query(
    `insert into plan_item (item_no, plan_no, kind, parent_no, place, body, changed_at, changed_by) overriding system value
      select n.item_no, $1, n.kind, n.parent_no, row_number() over (partition by n.parent_no order by n.at) + coalesce(s.place, 0), n.body, $2, $3
        from unnest($4::int[], $5::text[], $6::int[], $7::jsonb[]) with ordinality as n (item_no, kind, parent_no, body, at)
          left join (select parent_no, max(place) as place from plan_item where plan_no = $1 and removed_at is null group by parent_no) s on s.parent_no is not distinct from n.parent_no`,
    [planNo, at, by.name, column(({ itemNo }) => itemNo), column(({ kind }) => kind), column(({ parentNo }) => parentNo), column(({ body }) => JSON.stringify(body))]);
  await client.query(
    `with raised as (update plan set change_no = change_no + $2 where plan_no = $1 returning change_no - $2 as before)
      insert into plan_change (plan_no, change_no, kind, item_no, fields, items, at, by_name, by_actor)
        select $1, before + n.at, 'add', n.item_no, array(select jsonb_array_elements_text(n.fields)), jsonb_build_array(jsonb_build_object('itemNo', n.item_no, 'before', '{"isRemoved": true}'::jsonb, 'after', '{"isRemoved": false}'::jsonb)), $3, $4, $7
          from raised, unnest($5::int[], $6::jsonb[]) with ordinality as n (item_no, fields, at)`,
    [planNo, all.length, at, by.name, column(({ itemNo }) => itemNo), column(({ body }) => JSON.stringify(Object.keys(body))), actorKey(by)]);
}

async function demandParents(client: pg.PoolClient, planNo: number, all: readonly Pick<NumberedItem, 'itemNo' | 'kind' | 'parentNo'>[]): Promise<void> {
  const kindOf = new Map<number | null, string>([[null, 'plan']]);
  const elsewhere = all.flatMap(({ parentNo }) => parentNo ?? []);
  const { rows } = await client.query<{ itemNo: number; kind: string }>('select item_no as "itemNo", kind from plan_item where plan_no = $1 and item_no = any($2::int[]) and removed_at is null', [planNo, elsewhere]);
  for (const { itemNo, kind } of rows) kindOf.set(itemNo, kind);
  for (const { itemNo, kind, parentNo } of all) {
    const parent = kindOf.get(parentNo);
    if (parent === undefined || !(itemKinds[kind].parents as readonly string[]).includes(parent)) throw new Problem('planning.wrong_parent', { status: 422, fields: [{ path: 'body.parentNo', code: 'wrong_parent' }] });
    kindOf.set(itemNo, kind);
  }
}
