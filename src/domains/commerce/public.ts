/** The server door of the commerce domain. */
export { createCommerce, type Commerce } from './commerce.ts';
export { lineCondition, lineParams, type LineParams, momentsOf, momentText } from './lines/condition.ts';
export type { LastOrder } from './analytics/last-orders.ts';
export type { OrderCursor, OrdersPage } from './person/orders-of.ts';
export { namesOf as productNamesOf } from './products/catalogue.ts';
export type { ProductStatement } from './products/upsert.ts';
