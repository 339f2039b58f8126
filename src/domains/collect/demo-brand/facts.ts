import type { DemoAccount } from '../demo/brand.ts';
import type { DemoEvent, DemoOrder, DemoProduct } from '../demo/records.ts';
import { eventRows, type EventFact } from '../facts/event-rows.ts';
import type { FrameRows } from '../facts/frame.ts';
import { orderKey, orderLineRows, type OrderLineFact } from '../facts/order-line-rows.ts';

/** What the demonstration's facts name as where they come from. */
export const demoSource = 'demo';
export const demoCurrency = 'CNY';

/** A category with those above it, as order lines and products carry it. */
export const categoryOf = (product: DemoProduct): string => `${product.parentCategory}/${product.category}`;

/** The facts of some accounts on their way into one batch of the log. */
export interface DemoFacts {
  orderLines: FrameRows<OrderLineFact>;
  events: FrameRows<EventFact>;
  add(account: DemoAccount, customerNo: number): void;
}

export function demoFacts(batchNo: number): DemoFacts {
  const orderLines = orderLineRows(batchNo);
  const events = eventRows(batchNo);
  const nextId = (): bigint => (BigInt(batchNo) << 24n) | BigInt(orderLines.rowCount);
  return {
    orderLines,
    events,
    add(account, customerNo) {
      for (const order of account.orders) addOrder(orderLines, order, customerNo, nextId);
      for (const event of account.events()) events.add(eventOf(event, customerNo));
    },
  };
}

function addOrder(rows: FrameRows<OrderLineFact>, order: DemoOrder, customerNo: number, nextId: () => bigint): void {
  const key = orderKey(demoSource, order.orderId);
  const ofOrder = { customerNo, orderKey: key, orderId: order.orderId, channel: order.channel, region: order.region,
    currency: demoCurrency, source: demoSource };
  const prices = new Map(order.lines.map((line) => [line.lineNo, line.unitPrice]));
  for (const { product, quantity, unitPrice, amount } of order.lines) {
    rows.add({ ...ofOrder, ...ofProduct(product), factId: nextId(), kind: 'sale', occurredAtMs: order.occurredAtMs, quantity, unitPrice, amount });
  }
  for (const { occurredAtMs, lines } of order.refunds) {
    for (const { lineNo, product, quantity, amount } of lines) {
      rows.add({ ...ofOrder, ...ofProduct(product), factId: nextId(), kind: 'refund', occurredAtMs, quantity: -quantity,
        unitPrice: prices.get(lineNo) ?? 0n, amount: -amount });
    }
  }
}

const ofProduct = (product: DemoProduct): Pick<OrderLineFact, 'productId' | 'productName' | 'category' | 'brand'> =>
  ({ productId: product.productId, productName: product.name, category: categoryOf(product), brand: product.brand });

const eventOf = (event: DemoEvent, customerNo: number): EventFact => ({
  eventId: uuidBytes(event.messageId),
  customerNo,
  occurredAtMs: event.occurredAtMs,
  receivedAtMs: event.occurredAtMs,
  kind: event.kind,
  name: event.name,
  properties: propertiesText(event.properties),
  channel: event.channel,
  source: demoSource,
});

/** The 16 bytes of a UUID's text; by hand, for it is done hundreds of thousands of times and seven times as quick. */
function uuidBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  for (let at = 0, byte = 0; byte < 16; at += 2) {
    if (text[at] === '-') at++;
    bytes[byte++] = (digitOf(text.charCodeAt(at)) << 4) | digitOf(text.charCodeAt(at + 1));
  }
  return bytes;
}

/** 0 to 9 stand from 48 on, a to f from 97 on. */
const digitOf = (code: number): number => (code < 58 ? code - 48 : code - 87);

/** Looks at the same product share one object of properties, whose text is made once; an order's are of that order alone. */
const texts = new WeakMap<object, string>();

function propertiesText(properties: DemoEvent['properties']): string {
  if ('order_id' in properties) return JSON.stringify(properties);
  let text = texts.get(properties);
  if (text === undefined) texts.set(properties, (text = JSON.stringify(properties)));
  return text;
}
