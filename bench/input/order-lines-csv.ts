import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { shelfChoice, shelves } from '../../src/domains/collect/demo/catalogue.ts';
import { channels } from '../../src/domains/collect/demo/channels.ts';
import { Random } from '../../src/domains/collect/demo/random.ts';
import { regionChoice, regions } from '../../src/domains/collect/demo/regions.ts';
import { formatDecimal } from '../../src/kernel/decimal.ts';

export interface OrderLinesOptions {
  customers: number;
  lines: number;
  /** 1 unless said. */
  seed?: number;
  /** The two years of the file end before this moment, ms since 1970 (UTC). */
  endMs: number;
}

/** The head of the file. `amount` is `quantity` times `unit_price`; `paid_at` is China's time. */
export const orderLineColumns = [
  'order_id',
  'customer_id',
  'paid_at',
  'product_id',
  'product_name',
  'category',
  'brand',
  'channel',
  'region',
  'quantity',
  'unit_price',
  'amount',
] as const;

const dayMs = 86_400_000;
const historyMs = 730 * dayMs;
const zoneOffsetMs = 8 * 3_600_000;
const chunkLength = 1 << 18;
const largestBasket = 3;
const mostPieces = 3;

/** Everything of a line that hangs on the product and the number of pieces, ready to write. */
const sold = shelves.map(({ products }) =>
  products.map(({ record: { productId, name, category, brand, listPrice } }) => ({
    start: `${productId},${name},${category},${brand}`,
    ends: Array.from({ length: mostPieces }, (_, more) => {
      const quantity = more + 1;
      const amount = formatDecimal(listPrice * BigInt(quantity));
      return `${quantity},${formatDecimal(listPrice)},${amount}\n`;
    }),
  })),
);

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/**
 * A shop's order lines as CSV, in time order, in pieces of about 256 thousand characters:
 * exactly `lines` rows below one head, the same for the same options. New customers come
 * evenly over the two years, and all of them have come where there are three lines a customer;
 * those who came early buy more often.
 */
export function* orderLinesCsv(options: OrderLinesOptions): Generator<Buffer> {
  const { customers, lines, endMs } = options;
  const random = new Random(options.seed ?? 1);
  const clockText = clockTexts();
  let text = `${orderLineColumns.join(',')}\n`;
  let known = 0;
  for (let line = 0, order = 1; line < lines; order++) {
    const customer = known < customers && known * lines <= line * customers ? known++ : regular(random, known);
    const paidAt = clockText(endMs - historyMs + Math.floor((line / lines) * historyMs));
    const channel = channels[random.below(channels.length)].name;
    const place = `${channel},${regions[regionChoice.draw(random)][0]}`;
    const head = `O${order},${customerIdOf(customer)},${paidAt},`;
    const basket = Math.min(1 + random.below(largestBasket), lines - line);
    for (let nth = 0; nth < basket; nth++) {
      const shelf = sold[shelfChoice.draw(random)];
      const { start, ends } = random.pick(shelf);
      text += `${head}${start},${place},${random.pick(ends)}`;
    }
    line += basket;
    if (text.length >= chunkLength) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}

/** Writes the CSV to a file, no faster than the disk takes it. */
export async function writeOrderLinesCsv(path: string, options: OrderLinesOptions): Promise<void> {
  await pipeline(Readable.from(orderLinesCsv(options)), createWriteStream(path));
}

/** One of those who have come; the power gives the early ones more orders. */
const regular = (random: Random, known: number) => Math.floor(known * random.unit() ** 1.5);

/** Scattered over eight digits, so that ids do not arrive in the order of any index. */
const customerIdOf = (customer: number) =>
  `C${String((customer * 7_654_321 + 20_240_618) % 100_000_000).padStart(8, '0')}`;

/** Moments as `2025-11-11 20:15:00`; the day's text is kept while the day lasts. */
function clockTexts(): (momentMs: number) => string {
  let day = Number.NaN;
  let dayText = '';
  return (momentMs) => {
    const localMs = momentMs + zoneOffsetMs;
    const today = Math.floor(localMs / dayMs);
    if (today !== day) {
      day = today;
      dayText = new Date(localMs).toISOString().slice(0, 10);
    }
    const second = Math.floor((localMs - today * dayMs) / 1000);
    const hour = twoDigits[Math.floor(second / 3600)];
    return `${dayText} ${hour}:${twoDigits[Math.floor(second / 60) % 60]}:${twoDigits[second % 60]}`;
  };
}
