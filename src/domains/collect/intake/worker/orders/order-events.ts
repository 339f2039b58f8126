import { orderKey, type OrderLineFact } from '../../../facts/order-line-rows.ts';
import { readTime } from '../../events/event-time.ts';
import type { Bag } from '../../events/tracking-call.ts';
import { text, type TrackedEvent } from '../decode.ts';
import { channelOf } from '../identity-claims.ts';
import { allocate, amountOf } from './amounts.ts';
import { grossOf, type ProductLine, productLines } from './product-lines.ts';
import type { OpenLine } from './tracked-orders.ts';

/** What a refund cannot be made of: neither the event nor the orders known say what was given back. */
export class OrderUnknown extends Error {}

/** A line before it has its number and its person. */
export type DraftLine = Pick<OrderLineFact, 'kind' | 'orderKey' | 'orderId' | 'productId' | 'productName' | 'category' | 'brand' | 'channel'
  | 'region' | 'quantity' | 'unitPrice' | 'amount' | 'currency' | 'ofOrder'>;

/** Order events of Segment's e-commerce specification that change what was sold. */
const orderEvents: ReadonlySet<string> = new Set(['Order Completed', 'Order Refunded', 'Order Cancelled']);

/** The key of the order an event is about; null when the event is not one of those that change sales. */
export function orderKeyOf(event: TrackedEvent): bigint | null {
  if (event.type !== 'track' || !orderEvents.has(event.name)) return null;
  const orderId = orderIdOf(event.properties);
  return orderId === '' ? null : orderKey('tracker', orderId);
}

const orderIdOf = (properties: Bag): string => text(properties.order_id ?? properties.orderId).slice(0, 200);

/**
 * The lines an order event adds, and what of its order is then not given back. `open` is what was open before;
 * undefined for an order nobody has told of. Throws `NotANumber` or `OrderUnknown` for an event to be set aside.
 */
export function linesOf(event: TrackedEvent, key: bigint, open: OpenLine[] | undefined): { lines: DraftLine[]; open: OpenLine[] | undefined } {
  if (event.name === 'Order Completed') {
    // A confirmation page that is loaded again sends the order again.
    return open ? { lines: [], open } : completed(event, key);
  }
  // What was never sold cannot be cancelled: shops also cancel orders that were never completed.
  if (event.name === 'Order Cancelled') return open ? given(event, key, open, open.map(asGiven)) : { lines: [], open };
  return refunded(event, key, open);
}

function completed(event: TrackedEvent, key: bigint): { lines: DraftLine[]; open: OpenLine[] } {
  const { properties } = event;
  const products = productLines(properties.products === undefined ? { products: [] } : properties);
  const paid = paidFor(properties, products);
  const base = baseOf(event, key);
  const ofOrder = sayingOf(event);
  if (products.length === 0) {
    const line: DraftLine = { ...base, kind: 'sale', ofOrder, productId: '', productName: '', category: '', brand: '', quantity: 10_000n, unitPrice: paid, amount: paid };
    return { lines: [line], open: [openLine(line)] };
  }
  const amounts = allocate(paid, products.map(grossOf));
  const lines = products.map((product, i): DraftLine => ({
    ...base, kind: 'sale', ...named(product), quantity: product.quantity, unitPrice: product.price ?? 0n, amount: amounts[i], ...(i === 0 ? { ofOrder } : {}),
  }));
  return { lines, open: mergedByProduct(lines.map(openLine)) };
}

/** What of the order's money is not goods, or was not paid with money; a discount counts as a coupon's where a coupon is named. And when it was placed. */
function sayingOf({ properties, occurredAtMs }: Pick<TrackedEvent, 'properties' | 'occurredAtMs'>): NonNullable<DraftLine['ofOrder']> {
  const said = (name: string): bigint => {
    const amount = amountOf(properties[name], `properties.${name}`) ?? 0n;
    return amount < 0n ? -amount : amount;
  };
  const placedMs = readTime(text(properties.placed_at));
  return {
    tax: said('tax'), freight: said('shipping'), coupon_paid: text(properties.coupon) === '' ? 0n : said('discount'),
    points_paid: said('points_paid'), gift_card_paid: said('gift_card_paid'), placed_before: placedMs < occurredAtMs ? BigInt(occurredAtMs - placedMs) : 0n,
  };
}

/** After discounts, before shipping and tax: `subtotal` or `revenue`; else the lines less `discount`; else `total`. */
function paidFor(properties: Bag, products: ProductLine[]): bigint {
  const said = amountOf(properties.subtotal, 'properties.subtotal') ?? amountOf(properties.revenue, 'properties.revenue');
  if (said !== null) return said;
  const gross = products.reduce((sum, product) => sum + grossOf(product), 0n);
  const total = amountOf(properties.total, 'properties.total');
  if (gross === 0n && total !== null) return total;
  return gross - (amountOf(properties.discount, 'properties.discount') ?? 0n);
}

