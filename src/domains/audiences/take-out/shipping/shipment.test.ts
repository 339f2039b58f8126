import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audienceOf, become, begin, beginOf, type Delivering, deliveringOn, destinationOf, peopleIn, ship } from '../../../../../test/deliveries.ts';
import { createTestPlatform, staff, type TestPlatform } from '../../../../../test/harness.ts';
import { createReceiver, type Receiver } from '../../../../../test/receiver.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createCustomers } from '../../../customers/public.ts';
import { endDelivery } from '../deliveries/keep-deliveries.ts';
import { carry } from './carry.ts';
import { dropOldShipments, endShipment, holdShipment, keepProgress, letGo, stillHeld } from './shipment.ts';
import { createShipping } from './shipping.ts';
import { takeUpChanges } from './take-up.ts';

describe('shipments', () => {
  let test: TestPlatform;
  let doors: Delivering;
  let receiver: Receiver;
  let now: Date;
  const few = Bitmap.of([1, 2, 3]);
  beforeAll(async () => {
    test = await createTestPlatform();
    doors = deliveringOn(test.platform, createCustomers(test.platform).vault);
    receiver = await createReceiver();
    doors.platform.clock.now = () => now;
  });
  beforeEach(async () => {
    now = new Date();
    await test.platform.pg.query('truncate audience_destination, audience_cursor cascade');
    receiver.received.length = 0;
    receiver.react((_received, response) => void response.writeHead(200).end());
  });
  afterAll(async () => {
    doors.outbound.close();
    await receiver.close();
    await test.close();
  });
  const pool = () => test.platform.pg;
  const passSeconds = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1_000));
  const states = async () => (await pool().query<{ state: string }>('select state from audience_shipment order by shipment_id')).rows.map((row) => row.state);

  it('are given to one worker each, however many ask', async () => {
    for (let i = 0; i < 6; i++) await begin(doors, few, receiver.url);
    const held = await Promise.all(Array.from({ length: 12 }, () => holdShipment(pool(), now)));
    const given = held.flatMap((shipment) => shipment?.shipmentId ?? []);
    expect(new Set(given).size).toBe(given.length);
    // Whoever was sent away by a lock of another leaves the rest to the next turn.
    for (let next = await holdShipment(pool(), now); next; next = await holdShipment(pool(), now)) given.push(next.shipmentId);
    expect(new Set(given).size).toBe(6);
  });

  it('are given out again half a minute after a worker fell silent, and not while it says that it lives', async () => {
    await begin(doors, few, receiver.url);
    const first = await holdShipment(pool(), now);
    passSeconds(25);
    await stillHeld(pool(), first!.shipmentId, now);
    passSeconds(25);
    expect(await holdShipment(pool(), now)).toBeNull();
    passSeconds(6);
    expect(await holdShipment(pool(), now)).toMatchObject({ shipmentId: first!.shipmentId });
  });

  it('are given out again at once by a worker that ends in order', async () => {
    await begin(doors, few, receiver.url);
    const first = await holdShipment(pool(), now);
    await letGo(pool(), first!.shipmentId);
    expect(await holdShipment(pool(), now)).toMatchObject({ shipmentId: first!.shipmentId, progress: { leg: 'entered', pageNo: 0, sent: 0 } });
  });

  it('to one destination go one after the other, to several at the same time', async () => {
    const [shared, own] = [await destinationOf(doors, receiver.url), await destinationOf(doors, receiver.url)];
    const audienceId = await audienceOf(doors, few);
    for (const destinationId of [shared, shared, own]) await beginOf(doors, audienceId, destinationId);
    const held = [await holdShipment(pool(), now), await holdShipment(pool(), now)];
    expect(held.map((shipment) => shipment?.destinationId).toSorted()).toEqual([shared, own].toSorted());
    expect(await holdShipment(pool(), now)).toBeNull();
    const ofShared = held.find((shipment) => shipment?.destinationId === shared);
    await inTransaction(pool(), (client) => endShipment(client, ofShared!, now));
    expect(await holdShipment(pool(), now)).toMatchObject({ destinationId: shared });
  });

  it('of one delivery go in their order: changes wait until what is on its way has arrived', async () => {
    const audienceId = await audienceOf(doors, few, 'live');
    await beginOf(doors, audienceId, await destinationOf(doors, receiver.url), { mode: 'changes' });
    const whole = await holdShipment(pool(), now);
    await become(doors, audienceId, Bitmap.of([2, 3, 4]));
    await takeUpChanges(pool(), now);
    await letGo(pool(), whole!.shipmentId);
    await pool().query('update audience_shipment set due_at = $1', [now]);
    expect(await states()).toEqual(['running', 'waiting']);
    expect(await holdShipment(pool(), now)).toMatchObject({ shipmentId: whole!.shipmentId, isWhole: true });
    await carry(doors, whole!, new AbortController().signal);
    passSeconds(61);
    expect(await ship(doors)).toBe(1);
    expect(receiver.received.map(({ body }) => peopleIn(body))).toEqual([[1, 2, 3], [4], [1]]);
  });

  it('take changes up exactly once, and as one where nothing was sent in between', async () => {
    const audienceId = await audienceOf(doors, few, 'live');
    await beginOf(doors, audienceId, await destinationOf(doors, receiver.url), { mode: 'changes', withPresent: false });
    for (const members of [[1, 2], [1, 2, 9], [1, 9], [1, 9, 10]]) {
      await become(doors, audienceId, Bitmap.of(members));
      await Promise.all([takeUpChanges(pool(), now), takeUpChanges(pool(), now)]);
    }
    const { rows } = await pool().query('select state, entered_count, left_count from audience_shipment');
    expect(rows).toEqual([{ state: 'waiting', entered_count: 2, left_count: 2 }]);
    await become(doors, audienceId, few);
    await takeUpChanges(pool(), now);
    expect(await states()).toEqual([]);
  });

  it('that nobody has begun take what changed into everybody', async () => {
    const audienceId = await audienceOf(doors, few, 'live');
    await beginOf(doors, audienceId, await destinationOf(doors, receiver.url), { mode: 'changes' });
    await become(doors, audienceId, Bitmap.of([3, 4, 5]));
    await ship(doors);
    expect(receiver.received.map(({ body }) => peopleIn(body))).toEqual([[3, 4, 5]]);
  });

  it('end where they are when their delivery is ended under way', async () => {
    const { deliveryId } = await begin(doors, Bitmap.range(1, 5_001), receiver.url);
    receiver.react(async (_received, response, count) => {
      if (count === 2) await endDelivery(doors, deliveryId, staff());
      response.writeHead(200).end();
    });
    await ship(doors);
    expect([receiver.received.length, await states()]).toEqual([2, ['dropped']]);
    const { rows } = await pool().query('select entered, sent, failures from audience_shipment');
    expect(rows).toEqual([{ entered: null, sent: 1_000, failures: 0 }]);
  });

  it('are not counted as sent by a worker that was thought dead and comes back late', async () => {
    await begin(doors, few, receiver.url);
    const late = await holdShipment(pool(), now);
    passSeconds(31);
    await ship(doors);
    expect(await keepProgress(pool(), late!.shipmentId, { ...late!.progress, sent: 77 }, now)).toBe(false);
    expect(await inTransaction(pool(), (client) => endShipment(client, late!, now))).toBe(false);
    expect((await pool().query('select sent from audience_shipment')).rows).toEqual([{ sent: 3 }]);
  });

  it('whose worker ends lose nothing and blame nobody; the next worker goes on with the next page', async () => {
    await begin(doors, Bitmap.range(1, 4_001), receiver.url);
    let arrived: () => void;
    const second = new Promise<void>((done) => (arrived = done));
    receiver.react((_received, response, count) => {
      if (count === 2) return arrived();
      response.writeHead(200).end();
    });
    const own = deliveringOn(test.platform, doors.vault);
    const worker = createShipping(own);
    worker.start();
    await second;
    await worker.stop();
    expect((await pool().query('select sent, failures, held_until from audience_shipment')).rows).toEqual([{ sent: 1_000, failures: 0, held_until: null }]);
    receiver.react((_received, response) => void response.writeHead(200).end());
    await ship(doors);
    const ids = receiver.received.map(({ headers }) => String(headers['webhook-id']).split('_').at(-1));
    expect(ids).toEqual(['0', '1', '1', '2', '3']);
    expect(Bitmap.of(receiver.received.flatMap(({ body }) => peopleIn(body))).equals(Bitmap.range(1, 4_001))).toBe(true);
  });

  it('are tried again later when something of ours failed, and the sentence says so', async () => {
    await begin(doors, few, receiver.url);
    const broken = { ...doors, vault: { ...doors.vault, decrypt: () => { throw new Error('the key does not fit'); } } };
    await ship(broken);
    const { rows } = await pool().query('select state, failures, trouble from audience_shipment');
    expect(rows).toEqual([{ state: 'running', failures: 1, trouble: { code: 'audiences.shipment_failed', params: {} } }]);
    passSeconds(60);
    await ship(doors);
    expect(await states()).toEqual(['done']);
  });

  it('are forgotten after ninety days', async () => {
    await begin(doors, few, receiver.url);
    await ship(doors);
    passSeconds(89 * 86_400);
    await dropOldShipments(pool(), now);
    expect(await states()).toEqual(['done']);
    passSeconds(2 * 86_400);
    await dropOldShipments(pool(), now);
    expect(await states()).toEqual([]);
  });
});
