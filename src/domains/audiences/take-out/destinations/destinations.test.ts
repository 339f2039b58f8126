import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, beginOf, type Delivering, deliveringOn, destinationOf, ship } from '../../../../../test/deliveries.ts';
import { createTestPlatform, staff, type TestPlatform } from '../../../../../test/harness.ts';
import { createReceiver, type Receiver } from '../../../../../test/receiver.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { createCustomers } from '../../../customers/public.ts';
import { addDestination, revokeDestination } from './keep-destinations.ts';
import { noteTried, openDestination, readDestinations } from './store.ts';

describe('destinations', () => {
  let test: TestPlatform;
  let doors: Delivering;
  let receiver: Receiver;
  const actor = staff('audiences.destinations');
  beforeAll(async () => {
    test = await createTestPlatform();
    doors = deliveringOn(test.platform, createCustomers(test.platform).vault);
    receiver = await createReceiver();
  });
  afterAll(async () => {
    doors.outbound.close();
    await receiver.close();
    await test.close();
  });
  const pool = () => test.platform.pg;
  const webhook = (name: string, url = receiver.url) => addDestination(doors, { name, address: { kind: 'webhook', url } }, actor);

  it('open with the secret that was shown, and only under their own number', async () => {
    const [one, other] = [await webhook('广告平台'), await webhook('短信平台')];
    expect(await openDestination(pool(), doors.vault, one.destinationId)).toMatchObject({ name: '广告平台', address: { kind: 'webhook', url: receiver.url }, secret: one.secret });
    await pool().query('update audience_destination set secret = (select secret from audience_destination where destination_id = $2) where destination_id = $1', [one.destinationId, other.destinationId]);
    await expect(openDestination(pool(), doors.vault, one.destinationId)).rejects.toThrow();
  });

  it('of one name are one, also when two people add it at once; a revoked one gives its name back', async () => {
    const tries = await Promise.allSettled([webhook('Ads'), webhook('ads'), webhook('ADS')]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const tried of tries) if (tried.status === 'rejected') expect(tried.reason).toMatchObject({ code: 'audiences.name_taken', status: 409 });
    const [made] = tries.flatMap((tried) => (tried.status === 'fulfilled' ? tried.value : []));
    await revokeDestination(doors, made.destinationId, actor);
    expect((await webhook('ads')).destinationId).toBeGreaterThan(made.destinationId);
  });

  it('leave in the audit log where they lead, without what a query or a secret says', async () => {
    const { destinationId, secret } = await webhook('带钥匙的', `${receiver.url}/hook?token=open-sesame`);
    const { rows } = await pool().query('select action, actor_name, details from audit_log where subject = $1', [`audience_destination:${destinationId}`]);
    expect(rows).toEqual([{ action: 'audiences.add_destination', actor_name: 'test staff', details: { name: '带钥匙的', kind: 'webhook', to: `${receiver.url}/hook` } }]);
    expect(JSON.stringify(rows)).not.toMatch(/sesame|whsec/);
    expect(secret).toMatch(/^whsec_/);
  });

  it('say how the last try went, and how many deliveries go there', async () => {
    const destinationId = await destinationOf(doors, receiver.url);
    const shown = async () => (await readDestinations(pool(), { destinationId, limit: 1, offset: 0 })).rows[0];
    expect(await shown()).toMatchObject({ triedAt: null, trouble: null, deliveries: 0, revokedAt: null });
    const at = new Date();
    await noteTried(pool(), destinationId, { code: 'audiences.receiver_refused', params: { status: 500 } }, at);
    expect(await shown()).toMatchObject({ triedAt: at, trouble: { code: 'audiences.receiver_refused', params: { status: 500 } } });
    const { audienceId } = await begin(doors, Bitmap.of([1]), receiver.url);
    await beginOf(doors, audienceId, destinationId);
    expect((await shown()).deliveries).toBe(1);
    await ship(doors);
    expect(await shown()).toMatchObject({ trouble: null, deliveries: 0 });
  });

  it('that are revoked while something is on its way there get no further page of it', async () => {
    const { destinationId } = await begin(doors, Bitmap.range(1, 6_001), receiver.url);
    receiver.received.length = 0;
    receiver.react(async (_received, response, count) => {
      if (count === 3) await revokeDestination(doors, destinationId, actor);
      response.writeHead(200).end();
    });
    await ship(doors);
    expect(receiver.received).toHaveLength(3);
    const { rows } = await pool().query('select d.state, s.state as shipment, entered from audience_delivery d join audience_shipment s using (delivery_id) where destination_id = $1', [destinationId]);
    expect(rows).toEqual([{ state: 'ended', shipment: 'dropped', entered: null }]);
    await expect(beginOf(doors, 1, destinationId)).rejects.toMatchObject({ code: 'audiences.destination_not_found' });
  });

  it('are found by a part of their name, the newest first, in pages, and are a hundred at most', async () => {
    await pool().query(`insert into audience_destination (name, kind, address, created_at, created_by) select 'bulk ' || n, 'webhook', '{"url":"https://x.test"}', now(), 't' from generate_series(1, 90) n`);
    const found = await readDestinations(pool(), { q: 'BULK', isRevoked: false, limit: 2, offset: 1 });
    expect([found.total, found.rows.map((row) => row.name)]).toEqual([90, ['bulk 89', 'bulk 88']]);
    expect((await readDestinations(pool(), { q: '%', isRevoked: false, limit: 2, offset: 0 })).total).toBe(0);
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 11; i++) await webhook(`one more ${i}`);
    };
    await expect(fill()).rejects.toMatchObject({ code: 'audiences.too_many_destinations', status: 409, params: { most: 100 } });
  });
});
