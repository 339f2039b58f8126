import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../../test/customers-server.ts';
import { type Delivering, deliveringOn, ship } from '../../../../../test/deliveries.ts';
import { createReceiver, type Received, type Receiver } from '../../../../../test/receiver.ts';
import { eraseCustomer } from '../../../customers/contract.ts';
import { createAudiences } from '../../audiences.ts';
import {
  createAudience, createDelivery, createDestination, deleteAudience, endDelivery, listDeliveries, listDestinations, listShipments, resumeDelivery, revokeDestination, type Rule,
  testDestination, updateAudience,
} from '../../contract.ts';

const may = 'audiences.read audiences.edit audiences.export audiences.destinations';

interface Line {
  customerNo: number;
  identifiers: Record<string, string[]>;
  name?: string | null;
}

/** What a receiver makes of a message: the head, the people, and whether the signature holds. */
function opened({ headers, body }: Received, secret: string): { id: string; head: Record<string, unknown>; people: Line[] } {
  const id = String(headers['webhook-id']);
  const expected = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64')).update(`${id}.${String(headers['webhook-timestamp'])}.${body.toString()}`).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  const [head, ...people] = body.toString().trimEnd().split('\n').map((line) => JSON.parse(line));
  return { id, head, people };
}

describe('audiences that are sent to a webhook', () => {
  let shop: CustomersServer;
  let doors: Delivering;
  let receiver: Receiver;
  let people: number[];
  let now: Date;
  let made = 0;
  beforeAll(async () => {
    shop = await createCustomersServer((platform, customers) => {
      const allowing = { ...platform, config: { ...platform.config, outboundAllow: ['127.0.0.1'] } };
      doors = deliveringOn(allowing, customers.vault, 500);
      return createAudiences(allowing, customers).routes;
    });
    shop.platform.clock.now = () => now;
    doors.platform.clock.now = () => now;
    now = new Date();
    receiver = await createReceiver();
    people = [];
    for (let i = 0; i < 4; i++) people.push(await shop.person({ external_id: i === 3 ? '13900139003' : `U-${i}`, member_no: `M${i}`, phone: `+861380013800${i}` }, { name: `人${i}` }));
    await shop.customers.syncToClickHouse(people);
  });
  beforeEach(async () => {
    await shop.platform.pg.query("update audience_delivery set state = 'ended'; delete from audience_cursor; update audience_shipment set state = 'dropped'");
    receiver.received.length = 0;
    receiver.react((_received, response) => void response.writeHead(204).end());
  });
  afterAll(async () => {
    doors.outbound.close();
    await receiver.close();
    await shop.close();
  });

  const only = (...customerNos: number[]): Rule => ({ kind: 'group', match: 'any', parts: customerNos.map((no) => ({ kind: 'identifier', identifiers: ['phone'], match: no < 0 ? 'none' : 'all' })) });
  const audienceOf = async (rule: Rule = { kind: 'group', match: 'all', parts: [] }, kind: 'live' | 'fixed' = 'live') => (await shop.ask(createAudience, may, { body: { name: `audience ${++made}`, kind, rule } })).body;
  const destinationOf = async (url = receiver.url) => (await shop.ask(createDestination, may, { body: { name: `hook ${++made}`, address: { kind: 'webhook', url } } })).body;
  const begin = async (audienceId: number, destinationId: number, more: object = {}, permissions = may) =>
    shop.ask(createDelivery, permissions, { params: { audienceId }, body: { destinationId, mode: 'once', ...more } });
  const shipments = async (deliveryId: number) => (await shop.ask(listShipments, may, { params: { deliveryId } })).body.rows;
  const passMs = (ms: number): void => void (now = new Date(now.getTime() + ms));

  it('bring every member once, signed, with the shop\'s own numbers and nothing personal', async () => {
    const { destination, secret } = await destinationOf();
    const { audienceId, name } = await audienceOf();
    const { body: delivery, status } = await begin(audienceId, destination.destinationId);
    expect([status, delivery.state]).toEqual([201, 'active']);
    expect(await ship(doors)).toBe(1);
    expect(receiver.received).toHaveLength(1);
    const { head, people: lines } = opened(receiver.received[0], secret ?? '');
    expect(head).toMatchObject({ type: 'audience.members', audienceId, audience: name, change: 'member', page: 1, isLast: true, people: 4, total: 4 });
    expect(lines[0]).toEqual({ customerNo: people[0], identifiers: { external_id: ['U-0'], member_no: ['M0'] } });
    expect(lines.map((line) => line.customerNo)).toEqual(people);
    // A shop that uses phones as its numbers.
    expect(lines[3].identifiers.external_id[0]).not.toContain('139003');
    expect(receiver.received[0].body.toString()).not.toMatch(/人0|1380013800/);
    const [shipment] = await shipments(delivery.deliveryId);
    expect(shipment).toMatchObject({ state: 'done', isWhole: true, entered: 4, left: 0, sent: 4, failures: 0, status: 204, trouble: null });
    expect((await shop.ask(listDeliveries, may, { params: { audienceId } })).body.rows[0]).toMatchObject({ state: 'done', last: { state: 'done' } });
    expect((await shop.platform.pg.query('select from audience_shipment where entered is not null')).rowCount).toBe(0);
  });

  it('bring personal data only for who may see it and asks for it, and the audit log says so', async () => {
    const { destination, secret } = await destinationOf();
    const { audienceId } = await audienceOf();
    expect(await begin(audienceId, destination.destinationId, { reveal: true })).toMatchObject({ status: 403, code: 'platform.not_permitted' });
    await begin(audienceId, destination.destinationId, { reveal: true }, `${may} customers.reveal`);
    await ship(doors);
    const { people: lines } = opened(receiver.received[0], secret ?? '');
    expect(lines[0]).toMatchObject({ name: '人0', identifiers: { phone: ['+8613800138000'], external_id: ['U-0'] } });
    expect(lines[3].identifiers.external_id).toEqual(['13900139003']);
    const { rows } = await shop.platform.pg.query('select action, details from audit_log where subject = $1 order by seq', [`audience:${audienceId}`]);
    expect(rows.map((row) => [row.action, row.details.isFull, row.details.rows ?? row.details.entered])).toEqual([['audiences.create', undefined, undefined], ['audiences.deliver', true, 4], ['audiences.delivered', true, 4]]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('of changes bring everybody first, then who entered and who left, those who came and went again not at all', async () => {
    const { destination, secret } = await destinationOf();
    const audience = await audienceOf();
    const { body: { deliveryId } } = await begin(audience.audienceId, destination.destinationId, { mode: 'changes', pauseMinutes: 5 });
    await ship(doors);
    const change = async (version: number, rule: Rule) => shop.ask(updateAudience, may, { params: { audienceId: audience.audienceId }, body: { version, rule } });
    await change(1, { kind: 'group', match: 'any', parts: [] });
    await change(2, only(1));
    await change(3, { kind: 'group', match: 'any', parts: [] });
    expect(await ship(doors)).toBe(0);
    passMs(4 * 60_000);
    expect(await ship(doors)).toBe(0);
    passMs(60_001);
    expect(await ship(doors)).toBe(1);
    expect(await ship(doors)).toBe(0);
    const [whole, left] = receiver.received.map((received) => opened(received, secret ?? ''));
    expect([whole.head.change, whole.people.length]).toEqual(['member', 4]);
    expect([left.head.type, left.head.change, left.people.map((line) => line.customerNo)]).toEqual(['audience.changed', 'left', people]);
    await change(4, only(1));
    expect(await ship(doors)).toBe(0);
    passMs(300_001);
    expect(await ship(doors)).toBe(1);
    expect(opened(receiver.received[2], secret ?? '').head).toMatchObject({ change: 'entered', people: 4 });
    await change(5, { kind: 'group', match: 'any', parts: [] });
    await change(6, only(1));
    passMs(300_001);
    expect(await ship(doors)).toBe(0);
    expect((await shipments(deliveryId)).map((each) => [each.isWhole, each.entered, each.left])).toEqual([[false, 4, 0], [false, 0, 4], [true, 4, 0]]);
  });

  it('follow an audience from now on where that is wanted, keep it from being deleted, and let it go when they end', async () => {
    const { destination } = await destinationOf();
    const { audienceId } = await audienceOf();
    const { body: { deliveryId } } = await begin(audienceId, destination.destinationId, { mode: 'changes', withPresent: false });
    expect(await ship(doors)).toBe(0);
    const refused = await shop.ask(deleteAudience, may, { params: { audienceId } });
    expect([refused.status, refused.code, refused.text.includes(destination.name)]).toEqual([409, 'audiences.followed', true]);
    expect((await shop.ask(endDelivery, may, { params: { deliveryId } })).status).toBe(204);
    expect(await shop.ask(endDelivery, may, { params: { deliveryId } })).toMatchObject({ status: 404, code: 'audiences.delivery_not_found' });
    expect((await shop.ask(deleteAudience, may, { params: { audienceId } })).status).toBe(204);
  });

  it('try again what failed, with the same id and the same people, and stop loudly in the end; then go on where they stood', async () => {
    const { destination, secret } = await destinationOf();
    const { audienceId } = await audienceOf();
    const { body: { deliveryId } } = await begin(audienceId, destination.destinationId);
    receiver.react((_received, response) => void response.writeHead(500).end('boom'));
    for (let attempt = 1; attempt <= 9; attempt++) {
      expect(await ship(doors)).toBe(1);
      expect(await ship(doors)).toBe(0);
      expect((await shipments(deliveryId))[0]).toMatchObject({ state: 'running', failures: attempt, status: 500, trouble: expect.stringContaining('500') });
      passMs(8.9 * 3_600_000);
    }
    await ship(doors);
    passMs(7 * 86_400_000);
    expect(await ship(doors)).toBe(0);
    const { body: { rows: [stopped] } } = await shop.ask(listDeliveries, may, { params: { audienceId } });
    expect(stopped).toMatchObject({ state: 'stopped', trouble: expect.stringContaining('500') });
    expect((await shop.ask(listDestinations, may, { query: { q: destination.name } })).body.rows[0]).toMatchObject({ trouble: expect.stringContaining('500') });
    receiver.react((_received, response) => void response.writeHead(200).end());
    expect((await shop.ask(resumeDelivery, may, { params: { deliveryId } })).body.state).toBe('active');
    expect(await ship(doors)).toBe(1);
    const messages = receiver.received.map((received) => opened(received, secret ?? ''));
    expect(new Set(messages.map(({ id, people: lines }) => `${id} ${lines.map((line) => line.customerNo).join()}`)).size).toBe(1);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(11);
    expect((await shipments(deliveryId))[0]).toMatchObject({ state: 'done', failures: 0, status: 200, trouble: null });
    expect(await shop.ask(resumeDelivery, may, { params: { deliveryId } })).toMatchObject({ status: 404 });
  });

  it('wait as long as the receiver asks; follow no redirect; stop at once where the address is gone', async () => {
    const { destination } = await destinationOf();
    const { audienceId } = await audienceOf();
    const { body: { deliveryId } } = await begin(audienceId, destination.destinationId);
    receiver.react((_received, response) => void response.writeHead(429, { 'retry-after': '900' }).end());
    await ship(doors);
    passMs(899_000);
    expect(await ship(doors)).toBe(0);
    passMs(2_000);
    receiver.react((_received, response) => void response.writeHead(307, { location: `${receiver.url}/inside` }).end());
    await ship(doors);
    expect([(await shipments(deliveryId))[0].status, receiver.received.map(({ path }) => path)]).toEqual([307, ['/', '/']]);
    receiver.react((_received, response) => void response.writeHead(410).end());
    passMs(60_000);
    await ship(doors);
    expect((await shop.ask(listDeliveries, may, { params: { audienceId } })).body.rows[0]).toMatchObject({ state: 'stopped', last: { failures: 3, status: 410 } });
  });

  it('give up a receiver that does not answer in time, and one that is not there', async () => {
    const silent = await destinationOf();
    const nobody = await destinationOf('http://127.0.0.1:9/');
    receiver.react(() => {});
    const { audienceId } = await audienceOf();
    for (const { destination } of [silent, nobody]) await begin(audienceId, destination.destinationId);
    expect(await ship(doors)).toBe(2);
    const { body: { rows } } = await shop.ask(listDeliveries, may, { params: { audienceId } });
    expect(rows.map((row) => [row.state, row.last?.failures, row.last?.status])).toEqual([['active', 1, null], ['active', 1, null]]);
    expect([rows[0].last?.trouble, rows[1].last?.trouble]).toEqual([expect.stringContaining('ECONNREFUSED'), expect.stringContaining('within 0.5 seconds')]);
    for (const { destination: { destinationId } } of [silent, nobody]) await shop.ask(revokeDestination, may, { params: { destinationId } });
  });

  it('come in pages of a thousand that say which is the last', async () => {
    const { destination, secret } = await destinationOf();
    const { audienceId } = await audienceOf({ kind: 'group', match: 'any', parts: [] }, 'fixed');
    const { body: { deliveryId } } = await begin(audienceId, destination.destinationId);
    const { encodeBitmap } = await import('../../../../kernel/bitmap/portable-write.ts');
    const { Bitmap } = await import('../../../../kernel/bitmap/bitmap.ts');
    await shop.platform.pg.query('update audience_shipment set entered = $2 where delivery_id = $1', [deliveryId, Buffer.from(encodeBitmap(Bitmap.range(10_000, 12_500)))]);
    await ship(doors);
    const messages = receiver.received.map((received) => opened(received, secret ?? ''));
    expect(messages.map(({ head, people: lines }) => [head.page, head.isLast, head.people, lines.length])).toEqual([[1, false, 1_000, 1_000], [2, false, 1_000, 1_000], [3, true, 500, 500]]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
    expect(messages.flatMap(({ people: lines }) => lines.map((line) => line.customerNo))).toEqual([...Bitmap.range(10_000, 12_500)]);
  });

  it('of nobody say that it is nobody', async () => {
    const { destination, secret } = await destinationOf();
    const { audienceId } = await audienceOf({ kind: 'group', match: 'any', parts: [] });
    await begin(audienceId, destination.destinationId);
    await ship(doors);
    expect(receiver.received.map((received) => opened(received, secret ?? '').head)).toMatchObject([{ people: 0, total: 0, isLast: true }]);
  });

  it('send nothing more of somebody who is erased, and tell who follows changes that they left', async () => {
    const { destination, secret } = await destinationOf();
    const gone = await shop.person({ external_id: 'gone', phone: '+8613700137000' });
    await shop.customers.syncToClickHouse([gone]);
    const { audienceId } = await audienceOf();
    await begin(audienceId, destination.destinationId, { mode: 'changes' });
    await ship(doors);
    await begin(audienceId, destination.destinationId);
    expect(receiver.received[0].body.toString()).toContain('"gone"');
    const erased = await shop.ask(eraseCustomer, 'customers.erase', { params: { customerNo: gone }, body: { confirm: String(gone), reason: 'asked for it' } });
    expect([erased.status, (erased.body.counts as Record<string, number>).audience_shipment]).toEqual([200, 1]);
    passMs(120_000);
    await ship(doors);
    const [, once, left] = receiver.received.map((received) => opened(received, secret ?? '')).sort((a, b) => Number(a.head.change === 'left') - Number(b.head.change === 'left'));
    expect(once.people.map((line) => line.customerNo)).not.toContain(gone);
    expect([left.head.change, left.people]).toEqual(['left', [{ customerNo: gone, identifiers: {} }]]);
  });

  it('can be tried out with nobody in it, and revoked: the secret is gone then, and nothing more is sent', async () => {
    const { destination, secret } = await destinationOf(`${receiver.url}/hook?key=1`);
    const { destinationId } = destination;
    const params = { destinationId };
    expect((await shop.ask(testDestination, may, { params })).body).toMatchObject({ arrived: true, status: 204, trouble: null });
    const { head, people: lines } = opened(receiver.received[0], secret ?? '');
    expect([head.type, lines, receiver.received[0].path]).toEqual(['audience.test', [], '/hook?key=1']);
    receiver.react((_received, response) => void response.writeHead(401).end());
    expect((await shop.ask(testDestination, may, { params })).body).toMatchObject({ arrived: false, status: 401, trouble: expect.stringContaining('401') });
    const { audienceId } = await audienceOf();
    await begin(audienceId, destinationId, { mode: 'changes' });
    expect((await shop.ask(revokeDestination, may, { params })).status).toBe(204);
    expect(await ship(doors)).toBe(0);
    for (const endpoint of [testDestination, revokeDestination]) expect(await shop.ask(endpoint, may, { params })).toMatchObject({ status: 404, code: 'audiences.destination_not_found' });
    expect(await begin(audienceId, destinationId)).toMatchObject({ status: 400, code: 'audiences.destination_not_found' });
    expect((await shop.platform.pg.query('select secret from audience_destination where destination_id = $1', [destinationId])).rows).toEqual([{ secret: null }]);
    expect((await shop.ask(listDestinations, may, { query: { revoked: '1', q: destination.name } })).body.rows).toMatchObject([{ destinationId, deliveries: 0 }]);
  });

  it('keep the secret unreadable where it is stored, and show it once', async () => {
    const { destination, secret } = await destinationOf();
    const listed = await shop.ask(listDestinations, may, { query: { q: destination.name } });
    expect(listed.text).not.toContain(secret);
    const { rows } = await shop.platform.pg.query<{ secret: Buffer }>('select secret from audience_destination where destination_id = $1', [destination.destinationId]);
    expect(rows[0].secret.includes(secret ?? '?')).toBe(false);
  });

  it('are refused to closed addresses when they are entered, and when a name leads there later', async () => {
    for (const [url, code] of [['http://169.254.169.254/latest', 'outbound_closed'], ['https://[::1]/', 'outbound_closed'], ['http://8.8.8.8/', 'outbound_plain'], ['file:///etc/passwd', 'outbound_bad_address']]) {
      expect(await shop.ask(createDestination, may, { body: { name: `x ${++made}`, address: { kind: 'webhook', url } } }), url).toMatchObject({ status: 400, code: `platform.${code}` });
    }
    const { destination } = await destinationOf();
    await shop.platform.pg.query("update audience_destination set address = jsonb_build_object('url', $2::text) where destination_id = $1", [destination.destinationId, receiver.url.replace('127.0.0.1', '127.0.0.2')]);
    const { audienceId } = await audienceOf();
    await begin(audienceId, destination.destinationId);
    await ship(doors);
    expect(receiver.received).toEqual([]);
    expect((await shop.ask(listDeliveries, may, { params: { audienceId } })).body.rows[0]).toMatchObject({ state: 'stopped', last: { failures: 1 } });
  });

  it('are refused where they make no sense', async () => {
    const { destination: { destinationId, name } } = await destinationOf();
    const [live, fixed] = [await audienceOf(), await audienceOf(undefined, 'fixed')];
    const refusals: [number, object, string][] = [
      [live.audienceId, { format: 'csv' }, 'audiences.webhook_format'], [fixed.audienceId, { mode: 'changes' }, 'audiences.fixed_never_changes'],
      [live.audienceId, { mode: 'changes', on: '2026-01-01' }, 'audiences.day_of_changes'], [live.audienceId, { on: '2020-01-01' }, 'audiences.not_made_yet'],
      [live.audienceId, { destinationId: 999_999 }, 'audiences.destination_not_found'], [live.audienceId, { pauseMinutes: 0 }, 'platform.invalid_input'],
      [999_999, {}, 'audiences.not_found'], [999_999, { mode: 'changes' }, 'audiences.not_found'],
    ];
    for (const [audienceId, more, code] of refusals) expect((await begin(audienceId, destinationId, more)).code, code).toBe(code);
    expect(await shop.ask(createDestination, may, { body: { name: name.toUpperCase(), address: { kind: 'webhook', url: receiver.url } } })).toMatchObject({ status: 409, code: 'audiences.name_taken' });
    for (let i = 0; i < 20; i++) await begin(live.audienceId, destinationId, { mode: 'changes', withPresent: false });
    expect(await begin(live.audienceId, destinationId)).toMatchObject({ status: 409, code: 'audiences.too_many_deliveries' });
    for (const endpoint of [listDestinations, listDeliveries] as const) expect((await shop.ask(endpoint, may, { params: { audienceId: live.audienceId }, query: { sort: 'name' } } as never)).code).toBe('audiences.bad_sort');
  });
});
