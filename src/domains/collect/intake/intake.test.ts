import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prune } from './worker/prune.ts';
import { readOldest } from './worker/intake-rows.ts';
import { createIntakeTest, type IntakeTest, type Sent } from '../../../../test/intake.ts';

let test: IntakeTest;
beforeAll(async () => {
  test = await createIntakeTest();
});
afterAll(() => test.close());

const track = (part: object = {}): Sent => ({ type: 'track', event: 'Visited', userId: 'u1', messageId: crypto.randomUUID(), ...part });

describe('an accepted event', () => {
  it('is counted once however often it comes: within a batch, across batches, after others, after a restart', async () => {
    const same = track({ event: 'Once', messageId: 'the-same' });
    await test.send('batch', { batch: [same, same, same] });
    await test.send('batch', { batch: [same, track()] });
    await test.drain();
    await test.send('track', same);
    await test.drain();
    await test.send('batch', { batch: Array.from({ length: 1_000 }, () => track()) });
    await test.send('batch', { batch: [same] });
    await test.drain();
    await test.restartWorker();
    await test.send('batch', { batch: [same, same, same] });
    await test.drain();
    expect(await test.ask("select count() as n from event where name = 'Once'")).toEqual([{ n: '1' }]);
    expect(await test.ask("select count() as n, uniqExact(event_id) as d from event where name = 'Visited'")).toEqual([{ n: '1001', d: '1001' }]);
  });

  it('keeps its content, its time corrected by the clock of the client, and the name of its source', async () => {
    const now = Date.now();
    const sentAt = new Date(now - 7_200_000).toISOString();
    await test.send('batch', { sentAt, batch: [track({ event: 'Detailed', timestamp: new Date(now - 7_500_000).toISOString(), properties: { price: 12.5, list: ['a', { b: 1 }], 'a.b': 1, a: { b: 2 }, none: null }, context: { campaign: { source: 'xhs' } } })] });
    await test.drain();
    const [event] = await test.ask("select occurred_at, channel, source, properties.price as price, properties.campaign.source as campaign from event where name = 'Detailed'");
    expect(event).toMatchObject({ price: 12.5, channel: 'xhs', source: 'test key', campaign: 'xhs' });
    expect(Math.abs(Date.parse(String((event as { occurred_at: string }).occurred_at)) - (now - 300_000))).toBeLessThan(5_000);
  });

  it('gets an id when it has none', async () => {
    await test.send('track', { event: 'Without id', userId: 'u1' });
    await test.send('track', { event: 'Without id', userId: 'u1' });
    await test.drain();
    expect(await test.ask("select uniqExact(event_id) as n from event where name = 'Without id'")).toEqual([{ n: '2' }]);
  });
});

