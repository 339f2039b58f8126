import type { BatchMaker } from './tracked-batch.ts';

/** The people who shop: so many numbers, evenly spread over all. */
export interface Shoppers {
  count: number;
  /** From one number to the next. */
  apart: number;
}

/** The number of a shopper. */
export const shopperNo = (which: number, { count, apart }: Shoppers): number => 1 + (which % count) * apart;
export const shopperId = (no: number): string => `CQ${String(no).padStart(8, '0')}`;

const eventsEach = 100;
/** Events of one visit, one after the other. */
const visitEvents = 5;
/** How many of a hundred events are of which name; the rest are pages. */
const names: [name: string, share: number][] = [
  ['Product Viewed', 44], ['Product List Viewed', 10], ['Product Added', 5], ['Cart Viewed', 3], ['Checkout Started', 2], ['Coupon Clicked', 2], ['Product Shared', 1], ['Order Completed', 1],
];
const deck = names.flatMap(([name, share]) => Array.from({ length: share }, () => name));

/** Visits of shoppers whose history is known, as a shop's tracker sends them: mostly looks, here and there an order, a new phone or something said of oneself. */
export function shoppingMaker(writeKey: string, seed: string, shoppers: Shoppers): BatchMaker {
  let made = 0;
  const event = (now: string): string => {
    const n = made++;
    const visit = Math.floor(n / visitEvents);
    const who = visit * 7_919;
    const ids = `"messageId":"${seed}-${n}","timestamp":"${now}","userId":"${shopperId(shopperNo(who, shoppers))}"${visit % 10 === 0 ? `,"anonymousId":"device-${seed}-${visit}"` : ''}`;
    const product = (n * 104_729) % 5_000;
    const about = `"product_id":"P${String(product).padStart(5, '0')}","category":"品类 ${product % 30}","brand":"品牌 ${product % 40}","price":${19 + (product % 200)}.5`;
    const name = deck[(n * 37) % 100];
    if (name === 'Order Completed') return `{"type":"track","event":"${name}",${ids},"properties":{"order_id":"${seed}-O${n}","affiliation":"官网","products":[{${about},"quantity":1},{${about},"quantity":2}]}}`;
    if (name) return `{"type":"track","event":"${name}",${ids},"properties":{${about},"position":${n % 30}}}`;
    if (n % 9 === 0) return `{"type":"identify",${ids},"traits":{"level":${visit % 5},"city":"城市 ${visit % 300}"}}`;
    return `{"type":"page",${ids},"name":"Product","properties":{"path":"/products/${product}"}}`;
  };
  return {
    eventsEach,
    next() {
      const now = new Date().toISOString();
      const events = Array.from({ length: eventsEach }, () => event(now));
      return `{"batch":[${events.join(',')}],"writeKey":"${writeKey}","sentAt":"${now}"}`;
    },
  };
}
