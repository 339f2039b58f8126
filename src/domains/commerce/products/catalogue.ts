import type { Platform } from '../../../platform/platform.ts';
import type { productStatuses } from '../contract.ts';

export interface CatalogueProduct {
  productId: string;
  name: string | null;
  category: string | null;
  brand: string | null;
  /** A decimal as text. */
  listPrice: string | null;
  status: (typeof productStatuses)[number];
  firstSeenAt: Date;
  describedAt: Date;
}

/** One product of the catalogue, or undefined. */
export async function findProduct({ pg }: Platform, productId: string): Promise<CatalogueProduct | undefined> {
  const { rows } = await pg.query<CatalogueProduct>(
    `select product_id as "productId", name, category, brand, list_price as "listPrice", status,
       first_seen_at as "firstSeenAt", described_at as "describedAt"
     from product where product_id = $1`,
    [productId],
  );
  return rows[0];
}

/** The names of products; those without a name are left out. */
export async function namesOf({ pg }: Platform, productIds: string[]): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map();
  const { rows } = await pg.query<{ id: string; name: string }>(
    'select product_id as id, name from product where product_id = any($1::text[]) and name is not null',
    [productIds],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The list prices of products; those without one are left out. */
export async function pricesOf({ pg }: Platform, productIds: string[]): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map();
  const { rows } = await pg.query<{ id: string; price: string }>('select product_id as id, list_price as price from product where product_id = any($1::text[]) and list_price is not null', [productIds]);
  return new Map(rows.map(({ id, price }) => [id, price]));
}

/** Of product ids, those that there are. */
export async function existingOf({ pg }: Platform, productIds: string[]): Promise<Set<string>> {
  if (productIds.length === 0) return new Set();
  const { rows } = await pg.query<{ id: string }>('select product_id as id from product where product_id = any($1::text[])', [productIds]);
  return new Set(rows.map(({ id }) => id));
}

/** Categories with their number of products, the largest first. */
export async function categoriesOf({ pg }: Platform): Promise<{ category: string; products: number }[]> {
  const { rows } = await pg.query<{ category: string; products: number }>(
    'select category, count(*) as products from product where category is not null group by category order by products desc, category',
  );
  return rows;
}