describe('identity', () => {
  it('gives an anonymous history to the person it turns out to be, by a call that names both or by alias', async () => {
    await test.send('batch', { batch: [
      { type: 'page', anonymousId: 'anon-1', messageId: 'i1', properties: { path: '/' } },
      { type: 'track', event: 'Looked', anonymousId: 'anon-2', messageId: 'i2' },
      { type: 'identify', userId: 'member-1', anonymousId: 'anon-1', messageId: 'i3', traits: { plan: 'gold' } },
      { type: 'alias', previousId: 'anon-2', userId: 'member-1', messageId: 'i4' },
      { type: 'group', userId: 'member-1', groupId: 'g1', messageId: 'i5' },
      { type: 'screen', userId: 'member-1', name: 'Home', messageId: 'i6' },
    ] });
    await test.drain();
    const no = await test.customerOf('external_id', 'member-1');
    const rows = await test.ask('select kind, name from event where customer_no in {nos:Array(UInt32)} order by name', { nos: await test.customers.lineage(no) });
    expect(rows).toHaveLength(6);
    expect(await test.customerOf('device', 'anon-2')).toBe(no);
  });

  it('moves traits into the profile and leaves nothing personal in the facts', async () => {
    await test.send('batch', { batch: [
      { type: 'identify', userId: 'wang', messageId: 'p1', traits: { name: '王小明', phone: '13800138000', email: 'Wang@Example.com', level: 3, sms_opt_in: true, consents: [{ channel: 'email', purpose: 'service', granted: false, textVersion: 'v2' }] } },
      { type: 'track', event: 'Form Sent', userId: 'wang', messageId: 'p2', properties: { email: 'wang@example.com', receiver_name: '王', order_id: '13912345678', note: 'call 13912345678', nested: { memo: ['to li@example.com', 'fine'] }, url: 'https://shop/?q=1' } },
    ] });
    await test.drain();
    const no = await test.customerOf('external_id', 'wang');
    expect(await test.customerOf('phone', '+8613800138000')).toBe(no);
    const { rows } = await test.platform.pg.query('select channel, purpose, granted, text_version from consent where customer_no = $1 order by channel', [no]);
    expect(rows).toEqual([
      { channel: 'email', purpose: 'service', granted: false, text_version: 'v2' },
      { channel: 'sms', purpose: 'marketing', granted: true, text_version: null },
    ]);
    const [fact] = await test.ask("select toString(properties) as p from event where name = 'Form Sent'");
    const kept = JSON.parse((fact as { p: string }).p);
    expect(kept).toEqual({ order_id: '13912345678', nested: { memo: [null, 'fine'] }, url: 'https://shop/?q=1' });
    const flagged = await test.platform.pg.query("select property, looks_like, occurrences from flagged_property where event_name = 'Form Sent' order by property");
    expect(flagged.rows).toEqual([
      { property: 'nested.memo[]', looks_like: 'email', occurrences: 1 },
      { property: 'note', looks_like: 'phone', occurrences: 1 },
    ]);
  });
});

describe('orders from events', () => {
  const order = (id: string, part: object = {}) => ({
    order_id: id, currency: 'cny', affiliation: '天猫', subtotal: 90, discount: 10,
    products: [
      { product_id: 'tea', name: '乌龙茶', category: '茶', brand: '山', price: 30, quantity: 2 },
      { product_id: 'cup', name: '杯子', price: 40, quantity: 1 },
    ], ...part,
  });
  const lines = (id: string) => test.ask(
    'select kind, product_id, quantity, amount from order_line where order_id = {id:String} order by kind, product_id desc, amount', { id });

  it('become lines that add up to what was paid, and products of the catalogue', async () => {
    await test.send('track', track({ event: 'Order Completed', properties: order('O1') }));
    await test.drain();
    expect(await lines('O1')).toEqual([
      { kind: 'sale', product_id: 'tea', quantity: '2', amount: '54' },
      { kind: 'sale', product_id: 'cup', quantity: '1', amount: '36' },
    ]);
    const { rows } = await test.platform.pg.query("select name, category from product where product_id = 'tea'");
    expect(rows).toEqual([{ name: '乌龙茶', category: '茶' }]);
    const [line] = await test.ask("select channel, currency, source, customer_no from order_line where order_id = 'O1' limit 1");
    expect(line).toEqual({ channel: '天猫', currency: 'CNY', source: 'test key', customer_no: await test.customerOf('external_id', 'u1') });
    const [summary] = await test.ask('select argMax(orders, version) as orders, argMax(sales, version) as sales from customer_summary where customer_no = {no:UInt32}', { no: (line as { customer_no: number }).customer_no });
    expect(summary).toEqual({ orders: 1, sales: '90' });
  });

  it('count once although the confirmation is loaded again, with another message id', async () => {
    await test.send('batch', { batch: [track({ event: 'Order Completed', properties: order('O2') }), track({ event: 'Order Completed', properties: order('O2') })] });
    await test.drain();
    await test.send('track', track({ event: 'Order Completed', properties: order('O2') }));
    await test.drain();
    expect(await lines('O2')).toHaveLength(2);
    expect(await test.ask("select count() as n from event where properties.order_id::String = 'O2'")).toEqual([{ n: '3' }]);
  });

  it('are given back in part, by product, and then as a whole without more than was sold', async () => {
    await test.send('track', track({ event: 'Order Completed', properties: order('O3') }));
    await test.send('track', track({ event: 'Order Refunded', properties: { order_id: 'O3', products: [{ product_id: 'tea', quantity: 1 }] } }));
    await test.drain();
    await test.send('track', track({ event: 'Order Refunded', properties: { order_id: 'O3' } }));
    await test.send('track', track({ event: 'Order Cancelled', properties: { order_id: 'O3' } }));
    await test.drain();
    expect((await lines('O3')).filter((l) => (l as { kind: string }).kind === 'refund')).toEqual([
      { kind: 'refund', product_id: 'tea', quantity: '-1', amount: '-27' },
      { kind: 'refund', product_id: 'tea', quantity: '-1', amount: '-27' },
      { kind: 'refund', product_id: 'cup', quantity: '-1', amount: '-36' },
    ]);
    expect(await test.ask("select sum(amount) as net from order_line where order_id = 'O3'")).toEqual([{ net: '0' }]);
  });

  it('that nobody knows are set aside when the refund says nothing, and taken when it says the amount', async () => {
    await test.send('track', track({ event: 'Order Refunded', messageId: 'late', properties: { order_id: 'O9' } }));
    await test.send('track', track({ event: 'Order Refunded', properties: { order_id: 'O8', total: '15.50' } }));
    await test.send('track', track({ event: 'Order Completed', properties: order('O7', { subtotal: 'a lot' }) }));
    await test.drain();
    expect(await lines('O8')).toEqual([{ kind: 'refund', product_id: '', quantity: '0', amount: '-15.5' }]);
    const { rows } = await test.platform.pg.query('select reason, path from set_aside_event order by event_no');
    expect(rows).toEqual([{ reason: 'order_unknown', path: 'properties.order_id' }, { reason: 'not_a_number', path: 'properties.subtotal' }]);
  });
});

