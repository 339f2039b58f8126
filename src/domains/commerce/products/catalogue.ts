import { asc, count, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Platform } from '../../../platform/platform.ts';
import { product } from '../schema.ts';

export type CatalogueProduct = typeof product.$inferSelect;

/** One product of the catalogue, or undefined. */
export async function findProduct({ db }: Platform, productId: string): Promise<CatalogueProduct | undefined> {
  const [found] = await db.select().from(product).where(eq(product.productId, productId));
  return found;
}

/** The names of products; those without a name are left out. */
export async function namesOf({ db }: Platform, productIds: string[]): Promise<Map<string, string>> {
  if (productIds.length === 0) return new Map();
  const rows = await db.select({ id: product.productId, name: product.name }).from(product).where(inArray(product.productId, productIds));
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}

/** Categories with their number of products, the largest first. */
export async function categoriesOf({ db }: Platform): Promise<{ category: string; products: number }[]> {
  const products = count();
  const rows = await db
    .select({ category: product.category, products })
    .from(product)
    .where(isNotNull(product.category))
    .groupBy(product.category)
    .orderBy(desc(products), asc(product.category));
  return rows.map((row) => ({ category: row.category ?? '', products: row.products }));
}
