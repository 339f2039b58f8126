import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createIntakeTest, type IntakeTest } from '../../../../test/intake.ts';
import { createTokenBuckets } from './api/token-bucket.ts';

let test: IntakeTest;
let url: string;
beforeAll(async () => {
  test = await createIntakeTest({ backlogEvents: 500, bytesInFlight: 2 ** 20, perKey: { perSecond: 10_000, burst: 10_000 } });
  url = await test.server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => test.close());

const track = (n: number) => ({ type: 'track', event: 'E', userId: `u${n}`, messageId: `m${n}` });
const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` });

describe("Segment's own client", () => {
  it('works unchanged: identify, track, page, screen, group, alias arrive as facts', async () => {
    const errors: unknown[] = [];
    const analytics = new Analytics({ writeKey: test.secret, host: url, flushAt: 4, maxRetries: 0 });
    analytics.on('error', (error) => errors.push(error));
    analytics.identify({ userId: 'seg', traits: { email: 'seg@example.com', plan: 'gold' } });
    analytics.track({ userId: 'seg', event: 'Order Completed', properties: { order_id: 'S1', total: 20, products: [{ product_id: 's', price: 10, quantity: 2 }] } });
    analytics.page({ anonymousId: 'seg-anon', name: 'Home', properties: { path: '/' } });
    analytics.screen({ userId: 'seg', name: 'Start' });
    analytics.group({ userId: 'seg', groupId: 'g', traits: { size: 3 } });
    analytics.alias({ userId: 'seg', previousId: 'seg-anon' });
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);
    await test.drain();
    const no = await test.customerOf('external_id', 'seg');
    const kinds = await test.ask('select kind from event where customer_no in {nos:Array(UInt32)} order by kind', { nos: await test.customers.lineage(no) });
    expect(kinds).toEqual(['track', 'page', 'screen', 'identify', 'alias', 'group'].map((kind) => ({ kind })));
    expect(await test.ask("select amount, quantity from order_line where order_id = 'S1'")).toEqual([{ amount: '20', quantity: '2' }]);
  });
});

describe('who may send', () => {
  it('is decided by the write key, in the header or in the body, and ends within a second of its revocation', async () => {
    const { key, secret } = await test.intake.writeKeys.create('short lived');
    const send = (body: object, headers = {}) => fetch(`${url}/v1/batch`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
    expect((await send({ batch: [] })).status).toBe(401);
    expect((await send({ batch: [] }, basic('wk_wrong'))).status).toBe(401);
    await new Promise((done) => setTimeout(done, 600));
    expect((await send({ batch: [], writeKey: secret })).status).toBe(200);
    expect((await send({ batch: [] }, basic(secret))).status).toBe(200);
    await test.intake.writeKeys.revoke(key.writeKeyId);
    await new Promise((done) => setTimeout(done, 1_000));
    expect((await send({ batch: [] }, basic(secret))).status).toBe(401);
  });

  it('keeps only a hash of the secret, which is shown once', async () => {
    const headers = { 'x-test-permissions': 'collect.read collect.sources' };
    const made = await test.server.inject({ method: 'POST', url: '/api/write-keys', headers, payload: { name: 'shop' } });
    const { secret, key } = made.json();
    expect(made.statusCode).toBe(201);
    const list = await test.server.inject({ url: '/api/write-keys', headers });
    expect(list.json().rows[0]).toMatchObject({ name: 'shop', prefix: secret.slice(0, 8) });
    expect(list.body).not.toContain(secret);
    const { rows } = await test.platform.pg.query("select to_jsonb(write_key)::text as row from write_key where name = 'shop'");
    expect(rows[0].row).not.toContain(secret);
    expect((await test.server.inject({ method: 'DELETE', url: `/api/write-keys/${key.writeKeyId}`, headers })).statusCode).toBe(204);
    expect((await test.server.inject({ method: 'DELETE', url: `/api/write-keys/${key.writeKeyId}`, headers })).statusCode).toBe(404);
  });
});

describe('more than can be taken', () => {
  it('is answered with 429 and a time to wait; what was acknowledged is all there, and it goes on afterwards', async () => {
    let acknowledged = 0;
    let refused = 0;
    for (let n = 0; n < 30; n++) {
      const batch = Array.from({ length: 50 }, (_, i) => track(n * 50 + i));
      const reply = await fetch(`${url}/v1/batch`, { method: 'POST', headers: { ...basic(test.secret), 'content-type': 'application/json' }, body: JSON.stringify({ batch }) });
      if (reply.status === 200) acknowledged += 50;
      else {
        expect(reply.status).toBe(429);
        expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
        refused += 50;
      }
    }
    expect(acknowledged).toBeLessThanOrEqual(550);
    expect(refused).toBeGreaterThan(0);
    // Whoever sent little is let in all the same, by a key in the header as by one in the body.
    const { secret: other } = await test.intake.writeKeys.create('another shop');
    const { secret: third } = await test.intake.writeKeys.create('a third');
    await new Promise((done) => setTimeout(done, 600));
    const send = (headers: Record<string, string>, body: object) => fetch(`${url}/v1/track`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answers = await Promise.all([send(basic(test.secret), track(9_001)), send({}, { ...track(9_002), writeKey: test.secret }), send(basic(other), track(9_003)), send({}, { ...track(9_004), writeKey: third })]);
    expect(answers.map((reply) => reply.status)).toEqual([429, 429, 200, 200]);
    acknowledged += 2;
    await test.drain();
    expect(await test.ask("select count() as n from event where name = 'E'")).toEqual([{ n: String(acknowledged) }]);
    // The backlog is counted anew every half second, later on a busy machine.
    await vi.waitFor(() => expect(test.send('track', track(100_000))).resolves.toEqual({ success: true }), { timeout: 60_000, interval: 200 });
    await test.drain();
  });

  it('is told by its announced size, before it is read', async () => {
    const body = JSON.stringify({ batch: [], filler: 'x'.repeat(2 ** 20) });
    const reply = await fetch(`${url}/v1/batch`, { method: 'POST', headers: { ...basic(test.secret), 'content-type': 'application/json' }, body });
    expect({ status: reply.status, code: (await reply.json() as { code: string }).code }).toEqual({ status: 429, code: 'collect.intake_busy' });
  });

  it('counts for each key alone, by rate', () => {
    let now = 0;
    const buckets = createTokenBuckets({ perSecond: 100, burst: 1_000 }, () => now);
    expect(buckets.take(1, 1_000)).toBe(0);
    expect(buckets.take(1, 100)).toBe(1);
    expect(buckets.take(2, 1_000)).toBe(0);
    let taken = 0;
    for (; now < 10_000; now += 50) if (buckets.take(1, 10) === 0) taken += 10;
    expect(taken).toBeGreaterThan(950);
    expect(taken).toBeLessThanOrEqual(1_000);
  });
});

describe('a body', () => {
  const send = (body: Buffer, headers = {}) => test.server.inject({ method: 'POST', url: '/v1/track', payload: body, headers: { ...basic(test.secret), 'content-type': 'application/json', ...headers } });

  it('may be gzipped, and may not expand beyond the limit', async () => {
    expect((await send(gzipSync(JSON.stringify(track(7))), { 'content-encoding': 'gzip' })).statusCode).toBe(200);
    expect((await send(gzipSync('x'.repeat(50_000_000)), { 'content-encoding': 'gzip' })).statusCode).toBe(413);
    expect((await send(Buffer.from('no gzip'), { 'content-encoding': 'gzip' })).statusCode).toBe(400);
  });

  it('may come from a browser on another site, as text', async () => {
    const preflight = await test.server.inject({ method: 'OPTIONS', url: '/v1/track', headers: { origin: 'https://shop.example' } });
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    const reply = await send(Buffer.from(JSON.stringify(track(8))), { 'content-type': 'text/plain', origin: 'https://shop.example' });
    expect(reply.json()).toEqual({ success: true });
  });
});

describe('the desk', () => {
  it('says what the intake and the fact log are doing, for people and for Prometheus', async () => {
    await test.drain();
    const reply = await test.server.inject({ url: '/api/data-quality', headers: { 'x-test-permissions': 'collect.read' } });
    expect(reply.json()).toMatchObject({ intake: { backlogEvents: 0, lagSeconds: null }, facts: { state: 'ready', lastCheck: { repairedBatches: 0 } }, flagged: [] });
    expect(reply.json().intake.accepted).toBeGreaterThan(5);
    expect(await test.intake.metrics()).toMatch(/^perennial_intake_backlog_events 0$/m);
    const declared = await test.server.inject({ method: 'PUT', url: '/api/personal-properties', headers: { 'x-test-permissions': 'collect.repair' }, payload: { names: ['note', 'note'] } });
    expect(declared.json()).toEqual({ names: ['note'] });
    const half = await test.server.inject({ method: 'PUT', url: '/api/personal-properties', headers: { 'x-test-permissions': 'collect.repair' }, payload: { names: ['\ud800'] } });
    expect(half.json()).toMatchObject({ status: 400, code: 'platform.impossible_text' });
  });
});
