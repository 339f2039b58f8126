import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery } from '../../../kernel/page.ts';
import { optionalPeriod, textList } from './filters.ts';

export const productStatuses = ['active', 'retired'] as const;

const decimalText = z.string();

const product = z.object({
  productId: z.string(),
  name: z.string().nullable(),
  category: z.string().nullable(),
  brand: z.string().nullable(),
  listPrice: decimalText.nullable(),
  status: z.enum(productStatuses),
  firstSeenAt: z.iso.datetime(),
  describedAt: z.iso.datetime(),
});

/** What was sold and given back of a product within the period. */
const productFigures = z.object({
  sales: decimalText,
  refunded: decimalText,
  units: decimalText,
  orders: z.number().int(),
});

const productRow = product.extend(productFigures.shape);
export type ProductRow = z.output<typeof productRow>;

const productFilters = {
  ...optionalPeriod,
  category: textList,
  brand: textList,
  status: z.enum(productStatuses).optional(),
};

/** `q` is a part of a product's id or name. */
export const listProducts = endpoint({
  method: 'GET',
  path: '/api/products',
  summary: 'Products with their figures; sort by productId, name, listPrice, sales, refunded, units or orders',
  access: 'commerce.read',
  query: pageQuery.extend(productFilters),
  reply: pageOf(productRow),
});

export const exportProducts = endpoint({
  method: 'GET',
  path: '/api/products/export',
  summary: 'The same products as a CSV file',
  access: 'commerce.export',
  query: pageQuery.pick({ sort: true, q: true }).extend(productFilters),
  reply: z.string(),
  raw: true,
});

export const readProduct = endpoint({
  method: 'GET',
  path: '/api/products/:productId',
  summary: 'One product, what it sold in all and in each of its months',
  access: 'commerce.read',
  params: z.object({ productId: z.string().min(1).max(200) }),
  reply: z.object({
    product: productRow,
    /** Months with lines, the oldest first; `month` is its first day. */
    months: z.array(productFigures.extend({ month: z.string() })),
    computedAt: z.iso.datetime(),
  }),
});

export const listCategories = endpoint({
  method: 'GET',
  path: '/api/categories',
  summary: 'Categories of the catalogue and how many products each has',
  access: 'commerce.read',
  reply: z.object({ categories: z.array(z.object({ category: z.string(), products: z.number().int() })) }),
});
