import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMembershipServer, type MembershipServer } from '../../../../test/membership-server.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { addressOf } from '../../../web/api/address.ts';
import { createProgramme } from '../programme/programme.ts';
import { createMembers } from './members.ts';
import { exportMembersList, joinMember, leaveMembership, listMembers, readMember } from '../contract/members.ts';
import { heldMembers } from './held-members.ts';

const everything = 'membership.read membership.join membership.export';

describe('members', () => {
  let shop: MembershipServer;
  let people: number[];
  beforeAll(async () => {
    shop = await createMembershipServer(everything);
    const { platform, customers } = shop;
    people = await inTransaction(platform.pg, (client) => customers.identities.resolve(client, Array.from({ length: 8 }, (_, n) => (
      { identifiers: [{ kind: 'phone' as const, namespace: '', value: `+861380013800${n}` }], at: new Date('2026-01-01'), channel: '官网' }))));
    await customers.copier.drain();
    await platform.clickhouse.insertRows(
      'customer_summary',
      [
        {
          customer_no: people[1],
          version: 1,
          first_order_at: '2026-02-01 00:00:00',
          last_order_at: '2026-02-01 00:00:00',
          orders: 1,
          refunds: 0,
          sales: '10',
          refunded: '0',
        },
      ],
    );
  });
  afterAll(() => shop.close());
  const join = (customerNo: number, more: object = {}, as = {}) => shop.ask(
    joinMember,
    { body: { customerNo, ...more } },
    as,
  );
  const list = async (query: object = {}) => {
    const { body } = await shop.ask(listMembers, { query });
    return {
      numbers: body.rows.map(({ customerNo }) => people.indexOf(customerNo)),
      total: body.total,
      rows: body.rows,
    };
  };

  it('are none before a programme begins, and whoever would join is told why', async () => {
    expect(await join(people[0])).toMatchObject({
      status: 409,
      code: 'membership.join_refused',
    });
    expect((await join(people[0])).text).toContain(
      'No programme is in force yet',
    );
    expect(await join(999_999_999)).toMatchObject({ status: 404 });
    expect((await list()).total).toBe(0);
    await publishSample(
      shop.platform.pg,
      sampleProgramme({ joining: { consent: null } }),
      '2026-03-01T00:00:00Z',
    );
    await new Promise((done) => setTimeout(done, 1_100));
  });

  it('are entered by staff, once, with a line in the audit log', async () => {
    const [first, again] = [await join(people[0]), await join(people[0])];
    expect(first).toMatchObject({
      status: 200,
      body: {
        isNew: true,
        membership: {
          tier: { key: 'silver', name: 'silver', color: '#999999' },
          joinedBy: 'staff',
          channel: null,
          leftAt: null,
        },
      },
    });
    expect(again.body.isNew).toBe(false);
    expect(
      (
        await shop.ask(
          readMember,
          { params: { customerNo: people[0] } },
          { locale: 'zh-CN' },
        )
      ).body.membership,
    ).toMatchObject({ tier: { name: 'silver会员' }, joinedAt: '2026-06-18T04:00:00.000Z' });
    expect(
      (
        await shop.ask(readMember, { params: { customerNo: people[7] } })
      ).body.membership,
    ).toBeNull();
    const { rows } = await shop.platform.pg.query(
      "select subject from audit_log where action = 'membership.join'",
    );
    expect(rows).toEqual([{ subject: `customer:${people[0]}` }]);
  });

  it('leave with a reason and come back, in the lowest tier', async () => {
    shop.setTime('2026-06-19T04:00:00Z');
    expect(
      (
        await shop.ask(
          leaveMembership,
          { params: { customerNo: people[0] }, body: { reason: '本人要求' } },
        )
      ).status,
    ).toBe(200);
    expect(
      (
        await shop.ask(readMember, { params: { customerNo: people[0] } })
      ).body.membership,
    ).toMatchObject({ leftAt: '2026-06-19T04:00:00.000Z' });
    expect(
      await shop.ask(
        leaveMembership,
        { params: { customerNo: people[0] }, body: { reason: 'again' } },
      ),
    ).toMatchObject({ status: 409, code: 'membership.no_member' });
    expect((await list({ state: 'left' })).numbers).toEqual([0]);
    expect((await join(people[0])).body).toMatchObject({
      isNew: true,
      membership: { leftAt: null, joinedAt: '2026-06-19T04:00:00.000Z' },
    });
  });

  it('are listed by tier, joining, points and what is due, a page at a time', async () => {
    const { pg } = shop.platform;
    for (const [n, no] of people.slice(1, 6).entries()) {
      shop.setTime(`2026-06-2${n}T04:00:00Z`);
      await join(no, { channel: '门店' });
    }
    await pg.query(
      "update member set tier = 'gold', review_at = '2026-07-01' where customer_no = $1",
      [people[2]],
    );
    await shop.membership.ledger.execute({
      kind: 'earn',
      key: 'p',
      customerNo: people[3],
      amount: 120,
      occurredAt: 0,
      availableAt: 0,
      expiresAt: null,
      derivation: {},
    });
    await shop.membership.ledger.execute({
      kind: 'earn',
      key: 'q',
      customerNo: people[4],
      amount: 900,
      occurredAt: 0,
      availableAt: 0,
      expiresAt: 1,
      derivation: {},
    });
    expect(await list({ pageSize: 2 })).toMatchObject({
      numbers: [5, 4],
      total: 6,
    });
    expect(
      await list({ pageSize: 2, page: 3, sort: '-joinedAt' }),
    ).toMatchObject({ numbers: [1, 0], total: 6 });
    expect(
      (await list({ sort: 'joinedAt' })).numbers,
    ).toEqual([0, 1, 2, 3, 4, 5]);
    expect((await list({ tier: 'gold' })).numbers).toEqual([2]);
    expect(
      (
        await list({ joinedFrom: '2026-06-21', joinedTo: '2026-06-22' })
      ).numbers,
    ).toEqual([3, 2]);
    expect((await list({ dueWithin: 30 })).numbers).toEqual([2]);
    expect((await list({ dueWithin: 3 })).numbers).toEqual([]);
    expect((await list({ pointsFrom: 100 })).numbers).toEqual([3]);
    expect((await list({ pointsFrom: 121 })).numbers).toEqual([]);
    expect((await list({ tier: 'gold' })).rows[0]).toMatchObject({
      points: 0,
      joinedBy: 'staff',
      channel: '门店',
      reviewAt: '2026-07-01T00:00:00.000Z',
    });
    expect(
      (await shop.ask(listMembers, { query: { sort: 'name' } })).status,
    ).toBe(400);
  });

  it('are listed as people: tier and points of all their numbers together, under the one they count under', async () => {
    const { pg } = shop.platform;
    const before = (await list()).total;
    const earn = (key: string, customerNo: number, amount: number) => shop.membership.ledger.execute({ kind: 'earn', key, customerNo, amount, occurredAt: 0, availableAt: 0, expiresAt: null, derivation: {} });
    await earn('of the one', people[4], 60);
    await earn('of the other', people[5], 70);
    await pg.query("update member set tier = 'black', review_at = '2026-07-02' where customer_no = $1", [people[5]]);
    const merge = (from: number, into: number | null) => pg.query('update customer set status = $3, merged_into = $2, merged_at = $4 where customer_no = $1', [people[from], into === null ? null : people[into], into === null ? 0 : 1, into === null ? null : new Date()]);
    // The number in between is no member, and the row of the highest tier is of the number that was merged first.
    await merge(5, 6);
    await merge(6, 4);
    expect((await list({ tier: 'silver' })).numbers).not.toContain(4);
    expect(await list({ tier: 'black' })).toMatchObject({ numbers: [4], total: 1, rows: [{ points: 130, joinedAt: '2026-06-23T04:00:00.000Z', reviewAt: '2026-07-02T00:00:00.000Z' }] });
    expect((await list({ pointsFrom: 130 })).numbers).toEqual([4]);
    expect((await list({ pointsFrom: 131 })).numbers).toEqual([]);
    expect((await list()).total).toBe(before - 1);
    // One of both left: the person has not.
    await pg.query("update member set left_at = now() where customer_no = $1", [people[4]]);
    expect([(await list({ tier: 'black' })).numbers, (await list({ state: 'left' })).numbers]).toEqual([[4], []]);
    await pg.query("update member set left_at = null where customer_no = $1", [people[4]]);
    await merge(6, null);
    await merge(5, null);
    await pg.query("update member set tier = 'silver', review_at = null where customer_no = $1", [people[5]]);
  });

  it('are taken out as a file, masked, and that is written down', async () => {
    const reply = await shop.server.inject({
      url: addressOf(exportMembersList, { query: { tier: 'silver' } }),
      headers: {
        'x-test-permissions': everything,
        'accept-language': 'en',
      },
    });
    expect(reply.body.trim().split('\r\n')).toHaveLength(6);
    expect(reply.body).not.toContain('13800138');
    expect(reply.body).toContain('By staff');
    expect(
      (
        await shop.server.inject({
          url: addressOf(exportMembersList),
          headers: { 'x-test-permissions': 'membership.read' },
        })
      ).statusCode,
    ).toBe(403);
    expect(
      (
        await shop.platform.pg.query(
          "select details from audit_log where action = 'membership.export'",
        )
      ).rows,
    ).toEqual([{ details: { tier: 'silver', state: 'member' } }]);
  });

  it('count once where two numbers of a person are members', async () => {
    await shop.platform.pg.query(
      'update customer set status = 1, merged_into = $1, merged_at = now() where customer_no = $2',
      [people[4], people[5]],
    );
    expect(await list()).toMatchObject({
      total: 5,
      numbers: expect.not.arrayContaining([5]),
    });
    expect(
      (
        await shop.ask(readMember, { params: { customerNo: people[5] } })
      ).body.membership,
    ).toMatchObject({ customerNo: people[4] });
  });

  it('need a policy that lets them in where a shop asks for them, and staff are let in', async () => {
    const ofShop = async (customerNo: number) => inTransaction(shop.platform.pg, (client) => createMembers(shop.platform, createProgramme(shop.platform)).ensureJoined(client, [
      { customerNo, at: Date.parse('2026-06-24'), way: 'asked', channel: null, hasOrdered: false }]));
    expect(
      (await ofShop(people[6])).get(people[6]),
    ).toEqual({ refusal: 'no_order' });
    expect((await join(people[6])).status).toBe(200);
    expect(
      (
        await join(people[7], {}, { permissions: 'membership.read' })
      ).status,
    ).toBe(403);
  });

  it('are told of in exports, and nothing of them is left after an erasure', async () => {
    const sources = heldMembers(shop.platform.pg);
    const person = { customerNos: [people[0]], identifiers: [] };
    expect(
      await Promise.all(sources.map((source) => source.count(person))),
    ).toEqual([1, 3]);
    const told = await Promise.all(
      sources.map((source) => Array.fromAsync(source.export(person))),
    );
    expect(told.map(({ length }) => length)).toEqual([1, 3]);
    expect(told[1][0]).toMatchObject({ kind: 'join', to_tier: 'silver' });
    for (const source of sources) await source.erase(person);
    expect(
      await Promise.all(sources.map((source) => source.count(person))),
    ).toEqual([0, 0]);
  });
});
