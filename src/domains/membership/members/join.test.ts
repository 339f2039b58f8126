import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { eraseCustomer, mergeCustomers, readHeldData, undoMerge } from '../../customers/contract.ts';
import { createProgramme } from '../programme/programme.ts';
import type { Joining } from './join.ts';
import { leave } from './leave.ts';
import { createMembers, type Members } from './members.ts';

const start = '2026-01-10T00:00:00Z';

describe('joining', () => {
  let shop: CustomersServer;
  let members: Members;
  const people: number[] = [];
  let now = new Date('2026-06-18T04:00:00Z');
  beforeAll(async () => {
    shop = await createCustomersServer();
    shop.platform.clock.now = () => now;
    members = createMembers(shop.platform, createProgramme(shop.platform));
    await publishSample(
      shop.platform.pg,
      sampleProgramme({ joining: { consent: { channel: 'sms', purpose: 'marketing' } } }),
      start,
    );
    for (let n = 0; n < 12; n++) people.push(await shop.person({ external_id: `J${n}` }));
    await agree(...people);
  });
  afterAll(() => shop.close());

  const agree = (...customerNos: number[]) => inTransaction(shop.platform.pg, (client) => shop.customers.consents.record(client, customerNos.map((customerNo) => (
    { customerNo, channel: 'sms' as const, purpose: 'marketing' as const, granted: true, at: new Date('2026-01-02'), source: 'test', actor: 'test' }))));
  const order = (customerNo: number, at = '2026-03-01T00:00:00Z', more: Partial<Joining> = {}): Joining => ({
    customerNo,
    at: Date.parse(at),
    way: 'order',
    channel: null,
    hasOrdered: true,
    ...more,
  });
  const join = (...asked: Joining[]) => inTransaction(
    shop.platform.pg,
    (client) => members.ensureJoined(client, asked),
  );
  const lines = async (...customerNos: number[]) =>
    (
      await shop.platform.pg.query(
        'select customer_no, kind, to_tier, occurred_at, derivation from tier_change where customer_no = any($1::int[]) order by change_no',
        [customerNos],
      )
    ).rows;

  it('makes members of many at once, in the lowest tier, as of their order, with a line each', async () => {
    const joined = await join(
      order(people[0]),
      order(people[1], '2026-04-01T00:00:00Z', { channel: '官网', derivation: { order: 'O-1' } }),
    );
    expect(joined.get(people[0])).toMatchObject({
      isNew: true,
      member: {
        tier: 'silver',
        joinedAt: new Date('2026-03-01T00:00:00Z'),
        joinedBy: 'order',
        leftAt: null,
      },
    });
    expect(joined.get(people[1])).toMatchObject({ isNew: true, member: { joinedBy: 'order:官网' } });
    expect(await lines(people[1])).toEqual([{
      customer_no: people[1], kind: 'join', to_tier: 'silver', occurred_at: new Date('2026-04-01T00:00:00Z'), derivation: {
        reason: 'joined',
        way: 'order',
        channel: '官网',
        order: 'O-1',
      },
    }]);
  });

  it('happens once: later orders change nothing, and of several the first one counts', async () => {
    const again = await join(
      order(people[0], '2026-05-01T00:00:00Z'),
      order(people[2], '2026-05-02T00:00:00Z'),
      order(people[2], '2026-05-01T00:00:00Z'),
    );
    expect(again.get(people[0])).toMatchObject({
      isNew: false,
      member: { joinedAt: new Date('2026-03-01T00:00:00Z') },
    });
    expect(again.get(people[2])).toMatchObject({
      member: { joinedAt: new Date('2026-05-01T00:00:00Z') },
    });
    expect(await lines(people[0], people[2])).toHaveLength(2);
  });

  it('happens once although a hundred ask at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => join(order(people[3]))));
    expect(all.filter((each) => (each.get(people[3]) as { isNew: boolean }).isNew)).toHaveLength(1);
    expect(await lines(people[3])).toHaveLength(1);
  });

  it('needs the consent that the policy asks for, and says so', async () => {
    const stranger = await shop.person({ external_id: 'J-none' });
    expect((await join(order(stranger))).get(stranger)).toEqual({ refusal: 'consent' });
    expect(
      (await join(order(stranger, undefined, { way: 'staff' }))).get(stranger),
    ).toEqual({ refusal: 'consent' });
    await agree(stranger);
    expect((await join(order(stranger))).get(stranger)).toMatchObject({ isNew: true });
  });

  it('is refused to nobody, to who was erased and to who has not bought, each with its reason', async () => {
    const { body: { confirmBy } } = await shop.ask(
      readHeldData,
      'customers.erase',
      { params: { customerNo: people[4] } },
    );
    await shop.ask(
      eraseCustomer,
      'customers.erase',
      { params: { customerNo: people[4] }, body: { confirm: confirmBy, reason: 'test' } },
    );
    const refused = await join(
      order(999_999),
      order(people[4]),
      order(people[5], undefined, { way: 'asked', hasOrdered: false }),
    );
    expect(Object.fromEntries(refused)).toEqual({
      999999: { refusal: 'nobody' },
      [people[4]]: { refusal: 'erased' },
      [people[5]]: { refusal: 'no_order' },
    });
  });

  it('counts as of the order also where it came before the first version, when history counts by the rules', async () => {
    const joined = await join(order(people[5], '2026-01-05T00:00:00Z'));
    expect(joined.get(people[5])).toMatchObject({
      member: { joinedAt: new Date('2026-01-05T00:00:00Z') },
    });
  });

  it('ends by leaving, from which buying does not bring anybody back, but asking does, in the lowest tier', async () => {
    const [, , , , , , left] = people;
    await join(order(left));
    await shop.platform.pg.query(
      "update member set tier = 'gold', due_at = now() where customer_no = $1",
      [left],
    );
    await inTransaction(shop.platform.pg, (client) => leave(client, [left], now, { by: 'Anna' }));
    expect((await members.standings([left])).size).toBe(0);
    await expect(
      inTransaction(shop.platform.pg, (client) => leave(client, [left], now, {})),
    ).rejects.toThrow('membership.no_member');
    expect((await join(order(left))).get(left)).toEqual({ refusal: 'left' });
    now = new Date(now.getTime() + 86_400_000);
    expect((await join(order(left, now.toISOString(), { way: 'asked' }))).get(left)).toMatchObject({
      isNew: true,
      member: { tier: 'silver', joinedAt: now, leftAt: null, dueAt: null },
    });
    expect(
      (await lines(left)).map(({ kind, derivation }) => [kind, derivation.isReturn]),
    ).toEqual([['join', undefined], ['leave', undefined], ['join', true]]);
  });

  it('is one for all numbers of a person: the higher tier of both counts, and taking the merge apart leaves each whole (case 18)', async () => {
    const [kept, gone, other] = people.slice(7, 10);
    await join(order(kept), order(gone, '2026-02-01T00:00:00Z'));
    await shop.platform.pg.query("update member set tier = 'gold' where customer_no = $1", [gone]);
    const { body: { mergeId } } = await shop.ask(
      mergeCustomers,
      'customers.merge',
      { body: { survivorNo: kept, absorbedNo: gone } },
    );
    const both = await members.standings([kept, gone, other]);
    for (const no of [kept, gone]) expect(both.get(no)).toMatchObject({
      tier: 'gold',
      accounts: [kept, gone],
      joinedAt: new Date('2026-02-01T00:00:00Z'),
      member: { customerNo: gone },
    });
    expect(both.has(other)).toBe(false);
    expect((await join(order(gone))).get(gone)).toMatchObject({ isNew: false });
    await shop.ask(undoMerge, 'customers.merge', { params: { mergeId } });
    expect(
      [...await members.standings([kept, gone])].map(([no, { tier }]) => [no, tier]).sort(),
    ).toEqual([[kept, 'silver'], [gone, 'gold']].sort());
  });

  it('of somebody who is part of a member changes nothing, and of an absorbed number joins the person', async () => {
    const [, , , , , , , , , , kept, gone] = people;
    await shop.ask(
      mergeCustomers,
      'customers.merge',
      { body: { survivorNo: kept, absorbedNo: gone } },
    );
    const joined = await join(order(gone), order(kept, '2026-04-01T00:00:00Z'));
    expect(joined.get(gone)).toMatchObject({
      isNew: true,
      member: { customerNo: kept, joinedAt: new Date('2026-03-01T00:00:00Z') },
    });
    expect(await lines(kept, gone)).toHaveLength(1);
  });
});
