import { firstOrders } from '../question/first-orders.ts';
import type { FactTable } from './entry.ts';

/** What was bought and given back. */
export const lines: FactTable = {
  name: 'lines',
  from: 'order_line',
  at: 'occurred_at',
  customer: 'customer_no',
  columns: 'customer_no, kind, order_key, product_id, quantity, unit_price, amount, currency',
};

/** What was seen. */
export const events: FactTable = { name: 'events', from: 'event', at: 'occurred_at', customer: 'customer_no', columns: 'customer_no, kind, name, channel' };

/** People as they count today, by when they became known. */
export const customers: FactTable = {
  name: 'customers',
  from: "(select * from customer final where status = 'active')",
  at: 'created_at',
  customer: 'customer_no',
  columns: 'customer_no, is_identified, consents, identifier_kinds',
};

/** First orders of people, by when they were: nobody reads a line to know them. */
export const firstOrderTable: FactTable = {
  name: 'firstOrders',
  from: `(${firstOrders})`,
  at: 'first_at',
  customer: 'buyer',
  columns: 'buyer',
};
