import type pg from 'pg';
import { readBrand } from '../../../platform/settings.ts';
import { queueCopies } from '../copies/queue.ts';
import { activeRoots } from '../merges/lineages.ts';

/** A tag given to many at once, or taken from them. */
export interface TagForMany {
  tagId: number;
  customerNos: readonly number[];
  at: Date;
  /** Who does it: a member of staff, `import 12`. */
  by: string;
}

/** When a tag of `tag` given at `at` lapses in the zone bound as `zone`; null where it does not. The day it is given is its first. */
const lapse = (at: string, zone: string): string => `least(
    (tag.valid_until + 1)::timestamp at time zone ${zone},
    ((${at} at time zone ${zone})::date + tag.valid_days)::timestamp at time zone ${zone})`;

/**
 * Gives tags by their ids. Who has the tag keeps it as it was given, for as long as the later giving lasts.
 * A computed tag is given to nobody. Returns the numbers that have something they did not have.
 */
export async function giveTags(client: pg.PoolClient, given: readonly { customerNo: number; tagId: number; at: Date; by: string }[]): Promise<number[]> {
  const { timeZone } = await readBrand(client);
  const { rows } = await client.query<{ customerNo: number }>(
    `with given as (
        select distinct on (customer_no, tag_id) g.*, tag.name, ${lapse('g.at', '$5::text')} as lapses_at
        from unnest($1::int[], $2::int[], $3::timestamptz[], $4::text[]) as g (customer_no, tag_id, at, actor)
        join tag using (tag_id) where not is_computed order by customer_no, tag_id, at
      ), added as (
        insert into customer_tag as held (customer_no, tag_id, added_at, added_by, lapses_at)
        select customer_no, tag_id, at, actor, lapses_at from given order by customer_no, tag_id
        on conflict (customer_no, tag_id) do update set lapses_at = excluded.lapses_at
          where held.lapses_at < coalesce(excluded.lapses_at, 'infinity')
        returning customer_no, tag_id, xmax = 0 as is_new
      ), noted as (
        insert into customer_change (customer_no, kind, at, actor, details)
        select customer_no, 'tag_added', at, actor, jsonb_build_object('tagId', tag_id, 'name', name)
        from given join added using (customer_no, tag_id) where is_new
      )
      select distinct customer_no as "customerNo" from added where is_new`,
    [given.map((g) => g.customerNo), given.map((g) => g.tagId), given.map((g) => g.at), given.map((g) => g.by), timeZone]);
  const customerNos = rows.map((row) => row.customerNo);
  await queueCopies(client, customerNos);
  return customerNos;
}

/** Gives a tag to whoever these numbers count as today and returns to how many it was new. Numbers of nobody are left out. */
export async function giveToMany(client: pg.PoolClient, { tagId, customerNos, at, by }: TagForMany): Promise<number> {
  const roots = await activeRoots(client, customerNos);
  return (await giveTags(client, roots.map((customerNo) => ({ customerNo, tagId, at, by })))).length;
}

/** Takes a tag from these people, and from everybody who became part of them; returns how many of them had it. */
export async function takeFromMany(client: pg.PoolClient, { tagId, customerNos, at, by }: TagForMany): Promise<number> {
  const roots = await activeRoots(client, customerNos);
  const { rows } = await client.query<{ rootNo: number }>(
    `with recursive part (root_no, customer_no) as (
        select no, no from unnest($1::int[]) as n (no)
        union all
        select p.root_no, c.customer_no from customer c join part p on c.merged_into = p.customer_no where c.status = 1
      ), taken as (
        delete from customer_tag held using part where held.tag_id = $2 and held.customer_no = part.customer_no returning root_no
      ), noted as (
        insert into customer_change (customer_no, kind, at, actor, details)
        select root_no, 'tag_removed', $3, $4, jsonb_build_object('tagId', tag_id, 'name', name)
        from (select distinct root_no from taken) as people, tag where tag_id = $2
      )
      select distinct root_no as "rootNo" from taken`, [roots, tagId, at, by]);
  await queueCopies(client, rows.map((row) => row.rootNo));
  return rows.length;
}
