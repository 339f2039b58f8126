/** Makes batches of 100 calls as a shop's tracker sends them, with little work, so that the sender does not get in the way. */
export interface BatchMaker {
  /** JSON of the next batch. */
  next(): string;
  readonly eventsEach: number;
}

const eventsEach = 100;
const people = 50_000;
/** Events of one visit, one after the other. */
const visitEvents = 5;
const products = 2_000;

/** `seed` keeps the message ids of two makers apart. */
export function batchMaker(writeKey: string, seed: string): BatchMaker {
  let made = 0;
  const event = (now: string): string => {
    const n = made++;
    const person = (Math.floor(n / visitEvents) * 7919) % people;
    const ids = `"messageId":"${seed}-${n}","timestamp":"${now}","anonymousId":"device-${person}","userId":"user-${person}"`;
    const product = (n * 104_729) % products;
    const about = `"product_id":"P${product}","name":"Product ${product}","category":"Tea/Green","brand":"Brand ${product % 40}","price":${19 + (product % 200)}.5`;
    const context = '"context":{"channel":"miniprogram","library":{"name":"tracker","version":"1.0.0"},"page":{"path":"/p","title":"Product"}}';
    if (n % 50 === 0) return `{"type":"track","event":"Order Completed",${ids},${context},"properties":{"order_id":"${seed}-O${n}","currency":"CNY","products":[{${about},"quantity":2}]}}`;
    if (n % 20 === 1) return `{"type":"identify",${ids},${context},"traits":{"level":${person % 5},"city":"Hangzhou"}}`;
    if (n % 3 === 0) return `{"type":"page",${ids},${context},"name":"Product","properties":{"path":"/products/P${product}","referrer":"https://example.com/","title":"Product ${product}"}}`;
    return `{"type":"track","event":"Product Viewed",${ids},${context},"properties":{${about},"position":${n % 30},"list":"recommended"}}`;
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
