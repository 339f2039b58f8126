import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BucketServer, bucketKeys, createBucketServer } from '../../../../../test/bucket-server.ts';
import { createCustomersServer, type CustomersServer } from '../../../../../test/customers-server.ts';
import { type Delivering, deliveringOn, ship } from '../../../../../test/deliveries.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import { createAudiences } from '../../audiences.ts';
import { createAudience, createDelivery, createDestination, listDeliveries, type Rule, testDestination, updateAudience } from '../../contract.ts';
import { bytesOf } from '../../stored/membership/write-membership.ts';

const may = 'audiences.read audiences.edit audiences.export audiences.destinations';
const everybody: Rule = { kind: 'group', match: 'all', parts: [] };
const nobody: Rule = { kind: 'group', match: 'any', parts: [] };

describe('audiences that are put into a bucket', () => {
  let shop: CustomersServer;
  let doors: Delivering;
  let store: BucketServer;
  let people: number[];
  let made = 0;
  beforeAll(async () => {
    store = await createBucketServer();
    shop = await createCustomersServer((platform, customers) => {
      const allowing = { ...platform, config: { ...platform.config, outboundAllow: ['127.0.0.1'] } };
      doors = deliveringOn(allowing, customers.vault);
      return createAudiences(allowing, customers).routes;
    });
    people = [await shop.person({ phone: '+8613800138000' }, { name: '=1+1' }), await shop.person({ external_id: 'U-2' }, { name: '李雷' })];
    await shop.customers.syncToClickHouse(people);
  });
  beforeEach(() => {
    store.fail(() => null);
    store.objects.clear();
  });
  afterAll(async () => {
    doors.outbound.close();
    await store.close();
    await shop.close();
  });

  const destinationOf = async (change: object = {}, secretAccessKey: string | undefined = bucketKeys.secretAccessKey) => shop.ask(createDestination, may, {
    body: { name: `bucket ${++made}`, secretAccessKey, address: { kind: 'bucket', endpoint: store.url, region: bucketKeys.region, bucket: 'crm', prefix: 'out/', addressing: 'path', accessKeyId: bucketKeys.accessKeyId, ...change } },
  });
  const audienceOf = async (rule: Rule = everybody) => (await shop.ask(createAudience, may, { body: { name: `audience ${++made}`, kind: 'live', rule } })).body.audienceId;
  const begin = async (audienceId: number, destinationId: number, more: object, permissions = may) =>
    (await shop.ask(createDelivery, permissions, { params: { audienceId }, body: { destinationId, mode: 'once', ...more } })).body.deliveryId;
  const bodies = (): [string, string][] => [...store.objects].map(([path, { body }]) => [path.replace(/\d{8}T\d{6}Z-\d+/, 'when'), body.toString()]);

  it('are a CSV file as the web downloads it: masked, harmless to a spreadsheet, in full only for who may', async () => {
    const { body: { destination: { destinationId }, secret } } = await destinationOf();
    const audienceId = await audienceOf();
    expect(secret).toBeNull();
    await begin(audienceId, destinationId, { format: 'csv' });
    await begin(audienceId, destinationId, { format: 'csv', reveal: true }, `${may} customers.reveal`);
    await ship(doors);
    const [[path, masked], [, full]] = bodies();
    expect(path).toBe(`/crm/out/audience-${audienceId}/when-member.csv`);
    expect([masked.split('\r\n').filter(Boolean).length, masked.startsWith('\uFEFF'), masked.includes('13800138000'), /(^|,)=/m.test(masked)]).toEqual([3, true, false, false]);
    expect([full.includes('+8613800138000'), full.includes("'=1+1"), full.includes('李雷')]).toEqual([true, true, true]);
    const exported = await shop.server.inject({ url: `/api/audiences/${audienceId}/export`, headers: { 'x-test-permissions': may, 'accept-language': 'en' } });
    expect(masked).toBe(exported.body);
  });

  it('are a bitmap that others\' libraries read', async () => {
    const { body: { destination: { destinationId } } } = await destinationOf({ prefix: '' });
    await begin(await audienceOf(), destinationId, { format: 'roaring' });
    await begin(await audienceOf(nobody), destinationId, { format: 'roaring' });
    await ship(doors);
    const sets = [...store.objects.values()].map(({ body }) => [...decodeBitmap(body)]);
    expect(sets).toEqual([people, []]);
  });

  it('of changes are one object for who entered and one for who left, each there once', async () => {
    const { body: { destination: { destinationId } } } = await destinationOf();
    const audienceId = await audienceOf(nobody);
    await begin(audienceId, destinationId, { mode: 'changes', format: 'jsonl', withPresent: false });
    await shop.ask(updateAudience, may, { params: { audienceId }, body: { version: 1, rule: everybody } });
    await ship(doors);
    await shop.platform.pg.query("update audience_shipment set due_at = now() - interval '1 second', left_members = $1, left_count = 1 where state = 'waiting'", [bytesOf(Bitmap.of([777]))]);
    await ship(doors);
    expect(bodies()).toEqual([
      [`/crm/out/audience-${audienceId}/when-entered.jsonl`, `{"customerNo":${people[0]},"identifiers":{}}\n{"customerNo":${people[1]},"identifiers":{"external_id":["U-2"]}}\n`],
      [`/crm/out/audience-${audienceId}/when-left.jsonl`, '{"customerNo":777,"identifiers":{}}\n'],
    ]);
  });

  it('begin anew where the store has thrown the parts away, and end as one whole object', async () => {
    const { body: { destination: { destinationId } } } = await destinationOf();
    const audienceId = await audienceOf(nobody);
    const deliveryId = await begin(audienceId, destinationId, { format: 'jsonl' });
    await shop.platform.pg.query('update audience_shipment set entered = $2 where delivery_id = $1', [deliveryId, bytesOf(Bitmap.range(1, 250_001))]);
    let thrown = false;
    store.fail(({ path }) => {
      if (!path.includes('partNumber=2') || thrown) return null;
      thrown = true;
      store.uploads.clear();
      return 503;
    });
    await ship(doors);
    await shop.platform.pg.query("update audience_shipment set due_at = now() - interval '1 second' where state = 'running'");
    await ship(doors);
    const lines = bodies()[0][1].trimEnd().split('\n');
    expect([thrown, store.objects.size, lines.length, new Set(lines).size]).toEqual([true, 1, 250_000, 250_000]);
    expect((await shop.platform.pg.query('select state, sent from audience_shipment where delivery_id = $1', [deliveryId])).rows).toEqual([{ state: 'done', sent: 250_000 }]);
  });

  it('say what the store refused, in the list and when it is tried out', async () => {
    const { body: { destination: { destinationId } } } = await destinationOf({}, 'a wrong secret');
    expect((await shop.ask(testDestination, may, { params: { destinationId } })).body).toMatchObject({ arrived: false, status: 403, trouble: expect.stringContaining('SignatureDoesNotMatch') });
    const audienceId = await audienceOf();
    await begin(audienceId, destinationId, { format: 'csv' });
    await ship(doors);
    expect((await shop.ask(listDeliveries, may, { params: { audienceId } })).body.rows[0].last).toMatchObject({ failures: 1, status: 403, trouble: expect.stringContaining('SignatureDoesNotMatch') });
    const good = (await destinationOf()).body.destination;
    expect((await shop.ask(testDestination, may, { params: { destinationId: good.destinationId } })).body).toMatchObject({ arrived: true, status: 200 });
    expect(store.objects.size).toBe(0);
  });

  it('need a secret, and a prefix and a bucket that lead nowhere else', async () => {
    const without = await shop.ask(createDestination, may, { body: { name: 'none', address: { kind: 'bucket', endpoint: store.url, region: 'r', bucket: 'crm', accessKeyId: 'k' } } });
    expect(without).toMatchObject({ status: 400, code: 'audiences.bucket_needs_secret' });
    for (const bad of [{ prefix: '../x' }, { prefix: '/x' }, { prefix: 'a//b' }, { bucket: 'a/b' }, { bucket: 'A' }, { region: 'r/../' }, { accessKeyId: 'a b' }]) {
      expect(await destinationOf(bad), JSON.stringify(bad)).toMatchObject({ status: 400, code: 'platform.invalid_input' });
    }
    expect(await destinationOf({ endpoint: 'http://10.0.0.1:9000' })).toMatchObject({ status: 400, code: 'platform.outbound_closed' });
  });
});
