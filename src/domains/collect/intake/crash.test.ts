import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFactLog, type FactLog } from '../facts/fact-log.ts';
import { createCommerce } from '../../commerce/public.ts';
import { createIntakeTest, type IntakeTest } from '../../../../test/intake.ts';
import { createRequestSeal } from './api/request-seal.ts';
import { createIntakeWorker } from './worker/intake-worker.ts';
import { runRound } from './worker/round.ts';
import { readOldest } from './worker/intake-rows.ts';

/** Everything between "accepted" and "in ClickHouse" at which a worker may die, in order. */
const points = ['before the transaction', 'in the transaction, nothing on disk', 'on disk, not registered', 'registered, not applied', 'applied, not noted'] as const;

class Died extends Error {}

/** The fact log of a worker that dies at one of the points, once. */
function mortal(facts: FactLog, point: (typeof points)[number], kill: (batchNo: number) => Promise<void>): FactLog {
  return {
    ...facts,
    async reserve(count) {
      if (point === points[0]) throw new Died();
      return facts.reserve(count);
    },
    seal: (work) => facts.seal(async (client, append) => {
      await work(client, async (frames) => {
        if (point === points[1]) throw new Died();
        await append(frames);
        if (point === points[2]) throw new Died();
      });
    }),
    async apply(batch) {
      if (point === points[3]) throw new Died();
      await facts.apply(batch);
      await kill(batch.batchNo);
      throw new Died();
    },
  };
}

let test: IntakeTest;
beforeEach(async () => {
  test = await createIntakeTest();
});
afterEach(() => test.close());

const order = (n: number) => ({ type: 'track', event: 'Order Completed', userId: `u${n}`, messageId: `m${n}`, properties: { order_id: `O${n}`, products: [{ product_id: 'p', price: 10, quantity: n }] } });

describe('a worker that dies', () => {
  it.each(points)('loses nothing and doubles nothing: %s', async (point) => {
    const commerce = createCommerce(test.platform);
    const doors = { customers: test.customers, upsertProducts: commerce.products.upsert, refreshSummaries: commerce.refreshSummaries };
    await test.send('batch', { batch: Array.from({ length: 40 }, (_, i) => order(i + 1)) });
    const dying = mortal(test.facts, point, async (batchNo) => {
      await test.platform.pg.query('update fact_batch set applied_at = null where batch_no = $1', [batchNo]);
    });
    const settings = { personalNames: new Set<string>(), currency: 'CNY', sources: new Map<number, string>() };
    const round = runRound({ platform: test.platform, facts: dying, doors, seal: createRequestSeal(test.platform.secret), settings }, await readOldest(test.platform.pg, 100));
    // A point inside the transaction looks like a poisoned event: it is tried again in smaller parts, and dies again.
    const applied = round.then((batches) => Promise.all(batches.map((batch) => dying.apply(batch))));
    await applied.catch(() => {});
    await test.facts.stop();

    const next = createFactLog(test.platform);
    await next.start();
    await createIntakeWorker(test.platform, next, doors).drain();
    const seen = await test.ask('select count() as events, uniqExact(event_id) as distinct, (select count() from order_line) as lines, (select sum(amount) from order_line) as sold from event');
    const { rows: [aside] } = await test.platform.pg.query('select count(*) as n from set_aside_event');
    const lost = Number(aside.n);
    if (lost === 0) expect(seen).toEqual([{ events: '40', distinct: '40', lines: '40', sold: '8200' }]);
    else {
      const replay = await test.server.inject({ method: 'POST', url: '/api/set-aside-events/replay', headers: { 'x-test-permissions': 'collect.repair' }, payload: { reason: 'processing_failed' } });
      expect(replay.json()).toEqual({ replayed: lost, remaining: 0 });
      await createIntakeWorker(test.platform, next, doors).drain();
      expect(await test.ask('select count() as events, uniqExact(event_id) as distinct from event')).toEqual([{ events: '40', distinct: '40' }]);
    }
    expect(await next.check()).toMatchObject({ repairedBatches: 0, rebuilt: false });
    await next.stop();
  });

  it('leaves requests alone that another worker has taken', async () => {
    await test.send('batch', { batch: [order(1)] });
    const rows = await readOldest(test.platform.pg, 100);
    await test.drain();
    const commerce = createCommerce(test.platform);
    const doors = { customers: test.customers, upsertProducts: commerce.products.upsert, refreshSummaries: commerce.refreshSummaries };
    const settings = { personalNames: new Set<string>(), currency: 'CNY', sources: new Map<number, string>() };
    await expect(runRound({ platform: test.platform, facts: test.facts, doors, seal: createRequestSeal(test.platform.secret), settings }, rows)).rejects.toThrow('another worker');
    expect(await test.ask('select count() as n from event')).toEqual([{ n: '1' }]);
  });
});

describe('an erased person', () => {
  it('is not in ClickHouse after a rebuild, and late events do not bring them back', async () => {
    await test.send('batch', { batch: [order(1), order(2), order(3)] });
    await test.drain();
    const no = await test.customerOf('external_id', 'u2');
    await test.platform.pg.query("insert into erased_identifier select kind, namespace, hash from identifier where customer_no = $1", [no]);
    await test.platform.pg.query('delete from identifier where customer_no = $1', [no]);
    await test.facts.erase([no]);
    await test.send('batch', { batch: [{ ...order(2), messageId: 'late' }, order(4)] });
    await test.drain();
    await test.facts.rebuild();
    const rows = await test.ask('select (select count() from event where customer_no = {no:UInt32}) as theirs, (select count() from event) as events, (select count() from order_line) as lines', { no });
    expect(rows).toEqual([{ theirs: '0', events: '3', lines: '3' }]);
    expect(await test.facts.check()).toMatchObject({ repairedBatches: 0, rebuilt: false });
  });
});
