import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audienceOf, beginOf, type Delivering, deliveringOn, destinationOf, peopleIn, ship } from '../../../../test/deliveries.ts';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { createReceiver, type Receiver } from '../../../../test/receiver.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { createCustomers, type HeldDataSource } from '../../customers/public.ts';
import { heldShipments } from './held-shipments.ts';

describe('people who are about to be sent somewhere', () => {
  let test: TestPlatform;
  let doors: Delivering;
  let receiver: Receiver;
  let held: HeldDataSource;
  const person = { customerNos: [7, 8], identifiers: [] };
  beforeAll(async () => {
    test = await createTestPlatform();
    doors = deliveringOn(test.platform, createCustomers(test.platform).vault);
    receiver = await createReceiver();
    held = heldShipments(test.platform);
  });
  afterAll(async () => {
    doors.outbound.close();
    await receiver.close();
    await test.close();
  });

  it('are told of with the audience and where it goes', async () => {
    const destinationId = await destinationOf(doors, receiver.url);
    await beginOf(doors, await audienceOf(doors, Bitmap.of([6, 7, 8])), destinationId);
    await beginOf(doors, await audienceOf(doors, Bitmap.of([5, 8])), destinationId);
    await beginOf(doors, await audienceOf(doors, Bitmap.of([5])), destinationId);
    expect(await held.count(person)).toBe(3);
    const told = await Array.fromAsync(held.export(person)) as { audience: string; destination: string; customerNo: number }[];
    expect(told.map(({ customerNo }) => customerNo)).toEqual([7, 8, 8]);
    expect(told.every(({ audience, destination }) => audience.startsWith('audience') && destination.startsWith('destination'))).toBe(true);
  });

  it('are not sent when they are erased first, and erasing twice finds nothing more', async () => {
    expect(await held.erase(person)).toBe(3);
    expect([await held.count(person), await held.erase(person)]).toEqual([0, 0]);
    const { rows } = await test.platform.pg.query('select entered_count from audience_shipment order by shipment_id');
    expect(rows).toEqual([{ entered_count: 1 }, { entered_count: 1 }, { entered_count: 1 }]);
    await ship(doors);
    expect(receiver.received.map(({ body }) => peopleIn(body))).toEqual([[6], [5], [5]]);
    expect(await held.count({ customerNos: [5, 6], identifiers: [] })).toBe(0);
  });

  it('are named as having left to whoever follows an audience that they were in, and to nobody else', async () => {
    receiver.received.length = 0;
    const destinationId = await destinationOf(doors, receiver.url);
    const [inside, outside] = [await audienceOf(doors, Bitmap.of([7, 9]), 'live'), await audienceOf(doors, Bitmap.of([9]), 'live')];
    for (const audienceId of [inside, outside]) await beginOf(doors, audienceId, destinationId, { mode: 'changes', withPresent: false });
    await held.erase(person);
    await test.platform.pg.query("update audience_shipment set due_at = now() - interval '1 second' where state = 'waiting'");
    await ship(doors);
    expect(receiver.received.map(({ body }) => [(JSON.parse(body.toString().split('\n')[0]) as { change: string }).change, peopleIn(body)])).toEqual([['left', [7]]]);
  });
});
