import type pg from 'pg';
import { noteChange } from '../changes.ts';
import { queueCopies } from '../copies/queue.ts';

/** A tag given to a customer by name; a name that does not exist yet is made. */
export interface GivenTag {
  customerNo: number;
  name: string;
  at: Date;
  /** Who gave it: a member of staff, `import 12`. */
  by: string;
}

export interface Tags {
  /** Gives tags, in the caller's transaction; one the customer already has changes nothing. Names differ by more than case. */
  add(client: pg.PoolClient, given: readonly GivenTag[]): Promise<void>;
}

export const tags: Tags = {
  async add(client, given) {
    const meant = given.filter((g) => g.customerNo > 0);
    if (meant.length === 0) return;
    const ids = await ensureTags(client, meant.map((g) => g.name));
    const { rows } = await client.query<{ customer_no: number }>(
      `with given as (
          select distinct on (customer_no, tag_id) * from unnest($1::int[], $2::int[], $3::text[], $4::timestamptz[], $5::text[])
            as g (customer_no, tag_id, name, at, actor) order by customer_no, tag_id, at
        ), added as (
          insert into customer_tag (customer_no, tag_id, added_at, added_by)
          select customer_no, tag_id, at, actor from given on conflict do nothing returning customer_no, tag_id
        ), noted as (
          insert into customer_change (customer_no, kind, at, actor, details)
          select customer_no, 'tag_added', at, actor, jsonb_build_object('tagId', tag_id, 'name', name)
          from given join added using (customer_no, tag_id)
        )
        select distinct customer_no from added`,
      [meant.map((g) => g.customerNo), meant.map((g) => ids.get(g.name.toLowerCase())), meant.map((g) => g.name),
        meant.map((g) => g.at), meant.map((g) => g.by)]);
    await queueCopies(client, rows.map((row) => row.customer_no));
  },
};

/** The ids of tags by their names in lower case, making those that are missing. */
export async function ensureTags(client: pg.PoolClient, names: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].sort();
  await client.query('insert into tag (name) select unnest($1::text[]) on conflict do nothing', [wanted]);
  const { rows } = await client.query<{ tag_id: number; key: string }>(
    'select tag_id, lower(name) as key from tag where lower(name) = any(select lower(n) from unnest($1::text[]) as n)', [wanted]);
  const ids = new Map(rows.map((row) => [row.key, row.tag_id]));
  return new Map(wanted.map((name) => [name.toLowerCase(), ids.get(name.toLowerCase()) ?? 0]));
}

/** A tag of a customer's lineage and since when. */
export interface HeldTag {
  customerNo: number;
  tagId: number;
  name: string;
  addedAt: Date;
  addedBy: string;
}

export async function readTags(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<HeldTag[]> {
  const { rows } = await connection.query<HeldTag>({
    name: 'customers.tags',
    text: `select customer_no as "customerNo", tag_id as "tagId", name, added_at as "addedAt", added_by as "addedBy"
      from customer_tag join tag using (tag_id) where customer_no = any($1::int[]) order by added_at, tag_id`,
    values: [customerNos],
  });
  return rows;
}

/** Takes a tag from a whole lineage; false where none of it had the tag. */
export async function removeTag(client: pg.PoolClient, lineage: readonly number[], tagId: number, at: Date, actor: string): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(
    `delete from customer_tag using tag where customer_tag.tag_id = tag.tag_id and customer_no = any($1::int[]) and tag.tag_id = $2
      returning tag.name`, [lineage, tagId]);
  if (rows.length === 0) return false;
  await noteChange(client, { customerNo: lineage[0], kind: 'tag_removed', at, actor, details: { tagId, name: rows[0].name } });
  await queueCopies(client, [lineage[0]]);
  return true;
}

/** Every tag there is, by name. */
export async function readAllTags(connection: pg.Pool | pg.PoolClient): Promise<{ tagId: number; name: string }[]> {
  const { rows } = await connection.query<{ tagId: number; name: string }>('select tag_id as "tagId", name from tag order by name limit $1', [mostTags]);
  return rows;
}

/** As many as anybody would choose from. */
const mostTags = 2_000;
