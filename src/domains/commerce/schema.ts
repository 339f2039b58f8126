import { numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { productStatuses } from './contract.ts';

export const product = pgTable('product', {
  productId: text('product_id').primaryKey(),
  name: text('name'),
  category: text('category'),
  brand: text('brand'),
  listPrice: numeric('list_price', { precision: 18, scale: 4 }),
  status: text('status', { enum: productStatuses }).notNull(),
  firstSeenAt: timestamp('first_seen_at', { withTimezone: true }).notNull(),
  describedAt: timestamp('described_at', { withTimezone: true }).notNull(),
});