function refunded(event: TrackedEvent, key: bigint, open: OpenLine[] | undefined): { lines: DraftLine[]; open: OpenLine[] | undefined } {
  const { properties } = event;
  const products = Array.isArray(properties.products) ? productLines(properties) : [];
  const total = amountOf(properties.total, 'properties.total') ?? amountOf(properties.revenue, 'properties.revenue');
  if (products.length > 0) {
    const back = products.map((product) => partOf(product, open));
    const sum = back.reduce((a, b) => a + b.amount, 0n);
    if (sum === 0n && total === null && !open) throw new OrderUnknown();
    const amounts = total === null ? back.map((b) => b.amount) : allocate(total, back.map((b) => b.amount));
    return given(event, key, open, back.map((b, i) => ({ ...b, amount: amounts[i] })));
  }
  if (!open) {
    if (total === null) throw new OrderUnknown();
    return given(event, key, open, [{ productId: '', name: '', category: '', brand: '', quantity: 0n, unitPrice: total, amount: total }]);
  }
  const left = open.reduce((sum, line) => sum + BigInt(line.amount), 0n);
  if (total === null || total >= left) return given(event, key, open, open.map(asGiven));
  const parts = allocate(total, open.map((line) => BigInt(line.amount)));
  return given(event, key, open, open.map((line, i) => ({ ...asGiven(line), quantity: 0n, amount: parts[i] })));
}

interface GivenBack {
  productId: string;
  name: string;
  category: string;
  brand: string;
  quantity: bigint;
  unitPrice: bigint;
  amount: bigint;
}

const asGiven = (line: OpenLine): GivenBack => ({
  ...line, quantity: BigInt(line.quantity), amount: BigInt(line.amount), unitPrice: BigInt(line.unitPrice),
});

/** What a product that comes back was sold for: its share of its line, when the order is known; else what the event says. */
function partOf(product: ProductLine, open: OpenLine[] | undefined): GivenBack {
  const sold = open?.find((line) => line.productId === product.productId);
  const quantity = sold ? BigInt(sold.quantity) : 0n;
  const amount = sold && quantity > 0n && product.quantity <= quantity ? (BigInt(sold.amount) * product.quantity) / quantity : grossOf(product);
  return {
    productId: product.productId,
    name: product.name || (sold?.name ?? ''),
    category: product.category || (sold?.category ?? ''),
    brand: product.brand || (sold?.brand ?? ''),
    quantity: product.quantity,
    unitPrice: product.price ?? (sold ? BigInt(sold.unitPrice) : 0n),
    amount,
  };
}

function given(event: TrackedEvent, key: bigint, open: OpenLine[] | undefined, back: GivenBack[]): { lines: DraftLine[]; open: OpenLine[] | undefined } {
  const base = baseOf(event, key);
  const lines = back.filter((b) => b.quantity !== 0n || b.amount !== 0n).map((b): DraftLine => ({
    ...base, kind: 'refund', ...named(b), quantity: -b.quantity, unitPrice: b.unitPrice, amount: -b.amount,
  }));
  return { lines, open: open?.map((line) => less(line, back.filter((b) => b.productId === line.productId))) };
}

/** What stays open of a line; never less than nothing. */
function less(line: OpenLine, back: GivenBack[]): OpenLine {
  const left = (had: string, gone: bigint[]): string => {
    const rest = gone.reduce((sum, each) => sum - each, BigInt(had));
    return String(rest > 0n ? rest : 0n);
  };
  return { ...line, quantity: left(line.quantity, back.map((b) => b.quantity)), amount: left(line.amount, back.map((b) => b.amount)) };
}

/** One line a product: what comes back is known by its product alone. */
function mergedByProduct(lines: OpenLine[]): OpenLine[] {
  const byProduct = new Map<string, OpenLine>();
  for (const line of lines) {
    const other = byProduct.get(line.productId);
    byProduct.set(line.productId, other ? { ...other, quantity: sum(other.quantity, line.quantity), amount: sum(other.amount, line.amount) } : line);
  }
  return [...byProduct.values()];
}

const sum = (a: string, b: string): string => String(BigInt(a) + BigInt(b));

const named = ({ productId, name, category, brand }: Pick<ProductLine, 'productId' | 'name' | 'category' | 'brand'>) =>
  ({ productId, productName: name, category, brand });

const openLine = (line: DraftLine): OpenLine => ({
  productId: line.productId,
  name: line.productName,
  category: line.category,
  brand: line.brand,
  quantity: String(line.quantity),
  unitPrice: String(line.unitPrice),
  amount: String(line.amount),
});

/** The shop or channel the order itself names, else where its buyer came from. */
function orderChannelOf(event: TrackedEvent): string {
  const named = text(event.properties.affiliation) || text(event.properties.channel);
  return named.slice(0, 100) || channelOf(event);
}

function baseOf(event: TrackedEvent, key: bigint): Pick<DraftLine, 'orderKey' | 'orderId' | 'channel' | 'region' | 'currency'> {
  const { properties } = event;
  const currency = text(properties.currency).toUpperCase();
  return {
    orderKey: key,
    orderId: orderIdOf(properties),
    channel: orderChannelOf(event),
    region: text(properties.region).slice(0, 100),
    currency: /^[A-Z]{3}$/.test(currency) ? currency : '',
  };
}
