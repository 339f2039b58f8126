import { z } from 'zod';
import { askInStream, question } from '../../../platform/clickhouse/query.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type ProductStatement, upsertProducts } from './upsert.ts';

const soldByImport = question({
  name: 'products of an import',
  sql: `select product_id as productId,
      argMaxIf(product_name, occurred_at, product_name != '') as name,
      argMaxIf(category, occurred_at, category != '') as category,
      argMaxIf(brand, occurred_at, brand != '') as brand,
      toString(argMaxIf(unit_price, occurred_at, kind = 'sale' and unit_price > 0)) as price,
      max(occurred_at) as saidAt
    from order_line where import_id = {importId:UInt32} and product_id != '' group by product_id`,
  params: z.object({ importId: z.int() }),
  row: z.object({ productId: z.string(), name: z.string(), category: z.string(), brand: z.string(), price: z.string(), saidAt: z.string() }),
  limits: { timeoutMs: 600_000, memoryBytes: 4 * 2 ** 30 },
});

const atOnce = 5_000;

/** Takes the products that order lines of an import name into the catalogue, as the newest of them does. May be repeated. */
export async function learnProducts({ pg, clickhouse }: Platform, importId: number): Promise<void> {
  let some: ProductStatement[] = [];
  const write = (): Promise<void> => upsertProducts(pg, some.splice(0), importId);
  for await (const { price, saidAt, ...said } of askInStream(clickhouse, soldByImport, { importId })) {
    some.push({ ...said, listPrice: parseDecimal(price) || null, at: new Date(saidAt) });
    if (some.length >= atOnce) await write();
  }
  await write();
}

/** Takes those out of the catalogue that nobody else has spoken of. */
export async function forgetProducts({ pg }: Platform, importId: number): Promise<void> {
  await pg.query('delete from product where import_id = $1', [importId]);
}
