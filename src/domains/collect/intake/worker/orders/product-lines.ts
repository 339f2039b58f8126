import type { Bag } from '../../events/tracking-call.ts';
import { text } from '../decode.ts';
import { amountOf, times } from './amounts.ts';

/** A product as an event of Segment's e-commerce specification names it. Money and quantity in ten-thousandths. */
export interface ProductLine {
  productId: string;
  name: string;
  category: string;
  brand: string;
  /** Null where the event does not say it. */
  price: bigint | null;
  quantity: bigint;
}

const one = 10_000n;
const longest = 200;
const short = (value: unknown): string => text(value).slice(0, longest);

/** The products of an event: its list `products`, or the event itself where it names one. Throws `NotANumber`. */
export function productLines(properties: Bag): ProductLine[] {
  const { products } = properties;
  if (Array.isArray(products)) {
    return products.flatMap((each: unknown, i) => (typeof each === 'object' && each !== null ? lineOf(each as Bag, `properties.products.${i}.`) : []));
  }
  return lineOf(properties, 'properties.');
}

function lineOf(product: Bag, path: string): ProductLine[] {
  const productId = short(product.product_id ?? product.productId ?? product.id ?? product.sku);
  const name = short(product.name ?? product.product_name);
  if (productId === '' && name === '') return [];
  return [{
    productId: productId || name,
    name,
    category: short(product.category),
    brand: short(product.brand),
    price: amountOf(product.price, `${path}price`),
    quantity: amountOf(product.quantity, `${path}quantity`) ?? one,
  }];
}

/** What the line costs before what the order takes off. */
export const grossOf = (line: ProductLine): bigint => (line.price === null ? 0n : times(line.price, line.quantity));
