import type { z } from 'zod';
import { parseSort } from '../../../kernel/page.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { figuresOfProducts } from '../analytics/product-figures.ts';
import type { exportProducts, listProducts, ProductRow } from '../contract.ts';
import { badSort } from '../lines/bad-sort.ts';
import { bindLines } from '../lines/condition.ts';

type ProductsAsked = z.output<NonNullable<(typeof exportProducts)['query']>>;
type PageAsked = z.output<NonNullable<(typeof listProducts)['query']>>;

const sortColumns = {
  productId: 'p.product_id',
  name: 'p.name',
  listPrice: 'p.list_price',
  sales: 'coalesce(f.sales, 0)',
  refunded: 'coalesce(f.refunded, 0)',
  units: 'coalesce(f.units, 0)',
  orders: 'coalesce(f.orders, 0)',
} as const;
export const productSorts = Object.keys(sortColumns) as (keyof typeof sortColumns)[];

// The figures are of ClickHouse, the catalogue is of PostgreSQL: the figures of the period come in
// as arrays, so that one statement filters, sorts and pages over both.
const matching = `from product p
  left join unnest($1::text[], $2::numeric[], $3::numeric[], $4::numeric[], $5::int[])
    as f (product_id, sales, refunded, units, orders) using (product_id)
  where ($6 = '' or p.product_id ilike $7 or p.name ilike $7)
    and (cardinality($8::text[]) = 0 or p.category = any($8))
    and (cardinality($9::text[]) = 0 or p.brand = any($9))
    and ($10 = '' or p.status = $10)`;

const row = `p.product_id as "productId", p.name, p.category, p.brand, trim_scale(p.list_price)::text as "listPrice", p.status,
  p.first_seen_at as "firstSeenAt", p.described_at as "describedAt",
  coalesce(trim_scale(f.sales), 0)::text as sales, coalesce(trim_scale(f.refunded), 0)::text as refunded,
  coalesce(trim_scale(f.units), 0)::text as units, coalesce(f.orders, 0) as orders`;

/** A literal part of text within a pattern of `ilike`. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;

interface StoredRow extends Omit<ProductRow, 'firstSeenAt' | 'describedAt'> {
  firstSeenAt: Date;
  describedAt: Date;
}

/** Products with their figures of the period, sorted, from `offset` on at most `limit` of them, and how many match. */
export async function findProducts(platform: Platform, asked: ProductsAsked, limit: number, offset: number): Promise<{ rows: ProductRow[]; total: number }> {
  const sort = parseSort(asked.sort, productSorts);
  if (asked.sort && !sort) throw badSort(productSorts);
  const order = sort ?? { field: 'sales', descending: true };
  const period = await bindLines(platform, { from: asked.from, to: asked.to });
  const figures = await ask(platform.reader, figuresOfProducts, period);
  const params = [
    figures.map((f) => f.productId), figures.map((f) => f.sales), figures.map((f) => f.refunded), figures.map((f) => f.units),
    figures.map((f) => f.orders), asked.q ?? '', containing(asked.q ?? ''), asked.category, asked.brand, asked.status ?? '',
  ];
  const direction = order.descending ? 'desc nulls last' : 'asc nulls last';
  const [page, counted] = await Promise.all([
    platform.pg.query<StoredRow>(
      `select ${row} ${matching} order by ${sortColumns[order.field]} ${direction}, p.product_id limit $11 offset $12`,
      [...params, limit, offset]),
    platform.pg.query<{ total: number }>(`select count(*) as total ${matching}`, params),
  ]);
  const rows = page.rows.map((found) => ({
    ...found,
    firstSeenAt: found.firstSeenAt.toISOString(),
    describedAt: found.describedAt.toISOString(),
  }));
  return { rows, total: counted.rows[0].total };
}

/** One page of products. */
export const listProductsPage = (platform: Platform, asked: PageAsked) =>
  findProducts(platform, asked, asked.pageSize, (asked.page - 1) * asked.pageSize);
