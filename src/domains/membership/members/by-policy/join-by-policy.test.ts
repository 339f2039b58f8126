import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../../test/customers-server.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { mergeCustomers } from '../../../customers/contract.ts';
import { createProgramme } from '../../programme/programme.ts';
import { leave } from '../leave.ts';
import { joinByPolicy } from './join-by-policy.ts';

describe('joining by policy', () => {
  let shop: CustomersServer;
  let people: number[];
  let now = new Date('2026-06-18T04:00:00Z');
  let version = 1;
  beforeAll(async () => {
    shop = await createCustomersServer();
    shop.platform.clock.now = () => now;
    people = [];
    for (let n = 0; n < 9; n++) people.push(await shop.person({ external_id: `P${n}` }, {}, 1 + n, n === 3 ? '天猫' : '官网'));
    people.push(await shop.person({ device: 'D-1' }));
    await shop.customers.copier.drain();
    await bought(people.slice(0, 5), '2026-02-01 08:00:00');
    await bought([people[9]], '2026-02-01 08:00:00');
  });
  afterAll(() => shop.close());

  const bought = (customerNos: readonly number[], at: string) => shop.platform.clickhouse.insertRows('customer_summary', customerNos.map((customer_no) => ({
    customer_no, version: ++version + Date.now() * 1_000, first_order_at: at, last_order_at: at, orders: 1, refunds: 0, sales: '10', refunded: '0' })));
  const programme = () => createProgramme(shop.platform);
  const run = async (): Promise<void> => {
    const current = programme();
    while (await joinByPolicy(shop.platform, current));
  };
  const members = async () => (await shop.platform.pg.query<{ no: number; at: Date; tier: string; version: number }>('select customer_no as no, joined_at as at, tier, version_no as version from member order by 1')).rows;
  const joined = async (): Promise<number[]> => (await members()).map(({ no }) => people.indexOf(no));
  const lines = async (): Promise<number> => (
    await shop.platform.pg.query<{ n: number }>(
      "select count(*)::int as n from tier_change where kind = 'join'",
    )
  ).rows[0].n;
  const agree = async (customerNo: number, day: string, granted = true) => {
    await inTransaction(
      shop.platform.pg,
      (client) => shop.customers.consents.record(
        client,
        [
          {
            customerNo,
            channel: 'sms',
            purpose: 'marketing',
            granted,
            at: new Date(day),
            source: 'test',
            actor: 'test',
          },
        ],
      ),
    );
    await shop.customers.copier.drain();
  };

  it('does nothing without a programme', async () => {
    await run();
    expect(await joined()).toEqual([]);
  });

  it('makes members of all who have bought and are known, as of their first order, once', async () => {
    await publishSample(shop.platform.pg, sampleProgramme(), '2026-03-01T00:00:00Z');
    await run();
    expect(await joined()).toEqual([0, 1, 2, 3, 4]);
    expect((await members())[0]).toMatchObject({
      at: new Date('2026-02-01T08:00:00Z'),
      tier: 'silver',
    });
    await run();
    expect([(await joined()).length, await lines()]).toEqual([5, 5]);
  });

  it('goes on with whom anything new is known of, and lets those be who left', async () => {
    await inTransaction(shop.platform.pg, (client) => leave(client, [people[0]], now, {}));
    await bought([people[0], people[5]], '2026-06-17 00:00:00');
    await run();
    expect(await joined()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(
      (
        await shop.platform.pg.query(
          'select left_at from member where customer_no = $1',
          [people[0]],
        )
      ).rows[0].left_at,
    ).not.toBeNull();
  });

  it('means the person, of merged people, and not each of their numbers', async () => {
    await shop.ask(
      mergeCustomers,
      'customers.merge',
      { body: { survivorNo: people[6], absorbedNo: people[1] } },
    );
    await bought([people[6]], '2026-06-17 00:00:00');
    await shop.customers.copier.drain();
    await run();
    expect(await joined()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('begins anew with another policy: those who were there before join when it begins, under its version', async () => {
    const second = await publishSample(
      shop.platform.pg,
      sampleProgramme({ joining: { who: 'everybody' } }),
      '2026-06-01T00:00:00Z',
    );
    await run();
    expect(await joined()).toEqual([0, 1, 2, 3, 4, 5, 7, 8]);
    expect((await members()).at(-1)).toMatchObject({
      at: new Date('2026-06-01T00:00:00Z'),
      version: second,
    });
  });

  it('goes on after it was stopped between two transactions, and has done nothing twice', async () => {
    await shop.platform.pg.query(
      "update membership_cursor set position = jsonb_set(position, '{after}', '0')",
    );
    await run();
    expect(await lines()).toBe(8);
  });

  it('asks for the channel and the consent of the policy, and counts nobody as a member before they agreed', async () => {
    await shop.platform.pg.query('delete from tier_change');
    await shop.platform.pg.query('delete from member');
    now = new Date('2026-06-20T00:00:00Z');
    await agree(people[2], '2026-01-20');
    await agree(people[2], '2026-05-01');
    await agree(people[3], '2026-01-20');
    await agree(people[4], '2026-04-02');
    await agree(people[5], '2026-04-02');
    await agree(people[5], '2026-04-03', false);
    const strict = sampleProgramme({
      joining: { channels: ['官网'], consent: { channel: 'sms', purpose: 'marketing' } },
    });
    await shop.platform.pg.query('truncate programme_version cascade');
    const first = await publishSample(shop.platform.pg, strict, '2026-03-01T00:00:00Z');
    const later = await publishSample(
      shop.platform.pg,
      { ...strict, names: { en: 'Another name' } },
      '2026-04-01T00:00:00Z',
    );
    await run();
    expect(
      (await members()).map(({ no, at, version: under }) => [people.indexOf(no), at.toISOString().slice(0, 10), under]),
    ).toEqual([[2, '2026-02-01', first], [4, '2026-04-02', later]]);
    await agree(people[5], '2026-06-19');
    await run();
    expect(
      (await members()).map(({ no, at }) => [people.indexOf(no), at.toISOString().slice(0, 10)]).at(-1),
    ).toEqual([5, '2026-06-19']);
  });
});