describe('the worker', () => {
  it('takes requests in the order they came, as many as fit, and one at least', async () => {
    const { pg } = test.platform;
    const insert = (events: number, bytes: number) => pg.query<{ seq: number }>(
      'insert into intake_batch (received_at, write_key_id, event_count, body) values (now(), 1, $1, $2) returning seq', [events, Buffer.alloc(bytes)]);
    for (const [events, bytes] of [[60, 10], [60, 10], [60, 10], [500, 10], [1, 9 * 2 ** 20], [1, 10]]) await insert(events, bytes);
    const taken = async (atMost: number): Promise<number[]> => {
      const rows = await readOldest(pg, atMost);
      await pg.query('delete from intake_batch where seq = any($1)', [rows.map((row) => row.seq)]);
      return rows.map((row) => row.eventCount);
    };
    expect([await taken(100), await taken(100), await taken(100), await taken(100), await taken(100)]).toEqual([[60, 60], [60, 500], [1], [1], []]);
  });

  it('runs by itself once started, and leaves nothing half done when it is stopped', async () => {
    test.intake.worker.start();
    await test.send('batch', { batch: Array.from({ length: 50 }, () => track({ event: 'By itself' })) });
    const count = async () => Number((await test.ask("select count() as n from event where name = 'By itself'") as { n: string }[])[0].n);
    for (let waitedMs = 0; waitedMs < 60_000 && (await count()) < 50; waitedMs += 100) await new Promise((done) => setTimeout(done, 100));
    await test.intake.worker.stop();
    expect(await count()).toBe(50);
    expect(await test.facts.check()).toMatchObject({ repairedBatches: 0 });
  });

  it('forgets figures of minutes and set-aside events when they are old', async () => {
    const { pg } = test.platform;
    await pg.query("insert into intake_minute (minute) values (now() - interval '40 days')");
    await pg.query("insert into set_aside_event (received_at, write_key_id, reason, body, set_aside_at) values (now(), 1, 'nobody', '', now() - interval '100 days')");
    await prune(pg);
    const { rows } = await pg.query("select (select count(*) from intake_minute where minute < now() - interval '30 days') as minutes, (select count(*) from set_aside_event where set_aside_at < now() - interval '90 days') as events");
    expect(rows).toEqual([{ minutes: 0, events: 0 }]);
  });
});
