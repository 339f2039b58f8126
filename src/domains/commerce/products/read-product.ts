import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { notFound } from '../../../kernel/problem.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { figuresOfProduct, monthsOfProduct } from '../analytics/product-figures.ts';
import { findProduct } from './catalogue.ts';

/** One product with what it sold in all and in each of its months; 404 when the catalogue does not have it. */
export async function readOneProduct(platform: Platform, productId: string) {
  const found = await findProduct(platform, productId);
  if (!found) throw notFound('commerce.no_such_product');
  const zone = (await readBrand(platform.pg)).timeZone;
  const [[figures], months] = await Promise.all([
    ask(platform.reader, figuresOfProduct, { productId }),
    ask(platform.reader, monthsOfProduct, { productId, zone }),
  ]);
  const price = found.listPrice === null ? null : parseDecimal(found.listPrice);
  return {
    product: {
      ...found,
      ...figures,
      listPrice: price === null ? null : formatDecimal(price),
      firstSeenAt: found.firstSeenAt.toISOString(),
      describedAt: found.describedAt.toISOString(),
    },
    months,
  };
}
