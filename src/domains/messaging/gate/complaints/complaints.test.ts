import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateShop, type GateShop, noRules } from '../../../../../test/gate-shop.ts';
import { createTestServer } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../../../kernel/endpoint.ts';
import { addressOf } from '../../../../web/api/address.ts';
import { listComplaints, openComplaint, settleComplaint } from '../../contract.ts';

const noon = new Date('2026-06-18T04:00:00Z');

describe('a complaint', () => {
  let shop: GateShop;
  let server: Awaited<ReturnType<typeof createTestServer>>;
  beforeAll(async () => {
    shop = await createGateShop();
    shop.platform.clock.now = () => noon;
    server = await createTestServer(shop.platform, shop.gate.routes);
    await shop.rules({ ...noRules, complaintsStop: true });
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
  });
  async function ask<E extends Endpoint>(endpoint: E, request: EndpointRequest<E>): Promise<{ status: number; body: EndpointReply<E> & { code?: string } }> {
    const reply = await server.inject({ method: endpoint.method, url: addressOf(endpoint, request), payload: request.body as object | undefined, headers: { 'x-test-permissions': 'messaging.read messaging.complaints' } });
    return { status: reply.statusCode, body: reply.json() };
  }
  const open = (customerNo: number, reference = '') => ask(openComplaint, { params: { customerNo }, body: { reference } });
  const settle = (complaintNo: number) => ask(settleComplaint, { params: { complaintNo }, body: undefined });
  const reasonsOf = async (people: readonly number[], purpose: 'marketing' | 'service' = 'marketing') => (await shop.decide(await shop.run({ purpose }), people, noon)).map(({ reason }) => reason);

  it('keeps marketing from somebody until it is settled, and messages of service never', async () => {
    const [one, other] = await shop.people(2);
    const { status, body: { complaintNo } } = await open(one, 'T-1');
    expect(status).toBe(201);
    expect(await reasonsOf([one, other])).toEqual(['open_complaint', 'none']);
    expect(await reasonsOf([one], 'service')).toEqual(['none']);
    const { body: settled } = await settle(complaintNo);
    expect(settled).toMatchObject({ complaintNo, settledAt: noon.toISOString() });
    expect((await settle(complaintNo)).body).toEqual(settled);
    expect(await reasonsOf([one])).toEqual(['none']);
    expect((await ask(listComplaints, { params: { customerNo: one } })).body.complaints).toEqual([settled]);
  });

  it('told after it was decided that somebody gets a message still stops it', async () => {
    const [one, other] = await shop.people(2);
    const run = await shop.run();
    await shop.decide(run, [one, other], noon);
    await open(one);
    expect([...(await shop.stillMay(run, [one, other], noon)).values()]).toMatchObject([{ word: 'go', personNo: other }]);
  });

  it('is one however often its ticket is told, and of one person', async () => {
    const [one, other] = await shop.people(2);
    const all = await Promise.all(Array.from({ length: 8 }, () => open(one, 'T-2')));
    expect(new Set(all.map(({ body }) => body.complaintNo)).size).toBe(1);
    expect((await open(other, 'T-2')).body.code).toBe('messaging.complaint_of_another');
    expect([(await open(2_000_000_000)).status, (await settle(2_000_000_000)).status]).toEqual([404, 404]);
  });

  it('of a number that was merged counts for the person, and in what an estimate says', async () => {
    const [one, absorbed, free] = await shop.people(3);
    await open(absorbed);
    await shop.platform.pg.query("update customer set status = 1, merged_into = $1, merged_at = '2026-06-01' where customer_no = $2", [one, absorbed]);
    expect(await reasonsOf([one, free])).toEqual(['open_complaint', 'none']);
    const people = Bitmap.of([one, free]);
    const stopped = await shop.gate.reach({ people, agreed: people, addressed: people, channel: 'sms', category: '' }, noon);
    expect(stopped.filter((each) => each.people !== 0)).toEqual([{ reason: 'open_complaint', people: 1, waits: false }]);
    expect((await ask(listComplaints, { params: { customerNo: one } })).body.complaints).toHaveLength(1);
  });
});
