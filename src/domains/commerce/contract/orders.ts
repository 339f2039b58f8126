import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery } from '../../../kernel/page.ts';
import { lineFilters, optionalPeriod } from './filters.ts';

const decimalText = z.string();

/**
 * An order as far as its lines match what was asked: of an order of June that was refunded in July,
 * a list of June shows the sale and a list of July the refund. So a list adds up to the reports.
 */
export const orderRow = z.object({
  /** Names the order in addresses: 64 bits as digits. */
  orderKey: z.string(),
  orderId: z.string(),
  source: z.string(),
  /** When the first of its matching lines happened. */
  occurredAt: z.string(),
  /** Who it counts for today; null when it belongs to nobody. */
  customerNo: z.number().int().nullable(),
  channel: z.string(),
  region: z.string(),
  lines: z.number().int(),
  /** Pieces sold. */
  units: decimalText,
  sales: decimalText,
  /** What was given back, not negative. */
  refunded: decimalText,
  /** `sales` less `refunded`. */
  net: decimalText,
  currency: z.string(),
});
export type OrderRow = z.output<typeof orderRow>;

/** Whose order it is, masked; null without a name, and for who may not see customers. */
const namedOrder = orderRow.extend({ customerName: z.string().nullable() });

const orderFilters = {
  ...optionalPeriod,
  ...lineFilters,
  /** `sale`: orders with a sale; `refund`: orders with a refund. */
  kind: z.enum(['sale', 'refund']).optional(),
};

/** `q` is an order number, exactly as the shop wrote it. */
export const listOrders = endpoint({
  method: 'GET',
  path: '/api/orders',
  summary: 'Orders, newest first; sort by occurredAt, sales, refunded, net, units or lines',
  access: 'commerce.read',
  query: pageQuery.extend(orderFilters),
  reply: pageOf(namedOrder),
});

export const exportOrders = endpoint({
  method: 'GET',
  path: '/api/orders/export',
  summary: 'The same orders as a CSV file, at most a million',
  access: 'commerce.export',
  query: pageQuery.pick({ sort: true, q: true }).extend(orderFilters),
  reply: z.string(),
  raw: true,
});

const orderLine = z.object({
  factId: z.string(),
  occurredAt: z.string(),
  kind: z.enum(['sale', 'refund']),
  productId: z.string(),
  productName: z.string(),
  category: z.string(),
  brand: z.string(),
  quantity: decimalText,
  unitPrice: decimalText,
  /** Negative for a refund. */
  amount: decimalText,
});

export const readOrder = endpoint({
  method: 'GET',
  path: '/api/orders/:orderKey',
  summary: 'One order with all of its lines and refunds',
  access: 'commerce.read',
  params: z.object({ orderKey: z.string().regex(/^\d{1,20}$/) }),
  reply: z.object({ order: namedOrder, lines: z.array(orderLine), linesLeftOut: z.number().int(), computedAt: z.iso.datetime() }),
});

export const listFacets = endpoint({
  method: 'GET',
  path: '/api/order-facets',
  summary: 'The channels, regions, categories and brands that occur in orders, the most frequent first',
  access: 'commerce.read',
  reply: z.object({
    channels: z.array(z.string()),
    regions: z.array(z.string()),
    categories: z.array(z.string()),
    brands: z.array(z.string()),
  }),
});

export const readOrdersOfCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customerNo/orders',
  summary: 'The orders of a customer and of everybody who became part of them, newest first; `next` of a page asks for the one after it',
  access: 'commerce.read',
  params: z.object({ customerNo: z.coerce.number().int().min(1).max(2_147_483_647) }),
  query: z.object({
    beforeAt: z.iso.datetime().optional(),
    beforeKey: z.string().regex(/^\d{1,20}$/).default('0'),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  reply: z.object({
    orders: z.array(orderRow),
    next: z.object({ occurredAt: z.string(), orderKey: z.string() }).nullable(),
    computedAt: z.iso.datetime(),
  }),
});
