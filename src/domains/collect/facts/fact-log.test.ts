import { readdirSync, readFileSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { eventRows } from './event-rows.ts';
import { createFactLog, type FactLog } from './fact-log.ts';
import { makeFrame } from './frame.ts';
import { orderKey, orderLineRows, type OrderLineFact } from './order-line-rows.ts';

const at = Date.UTC(2026, 2, 1, 8, 0, 0, 125);

const line = (part: Partial<OrderLineFact>): OrderLineFact => ({
  factId: 1n, customerNo: 7, occurredAtMs: at, kind: 'sale', orderKey: orderKey('shop', 'A-1'), orderId: 'A-1', productId: 'P1',
  productName: '乌龙茶', category: '茶', brand: '山', channel: '小程序', region: '浙江', quantity: 20_000n, unitPrice: 125_000n,
  amount: 250_000n, currency: 'CNY', source: 'test', ...part,
});

describe('the fact log', () => {
  let test: TestPlatform;
  let facts: FactLog;
  beforeEach(async () => {
    test = await createTestPlatform();
    facts = createFactLog(test.platform);
    await facts.start();
  });
  afterEach(async () => {
    await facts.stop();
    await test.close();
  });

  /** Seals one batch with `count` events of customer 1, 2, 3, … and one order line. */
  async function seal(count: number, log = facts) {
    const [batchNo] = await log.reserve();
    const events = eventRows(batchNo);
    for (let i = 0; i < count; i++) {
      const eventId = Buffer.alloc(16, i + 1);
      events.add({ eventId, customerNo: i + 1, occurredAtMs: at, receivedAtMs: at + 1, kind: 'track', name: '浏览', properties: '{"n":1,"deep":{"list":[1,2]}}', channel: 'web', source: 'k' });
    }
    const lines = orderLineRows(batchNo);
    lines.add(line({ factId: BigInt(batchNo) }));
    const batch = await log.seal(async (_client, append) => append([await makeFrame(batchNo, 0, events), await makeFrame(batchNo, 0, lines)]));
    if (!batch) throw new Error('nothing was sealed');
    return batch;
  }
  const counts = async () => {
    const [row] = await test.platform.clickhouse.rows('select (select count() from event) as event, (select count() from order_line) as line');
    return row as { event: string; line: string };
  };
  const segments = () => readdirSync(test.platform.folders.facts).filter((f) => f.endsWith('.facts')).map((f) => join(test.platform.folders.facts, f));

  it('carries every value of a row into ClickHouse unchanged', async () => {
    await facts.apply(await seal(1));
    const [event] = await test.platform.clickhouse.rows('select event_id, customer_no, occurred_at, kind, name, properties.n as n, properties.deep.list as list, channel from event');
    expect(event).toEqual({ event_id: '01010101-0101-0101-0101-010101010101', customer_no: 1, occurred_at: '2026-03-01T08:00:00.125Z', kind: 'track', name: '浏览', n: '1', list: ['1', '2'], channel: 'web' });
    const [sold] = await test.platform.clickhouse.rows('select kind, order_key, product_name, quantity, amount, region from order_line');
    expect(sold).toEqual({ kind: 'sale', order_key: orderKey('shop', 'A-1').toString(), product_name: '乌龙茶', quantity: '2', amount: '25', region: '浙江' });
  });

  it('keeps what an order says of its money beside the goods and of when it was placed, through a rebuild, beside batches from before that was kept', async () => {
    const [older, newer] = await facts.reserve(2);
    const said = orderLineRows(newer);
    said.add(line({ factId: 2n, ofOrder: { tax: 60_000n, freight: 100_000n, coupon_paid: 200_000n, points_paid: 300_000n, gift_card_paid: 400_000n, placed_before: 90_000n } }));
    const whole = orderLineRows(older);
    whole.add(line({ factId: 1n }));
    const before = { table: whole.table, columns: whole.columns.slice(0, -6), rowCount: 1, byteLength: 0, bytes: () => whole.bytes().subarray(0, -6 * 8) };
    for (const frame of [await makeFrame(older, 0, before), await makeFrame(newer, 0, said)]) await facts.apply((await facts.seal(async (_client, append) => append([frame])))!);
    const payments = () => test.platform.clickhouse.rows('select tax, freight, coupon_paid, points_paid, gift_card_paid, placed_before from order_line order by fact_id');
    const expected = [{ tax: '0', freight: '0', coupon_paid: '0', points_paid: '0', gift_card_paid: '0', placed_before: '0' }, { tax: '6', freight: '10', coupon_paid: '20', points_paid: '30', gift_card_paid: '40', placed_before: '90000' }];
    expect(await payments()).toEqual(expected);
    await facts.rebuild();
    expect(await payments()).toEqual(expected);
  });

  it('applies a batch once although it is applied again, and raises the data version', async () => {
    const before = await facts.status();
    const batch = await seal(5);
    await facts.apply(batch);
    await facts.apply(batch);
    expect(await counts()).toEqual({ event: '5', line: '1' });
    expect((await facts.status()).dataVersion).toBeGreaterThan(before.dataVersion);
  });

  it('gives ClickHouse at the next start what was sealed and not applied, whole or in part', async () => {
    await seal(3);
    const partial = await seal(4);
    await test.platform.clickhouse.command('insert into event (batch_no, customer_no) values ({b:UInt64}, 1)', { b: partial.batchNo });
    const done = await seal(2);
    await facts.apply(done);
    await test.platform.pg.query('update fact_batch set applied_at = null where batch_no = $1', [done.batchNo]);
    await facts.stop();
    await facts.start();
    expect(await counts()).toEqual({ event: '9', line: '3' });
  });

  it('waits for an insert whose sender died before it counts what is there', async () => {
    const batch = await seal(3);
    const orphan = test.platform.clickhouse.command(
      'INSERT INTO event (batch_no) select {b:UInt64} from numbers(3) where sleepEachRow(0.5) = 0 settings max_block_size = 1', { b: batch.batchNo });
    await new Promise((done) => setTimeout(done, 300));
    await facts.stop();
    await facts.start();
    await orphan;
    expect(await counts()).toEqual({ event: '3', line: '1' });
  });

  it('writes nothing when the transaction fails, and cuts the torn tail at the next start', async () => {
    await facts.apply(await seal(2));
    const [batchNo] = await facts.reserve();
    const events = eventRows(batchNo);
    await expect(facts.seal(async (_client, append) => {
      await append([await makeFrame(batchNo, 0, events)]);
      throw new Error('power cut');
    })).rejects.toThrow('power cut');
    const [file] = segments();
    appendFileSync(file, 'half a fra');
    writeFileSync(join(test.platform.folders.facts, '99999999-000001.facts'), 'never registered');
    await facts.stop();
    await facts.start();
    const { rows } = await test.platform.pg.query('select max(byte_offset + byte_length) as end, count(*) as n from fact_batch');
    expect(rows[0].n).toBe(1);
    expect(segments()).toEqual([file]);
    expect(statSync(file).size).toBe(rows[0].end);
    await facts.apply(await seal(1));
    expect(await counts()).toEqual({ event: '3', line: '2' });
  });

  it('lets a writer that was replaced register nothing', async () => {
    await facts.apply(await seal(1));
    await test.platform.pg.query('update fact_writer set epoch = epoch + 1');
    await expect(seal(1)).rejects.toMatchObject({ code: 'collect.fact_writer_replaced', status: 503 });
    expect(await counts()).toEqual({ event: '1', line: '1' });
  });

  it('keeps a second writer waiting until the first has stopped', async () => {
    const second = createFactLog(test.platform);
    let started = false;
    const starting = second.start().then(() => (started = true));
    await expect(seal(1, second)).rejects.toMatchObject({ code: 'collect.not_the_fact_writer' });
    await facts.apply(await seal(1));
    expect(started).toBe(false);
    await facts.stop();
    await starting;
    await second.apply(await seal(1, second));
    await second.stop();
    expect(await counts()).toEqual({ event: '2', line: '2' });
  });

  it('repairs what ClickHouse lost or has too much of, batch by batch, and records it', async () => {
    const [lost, doubled, fine] = [await seal(3), await seal(4), await seal(5)];
    for (const batch of [lost, doubled, fine]) await facts.apply(batch);
    const { clickhouse, pg } = test.platform;
    await clickhouse.command('delete from event where batch_no = {b:UInt64} and customer_no = 2', { b: lost.batchNo });
    await clickhouse.command('insert into event select * from event where batch_no = {b:UInt64}', { b: doubled.batchNo });
    await clickhouse.command('insert into event (batch_no) values (4000000)');
    const check = await facts.check();
    expect(check).toMatchObject({ logged: { event: 12, order_line: 3 }, found: { event: 16, order_line: 3 }, repairedBatches: 3, rebuilt: false });
    expect(await counts()).toEqual({ event: '12', line: '3' });
    const { rows } = await pg.query('select repaired_batches from fact_check order by check_no desc limit 1');
    expect(rows[0].repaired_batches).toBe(3);
  });

  it('keeps two attempts at an import apart, and completes the one that was decided and not moved', async () => {
    const begin = async (attempt: number) => {
      const load = facts.bulk({ importId: 21, attempt });
      const batchNo = await load.nextBatchNo();
      const lines = orderLineRows(batchNo, 21);
      for (let i = 0; i < 50; i++) lines.add(line({ factId: BigInt(attempt * 1000 + i), occurredAtMs: at - i * 86_400_000 * 30 }));
      await load.add(batchNo, lines);
      return load;
    };
    const [frozen, second] = [await begin(1), await begin(2)];
    await second.finish(async () => {});
    expect(await counts()).toEqual({ event: '0', line: '50' });
    // The first comes back and is refused by what decides.
    await expect(frozen.finish(async () => {
      throw new Error('taken over');
    })).rejects.toThrow('taken over');
    await frozen.abandon();
    expect(await counts()).toEqual({ event: '0', line: '50' });
    // As after a crash between the deciding and the moving: registered, and in ClickHouse in part.
    await test.platform.clickhouse.command('delete from order_line where import_id = 21 and fact_id % 2 = 0');
    await test.platform.pg.query('update fact_batch set applied_at = null where import_id = 21');
    await facts.settleImport(22);
    expect(await counts()).toEqual({ event: '0', line: '25' });
    await facts.settleImport(21);
    expect(await counts()).toEqual({ event: '0', line: '50' });
  });

  it('lets only the process that may write demand the right', async () => {
    facts.demandRight();
    const other = createFactLog(test.platform);
    expect(() => other.demandRight()).toThrow(expect.objectContaining({ code: 'collect.not_the_fact_writer', status: 503 }));
    await facts.stop();
    expect(() => facts.demandRight()).toThrow(expect.objectContaining({ code: 'collect.not_the_fact_writer' }));
    await other.start();
    other.demandRight();
    await other.stop();
    await facts.start();
  });

  it('makes ClickHouse anew with equal counts, without erased customers and without imports taken back', async () => {
    await facts.apply(await seal(6));
    for (const importId of [11, 12]) {
      const load = facts.bulk({ importId, attempt: 1 });
      for (let frame = 0; frame < 3; frame++) {
        const batchNo = await load.nextBatchNo();
        const lines = orderLineRows(batchNo, importId);
        for (let i = 0; i < 100; i++) lines.add(line({ factId: BigInt(batchNo * 1000 + i), customerNo: (i % 5) + 1, occurredAtMs: at - i * 86_400_000 * 30 }));
        await load.add(batchNo, lines);
      }
      expect(await counts()).toEqual({ event: '6', line: String(1 + (importId - 11) * 300) });
      await load.finish(async () => {});
    }
    await facts.undoImport(12, async () => {});
    await facts.erase([2]);
    await facts.erase([2]);
    const wanted = { event: '5', line: String(1 + 240) };
    expect(await counts()).toEqual(wanted);
    expect(await facts.check()).toMatchObject({ repairedBatches: 0 });
    let remade = 0;
    const progress: number[] = [];
    facts.onRebuilt(async () => {
      remade++;
      expect((await facts.status()).state).toBe('rebuilding');
    });
    await facts.rebuild(({ done, total }) => progress.push(done / total));
    expect(await counts()).toEqual(wanted);
    expect(await facts.check()).toMatchObject({ repairedBatches: 0, rebuilt: false });
    expect({ remade, last: progress.at(-1), state: (await facts.status()).state }).toEqual({ remade: 1, last: 1, state: 'ready' });
  });

  it('takes a rebuild up again that a crash interrupted', async () => {
    await facts.apply(await seal(4));
    facts.onRebuilt(async () => {
      if ((await counts()).event === '4') throw new Error('crash');
    });
    await expect(facts.rebuild()).rejects.toThrow('crash');
    await facts.stop();
    await test.platform.clickhouse.command('truncate table event');
    const next = createFactLog(test.platform);
    await next.start();
    expect(await counts()).toEqual({ event: '4', line: '1' });
    expect((await next.status()).state).toBe('ready');
    await next.stop();
  });

  it('is not stopped by properties that ClickHouse refuses: the others stand, those are in without', async () => {
    const [batchNo] = await facts.reserve();
    const events = eventRows(batchNo);
    for (let i = 0; i < 9; i++) {
      const properties = i === 4 ? '{"broken' : '{"n":1}';
      events.add({ eventId: Buffer.alloc(16, i), customerNo: 1, occurredAtMs: at, receivedAtMs: at, kind: 'track', name: `n${i}`, properties, channel: '', source: '' });
    }
    const batch = await facts.seal(async (_client, append) => append([await makeFrame(batchNo, 0, events)]));
    await facts.apply(batch!);
    expect(await test.platform.clickhouse.rows("select count() as n, countIf(properties.n::Int64 = 1) as whole, anyIf(name, properties.n is null) as bare from event")).toEqual([{ n: '9', whole: '8', bare: 'n4' }]);
    expect(await facts.check()).toMatchObject({ repairedBatches: 0 });
  });

  it('refuses a segment file with a flipped byte instead of reading it', async () => {
    await facts.apply(await seal(4));
    const [file] = segments();
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
    await expect(facts.rebuild()).rejects.toMatchObject({ code: 'collect.fact_log_damaged' });
    expect((await facts.status()).state).toBe('rebuilding');
  });
});
