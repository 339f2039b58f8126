import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemberVisits, type MemberVisits } from '../../../../test/member-visits.ts';
import { createMembershipServer, type MembershipServer } from '../../../../test/membership-server.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { adjustPoints, type MemberPage } from '../contract.ts';

const everything = 'membership.read membership.adjust membership.links';

describe('a member’s page explains', () => {
  let shop: MembershipServer;
  let at: MemberVisits;
  let anna: number;
  let bo: number;
  beforeAll(async () => {
    shop = await createMembershipServer(everything);
    at = await createMemberVisits(shop);
    const { pg } = shop.platform;
    const version = await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00+08:00');
    [anna, bo] = await inTransaction(pg, (client) => shop.customers.identities.resolve(client, ['1', '2'].map((value) => (
      { identifiers: [{ kind: 'external_id' as const, namespace: '', value }], at: new Date('2026-01-01') }))));
    await shop.customers.copier.drain();
    await pg.query(
      `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) values ($1, '2026-01-05', 'order', 'silver', '2026-05-01', '2026-05-01', $2)`, [anna, version]);
    const change = (kind: string, from: string | null, to: string, moment: string, derivation: object) => pg.query(
      'insert into tier_change (customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation) values ($1, $2, $3, $4, $5, $5, $5, $6, $7)',
      [anna, kind, from, to, moment, version, derivation]);
    await change('join', null, 'silver', '2026-01-05T00:00:00Z', {});
    await change('rise', 'silver', 'gold', '2026-02-05T00:00:00Z', { reason: 'growth', total: 1_200, needed: 1_000, countedFrom: Date.parse('2026-01-05T00:00:00Z'), countedUntil: Date.parse('2026-02-05T00:00:00Z') });
    await change('drop', 'gold', 'silver', '2026-05-01T00:00:00Z', { reason: 'approved', total: 300, needed: 800, by: '王芳' });
    await shop.membership.ledger.execute({
      kind: 'earn', key: 'o', customerNo: anna, amount: 438, occurredAt: Date.parse('2026-05-02T04:00:00Z'), availableAt: 0, expiresAt: null,
      derivation: {
        reason: 'order', order: 'TM-1', versionNo: version, goods: '219.2', changes: { freight: '10' }, base: '219.2', rate: { amount: 1, per: '1' }, factors: [{ keys: [], of: '219.2', factor: '2' }],
        exact: '438.4', rounding: 'down', rounded: 438, threshold: null, cap: null, points: 438,
      },
    });
    expect((await shop.ask(adjustPoints, { params: { customerNo: anna }, body: { key: 'k', amount: -38, reason: '补发更正' } })).status).toBeLessThan(300);
  });
  afterAll(async () => {
    await at.server.close();
    await shop.close();
  });

  it('where points came from and went, which add up to what there is, and how each line was reckoned', async () => {
    const { points } = await at.pageOf(await at.visit(anna));
    expect(points.why.sentence).toBe('400 points: 438 earned with 1 orders, -38 given or taken by us.');
    expect(points.why.reasons.reduce((sum, { amount }) => sum + amount, 0)).toBe(points.available);
    const { entries } = (await at.send(await at.visit(anna), 'GET', '/points')).json();
    expect(entries).toMatchObject([{ amount: -38, steps: [] }, { amount: 438 }]);
    const steps = new Map((entries[1].steps as { label: string; value: string }[]).map(({ label, value }) => [label, value]));
    expect(Object.fromEntries(steps)).toMatchObject({ Goods: '¥219.20', Rate: '1 for each ¥1.00', Rounding: '438.4 is rounded down to 438', 'Points of the order': '438' });
  });

  it('why a tier is theirs and how they came to it, in words for them and without who of the staff decided', async () => {
    const page = await at.pageOf(await at.visit(anna));
    expect(page.progress?.why.at(-1)).toMatch(/more growth to gold/);
    expect(page.progress?.changes.map(({ sentence }) => sentence)).toEqual([
      'Growth of 300 missed the 800 it takes to keep gold; it became silver.', expect.stringContaining('reached the 1,000 of gold'), 'Joined, as silver.',
    ]);
    expect(JSON.stringify(page)).not.toMatch(/王芳|approv/);
  });

  it('says to whoever may join by buying alone that it takes an order, and lets them in when there is one', async () => {
    const { pg, clickhouse } = shop.platform;
    await publishSample(pg, sampleProgramme({ joining: { who: 'buyers' } }), '2026-06-01T00:00:00+08:00');
    const cookie = await at.visit(bo);
    await expect.poll(async () => (await at.pageOf(cookie)).membership.canJoin, { timeout: 5_000 }).toBe(false);
    const join = async () => (await at.send(cookie, 'POST', '/membership', { agrees: true })).json();
    expect(await join()).toMatchObject({ status: 409, errors: [{ code: 'no_order' }] });
    // Having been one, by staff, is no order.
    await pg.query(`insert into member (customer_no, joined_at, left_at, joined_by, tier, tier_since, cycle_start, version_no) values ($1, '2026-01-05', '2026-02-01', 'staff', 'silver', '2026-01-05', '2026-01-05', 1)`, [bo]);
    expect((await at.pageOf(cookie)).membership).toMatchObject({ state: 'left', canJoin: false });
    expect(await join()).toMatchObject({ status: 409, errors: [{ code: 'no_order' }] });
    await insertLines(clickhouse, [{ customerNo: bo, order: 'B1', at: '2026-06-02T04:00:00.000Z' }]);
    await shop.commerce.refreshSummaries('all');
    expect((await at.pageOf(cookie)).membership.canJoin).toBe(true);
    expect((await join() as MemberPage).membership.state).toBe('member');
  });

  it('names the tier at the head of a person’s page in the reader’s language', async () => {
    const tierIn = async (locale: string): Promise<string> => {
      const reply = await shop.server.inject({ url: `/api/customers/${anna}`, headers: { 'x-test-permissions': 'customers.read', 'accept-language': locale } });
      return reply.json().figures.find(({ label }: { label: string }) => label === 'membership:figure.tier').value;
    };
    expect([await tierIn('zh-CN'), await tierIn('en')]).toEqual(['silver会员', 'silver']);
  });
});
