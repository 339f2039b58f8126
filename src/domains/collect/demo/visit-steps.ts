import { type ShelfProduct, shelfChoice, shelves } from './catalogue.ts';
import type { Random } from './random.ts';
import type { DemoEvent, DemoOrder, DemoProduct, DemoRefund } from './records.ts';
import { poisson } from './samplers.ts';

/** What happens in a visit, before it has a time and a person. */
export type Step = Pick<DemoEvent, 'kind' | 'name' | 'properties'>;

const currency = 'CNY';
const moreViewsShare = 0.25;
const searchShare = 0.25;
const abandonedCartShare = 0.16;

/** Ten-thousandths of a yuan as a JSON number; exact to print, as all amounts are whole fen. */
const yuan = (amount: bigint) => Number(amount) / 10_000;

const track = (name: string, properties: Step['properties']): Step => ({
  kind: 'track',
  name,
  properties,
});

/** The same product at the same price is told of in one object, however often. */
const told = new Map<string, Map<number, Step['properties']>>();

function propertiesOf(product: DemoProduct, price: bigint, quantity: bigint): Step['properties'] {
  let ofProduct = told.get(product.productId);
  if (!ofProduct) told.set(product.productId, (ofProduct = new Map()));
  const key = Number(price) * 4_096 + yuan(quantity);
  let properties = ofProduct.get(key);
  if (!properties) {
    const { productId: product_id, name, brand, category } = product;
    properties = { product_id, name, brand, category, price: yuan(price), quantity: yuan(quantity), currency };
    ofProduct.set(key, properties);
  }
  return properties;
}

const piece = 10_000n;
const viewed = ({ record }: ShelfProduct): Step =>
  track('Product Viewed', propertiesOf(record, record.listPrice, piece));

const page = (name: string, path: string): Step => ({ kind: 'page', name, properties: { path } });
const home = page('首页', '/');

function someProduct(random: Random): ShelfProduct {
  const shelf = shelves[shelfChoice.draw(random)];
  return shelf.products[shelf.choice[1].draw(random)];
}

const searched = (query: string): Step => track('Products Searched', { query });

/** Looking round without buying; now and then something is left in the cart. */
export function browsingSteps(random: Random): Step[] {
  const steps = [home];
  const views = poisson(random, 1.2);
  for (let n = 0; n < views; n++) {
    const product = someProduct(random);
    if (n === 0 && random.chance(searchShare)) steps.push(searched(product.category.name));
    steps.push(viewed(product));
    if (n === views - 1 && random.chance(abandonedCartShare)) {
      const { record } = product;
      steps.push(track('Product Added', propertiesOf(record, record.listPrice, piece)));
    }
  }
  return steps;
}

/** What leads to an order, up to the checkout. */
export function shoppingSteps(random: Random, order: DemoOrder): Step[] {
  const steps = [home];
  if (random.chance(searchShare)) steps.push(searched(order.lines[0].product.category));
  for (const { product, quantity, unitPrice } of order.lines) {
    steps.push(track('Product Viewed', propertiesOf(product, unitPrice, piece)));
    steps.push(track('Product Added', propertiesOf(product, unitPrice, quantity)));
  }
  if (random.chance(moreViewsShare)) steps.push(viewed(someProduct(random)));
  const value = yuan(order.total);
  steps.push(track('Checkout Started', { order_id: order.orderId, value, currency }));
  return steps;
}

/** The order itself, with its products at the prices paid before the coupon. */
export function completedStep(order: DemoOrder): Step {
  const discount = order.lines.reduce((sum, line) => sum + line.couponDiscount, 0n);
  return track('Order Completed', {
    order_id: order.orderId,
    total: yuan(order.total),
    discount: yuan(discount),
    currency,
    products: order.lines.map((line) => propertiesOf(line.product, line.unitPrice, line.quantity)),
  });
}

/** Money given back on an order. */
export const refundedStep = (order: DemoOrder, refund: DemoRefund): Step =>
  track('Order Refunded', {
    order_id: order.orderId,
    refund_id: refund.refundId,
    total: yuan(refund.total),
    currency,
    products: refund.lines.map(({ product, quantity, amount }) => ({
      product_id: product.productId,
      name: product.name,
      quantity: yuan(quantity),
      amount: yuan(amount),
    })),
  });

/** An account is made; from here on the device's visitor has a name. */
export const signedUpSteps = (channel: string): Step[] => [
  { kind: 'identify', name: '', properties: {} },
  track('Signed Up', { type: channel }),
];
