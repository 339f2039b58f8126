import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { namedOnce } from './named-once.ts';

const mostCategories = 200;

/** A category and how many tags it holds. */
export interface Category {
  categoryId: number;
  name: string;
  tags: number;
}

export async function readCategories(pool: pg.Pool): Promise<{ categories: Category[]; uncategorised: number }> {
  const [{ rows: categories }, { rows }] = await Promise.all([
    pool.query<Category>(
      `select category_id as "categoryId", k.name, (select count(*)::int from tag_card c where c.category_id = k.category_id and kind <> 'tier') as tags
        from tag_category k order by position, category_id`),
    pool.query<{ total: number }>(
      "select count(*)::int as total from tag left join tag_card c using (tag_id) where c.category_id is null and c.kind is distinct from 'tier'"),
  ]);
  return { categories, uncategorised: rows[0].total };
}

export const makeCategory = (pool: pg.Pool, name: string, actor: Actor): Promise<Category> =>
  namedOnce('audiences.category_taken', name, () => inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ categoryId: number; position: number }>(
      `insert into tag_category (name, position) select $1, count(*)::int from tag_category having count(*) < $2
        returning category_id as "categoryId"`, [name, mostCategories]);
    if (rows.length === 0) throw conflict('audiences.too_many_categories', { most: mostCategories });
    const { categoryId } = rows[0];
    await recordAudit(client, { actor, action: 'audiences.make_tag_category', subject: `tag_category:${categoryId}`, details: { name } });
    return { categoryId, name, tags: 0 };
  }));

export const renameCategory = (pool: pg.Pool, categoryId: number, name: string, actor: Actor): Promise<Category> =>
  namedOnce('audiences.category_taken', name, () => inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('update tag_category set name = $2 where category_id = $1', [categoryId, name]);
    if (rowCount === 0) throw notFound('audiences.category_not_found', { categoryId });
    await recordAudit(client, { actor, action: 'audiences.rename_tag_category', subject: `tag_category:${categoryId}`, details: { name } });
    const { rows } = await client.query<{ tags: number }>("select count(*)::int as tags from tag_card where category_id = $1 and kind <> 'tier'", [categoryId]);
    return { categoryId, name, tags: rows[0].tags };
  }));

/** Puts all categories in order; refused when they are not all named, because somebody made or deleted one meanwhile. */
export const orderCategories = (pool: pg.Pool, categoryIds: readonly number[], actor: Actor): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ categoryId: number }>('select category_id as "categoryId" from tag_category for update');
    const named = new Set(categoryIds);
    if (named.size !== categoryIds.length || rows.length !== named.size || !rows.every((row) => named.has(row.categoryId))) throw new Problem('audiences.categories_changed', { status: 409 });
    await client.query('update tag_category k set position = o.position from unnest($1::int[]) with ordinality as o (id, position) where o.id = k.category_id', [categoryIds]);
    await recordAudit(client, { actor, action: 'audiences.order_tag_categories', subject: 'tag_category', details: { categoryIds } });
  });

export const deleteCategory = (pool: pg.Pool, categoryId: number, actor: Actor): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ name: string }>('delete from tag_category where category_id = $1 returning name', [categoryId]);
    if (rows.length === 0) throw notFound('audiences.category_not_found', { categoryId });
    await recordAudit(client, { actor, action: 'audiences.delete_tag_category', subject: `tag_category:${categoryId}`, details: { name: rows[0].name } });
  });
