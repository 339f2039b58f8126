import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../product.ts';
import { checkFolder, report } from './report.ts';
import { openStores } from './stores.ts';
import { foundOf, untilApplied } from './tracker.ts';

describe('repeats', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product;
  beforeEach(async () => {
    folder = checkFolder('repeats');
    product = await startProduct(folder.path);
  });
  afterEach(async () => {
    await product.killTree();
    folder.remove();
  });
  const makeKey = async (name: string): Promise<string> => (await product.ask<{ secret: string }>('POST', '/api/write-keys', { name })).secret;

  it('24: an event that comes ten times counts once: in a batch, across batches, after a restart and a thousand others', async () => {
    const key = await makeKey('again');
    const post = async (batch: object[]): Promise<void> => {
      const reply = await fetch(`${product.url}/v1/batch`, { method: 'POST', body: JSON.stringify({ batch }), headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` } });
      expect(reply.status).toBe(200);
    };
    const event = { type: 'track', event: 'Order Completed', messageId: 'same', userId: 'u', properties: { id: 'same', mark: 'again', order_id: 'again-order-0', total: 5, products: [{ product_id: 'P', name: '茶', price: 5, quantity: 1 }] } };
    await post([event, event, event]);
    await post([event]);
    await post([event]);
    for (let i = 0; i < 10; i++) await post(Array.from({ length: 100 }, (_, n) => ({ type: 'track', event: 'Other', messageId: `other-${i}-${n}`, userId: `u${n}`, properties: {} })));
    let stores = await openStores(product);
    await untilApplied(stores);
    await stores.close();
    await product.killTree();
    product = await startProduct(folder.path);
    for (let i = 0; i < 5; i++) await post([event]);
    stores = await openStores(product);
    await untilApplied(stores);
    const { events, orders } = await foundOf(stores, 'again');
    const [all] = await stores.clickhouse.rows('select count() as n from event');
    await stores.close();
    report('24 repeats', { sent: 10, events: [...events], orders: [...orders], all });
    expect([[...events], [...orders], all]).toEqual([[['same', 1]], [['again-order-0', 1]], { n: '1001' }]);
  }, 180_000);
});
