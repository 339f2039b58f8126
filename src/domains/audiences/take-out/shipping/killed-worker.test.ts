import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BucketServer, createBucketServer } from '../../../../../test/bucket-server.ts';
import { begin, type Delivering, deliveringOn, peopleIn, ship } from '../../../../../test/deliveries.ts';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { createReceiver, type Received } from '../../../../../test/receiver.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { createCustomers } from '../../../customers/public.ts';

let test: TestPlatform;
let doors: Delivering;
let store: BucketServer;
beforeAll(async () => {
  test = await createTestPlatform();
  doors = deliveringOn(test.platform, createCustomers(test.platform).vault);
  store = await createBucketServer();
});
afterAll(async () => {
  doors.outbound.close();
  await store.close();
  await test.close();
});

const program = join(import.meta.dirname, '..', '..', '..', '..', '..', 'test', 'deliveries.ts');
/** A worker of its own, until it is killed. */
function startWorker(): { child: ChildProcess; ended: Promise<unknown> } {
  const child = fork(program, ['ship', JSON.stringify(test.connections)], { execArgv: ['--disable-warning=ExperimentalWarning'], env: { ...process.env, PERENNIAL_OUTBOUND_ALLOW: '127.0.0.1' } });
  return { child, ended: new Promise((done) => child.once('exit', done)) };
}

/** What the worker held is given out again, as it is half a minute after its death. */
const letHoldEnd = () => test.platform.pg.query("update audience_shipment set held_until = now() - interval '1 second'");

it('brings everybody exactly once to a receiver that knows ids, however often the worker is killed', async () => {
  const receiver = await createReceiver();
  const members = Bitmap.range(1, 40_001);
  const { deliveryId } = await begin(doors, members, receiver.url);
  for (const after of [1, 9, 22]) {
    const worker = startWorker();
    receiver.react(async (_received, response, count) => {
      // The one it is killed with has arrived, and the worker does not know.
      if (count > after) worker.child.kill('SIGKILL');
      await new Promise((done) => setTimeout(done, 5));
      response.writeHead(200).end();
    });
    await worker.ended;
    await letHoldEnd();
  }
  receiver.react((_received, response) => void response.writeHead(200).end());
  await ship(doors);
  const byId = Map.groupBy(receiver.received, ({ headers }) => String(headers['webhook-id']));
  for (const [id, repeats] of byId) expect(new Set(repeats.map((received) => peopleIn(received.body).join())).size, id).toBe(1);
  const once = [...byId.values()].flatMap(([first]) => peopleIn(first.body));
  expect([byId.size, once.length, Bitmap.of(once).equals(members)]).toEqual([40, 40_000, true]);
  expect(receiver.received.length).toBeGreaterThan(40);
  expect((await test.platform.pg.query('select state, sent, failures from audience_shipment where delivery_id = $1', [deliveryId])).rows).toEqual([{ state: 'done', sent: 40_000, failures: 0 }]);
  await receiver.close();
}, 60_000);

it('leaves one whole object in a bucket, whether the worker is killed between parts or just when they are put together', async () => {
  const members = Bitmap.range(1, 300_001);
  const { deliveryId } = await begin(doors, members, store.url, 'bucket');
  const killWhen = async (isTheMoment: (received: Received) => boolean): Promise<void> => {
    const worker = startWorker();
    store.fail((received) => {
      if (isTheMoment(received)) worker.child.kill('SIGKILL');
      return null;
    });
    await worker.ended;
    await letHoldEnd();
  };
  await killWhen(({ path }) => path.includes('partNumber=2'));
  expect(store.objects.size).toBe(0);
  await killWhen(({ method, path, body }) => method === 'POST' && path.includes('uploadId') && body.length > 0);
  expect((await test.platform.pg.query('select state from audience_shipment where delivery_id = $1', [deliveryId])).rows).toEqual([{ state: 'running' }]);
  expect([store.objects.size, store.uploads.size]).toEqual([1, 0]);
  store.fail(() => null);
  await ship(doors);
  expect((await test.platform.pg.query('select state, sent, trouble from audience_shipment where delivery_id = $1', [deliveryId])).rows).toEqual([{ state: 'done', sent: 300_000, trouble: null }]);
  const [[path, { body }]] = [...store.objects];
  expect(path).toMatch(/^\/crm\/out\/audience-\d+\/\d{8}T\d{6}Z-\d+-member\.jsonl$/);
  const numbers = peopleIn(body);
  expect([numbers.length, Bitmap.of(numbers).equals(members), store.objects.size, store.uploads.size]).toEqual([300_000, true, 1, 0]);
  // The first part was not sent a third time.
  expect(store.received.filter(({ path: sent }) => sent.includes('partNumber=1')).length).toBe(1);
}, 60_000);
