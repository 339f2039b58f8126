import type pg from 'pg';
import type { Refusal } from '../../events/set-aside-reason.ts';
import type { TrackedEvent } from '../decode.ts';
import type { ProductSaid } from '../doors.ts';
import { NotANumber } from './amounts.ts';
import { type DraftLine, linesOf, orderKeyOf, OrderUnknown } from './order-events.ts';
import { productLines } from './product-lines.ts';
import { type OpenLine, readOrders, writeOrders } from './tracked-orders.ts';

/** What the events of a batch say was sold, given back and offered. */
export interface Sales {
  /** By event. */
  lines: Map<TrackedEvent, DraftLine[]>;
  products: ProductSaid[];
  refused: Map<TrackedEvent, Refusal>;
}

/** Reads sales and products out of events, in their order, and keeps what is open of each order. */
export async function readSales(client: pg.PoolClient, events: TrackedEvent[]): Promise<Sales> {
  const sales: Sales = { lines: new Map(), products: [], refused: new Map() };
  const keys = new Map<TrackedEvent, bigint>();
  for (const event of events) {
    const key = orderKeyOf(event);
    if (key !== null) keys.set(event, key);
  }
  const open = await readOrders(client, [...new Set(keys.values())]);
  const changed = new Map<bigint, OpenLine[]>();
  for (const event of events) {
    if (event.type !== 'track') continue;
    try {
      const key = keys.get(event);
      const products = productsOf(event);
      if (key !== undefined) {
        const result = linesOf(event, key, open.get(key));
        if (result.lines.length > 0) sales.lines.set(event, result.lines);
        if (result.open && result.open !== open.get(key)) {
          open.set(key, result.open);
          changed.set(key, result.open);
        }
      }
      sales.products.push(...products);
    } catch (error) {
      sales.refused.set(event, refusalOf(error));
    }
  }
  await writeOrders(client, changed);
  return sales;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof NotANumber) return { reason: 'not_a_number', path: error.path };
  if (error instanceof OrderUnknown) return { reason: 'order_unknown', path: 'properties.order_id' };
  throw error;
}

/** Events of the e-commerce specification that describe products. */
const describing = /^(?:Product (?:Viewed|Clicked|Added|Removed|Added to Wishlist)|Product List Viewed|Cart Viewed|Checkout Started|Order Completed)$/;

function productsOf(event: TrackedEvent): ProductSaid[] {
  if (!describing.test(event.name)) return [];
  const at = new Date(event.occurredAtMs);
  return productLines(event.properties)
    .filter((line) => line.productId !== '')
    .map(({ productId, name, category, brand, price }) => ({ productId, name, category, brand, listPrice: price, at }));
}
