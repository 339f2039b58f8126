import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import { activeRoots } from '../merges/lineages.ts';
import { giveTags, giveToMany, type TagForMany, takeFromMany } from './give.ts';

/** A tag given to a customer by name; a name that does not exist yet is made. */
export interface GivenTag {
  customerNo: number;
  name: string;
  at: Date;
  /** Who gave it: a member of staff, `import 12`. */
  by: string;
}

export interface Tags {
  /**
   * Gives tags, in the caller's transaction; one the customer already has lasts as long as the later giving says.
   * Names differ by more than case. A computed tag is left to whoever computes it.
   */
  add(client: pg.PoolClient, given: readonly GivenTag[]): Promise<void>;
  /** Gives one tag to many, whoever they count as today; returns to how many it was new. */
  giveToMany(client: pg.PoolClient, given: TagForMany): Promise<number>;
  /** Takes one tag from many and returns how many had it. */
  takeFromMany(client: pg.PoolClient, taken: TagForMany): Promise<number>;
  /** Deletes a tag and takes it from everybody; their histories keep both. */
  delete(client: pg.PoolClient, tagId: number, at: Date, by: string): Promise<void>;
}

export const tags: Tags = {
  async add(client, given) {
    const meant = given.filter((g) => g.customerNo > 0);
    if (meant.length === 0) return;
    const ids = await ensureTags(client, meant.map((g) => g.name));
    await giveTags(client, meant.map(({ name, ...g }) => ({ ...g, tagId: ids.get(name.toLowerCase()) ?? 0 })));
  },
  giveToMany,
  takeFromMany,
  delete: deleteTag,
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
  /** When its time is over; null where it lasts. */
  lapsesAt: Date | null;
}

export async function readTags(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[]): Promise<HeldTag[]> {
  const { rows } = await connection.query<HeldTag>({
    name: 'customers.tags',
    text: `select customer_no as "customerNo", tag_id as "tagId", name, added_at as "addedAt", added_by as "addedBy", lapses_at as "lapsesAt"
      from customer_tag join tag using (tag_id) where customer_no = any($1::int[]) order by added_at, tag_id`,
    values: [customerNos],
  });
  return rows;
}

/** A tag as such. */
export interface KnownTag {
  tagId: number;
  name: string;
  /** Who has it is computed; it is not given by hand. */
  isComputed: boolean;
}

const known = 'select tag_id as "tagId", name, is_computed as "isComputed" from tag';

async function deleteTag(client: pg.PoolClient, tagId: number, at: Date, by: string): Promise<void> {
  await client.query(
    `insert into customer_change (customer_no, kind, at, actor, details)
      select customer_no, 'tag_removed', $2, $3, jsonb_build_object('tagId', tag_id, 'name', name) from customer_tag join tag using (tag_id) where tag_id = $1`, [tagId, at, by]);
  const { rows } = await client.query<{ customer_no: number }>('delete from customer_tag where tag_id = $1 returning customer_no', [tagId]);
  await queueCopies(client, await activeRoots(client, rows.map((row) => row.customer_no)));
  await client.query('delete from tag where tag_id = $1', [tagId]);
}

/** Every tag there is, by name. */
export async function readAllTags(connection: pg.Pool | pg.PoolClient): Promise<KnownTag[]> {
  const { rows } = await connection.query<KnownTag>(`${known} order by name limit $1`, [mostTags]);
  return rows;
}

/** As many as anybody would choose from. */
const mostTags = 2_000;

/** The tag of this name, or of this id. */
export async function findTag(connection: pg.Pool | pg.PoolClient, of: { name: string } | { tagId: number }): Promise<KnownTag | undefined> {
  const { rows } = 'name' in of
    ? await connection.query<KnownTag>(`${known} where lower(name) = lower($1)`, [of.name])
    : await connection.query<KnownTag>(`${known} where tag_id = $1`, [of.tagId]);
  return rows[0];
}
