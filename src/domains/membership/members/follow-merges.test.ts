import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { addMembers, grow } from '../../../../test/tier-brand.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { lineagesOf } from '../../customers/public.ts';
import { mergeCustomers, undoMerge } from '../../customers/merges/service.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { createProgramme } from '../programme/programme.ts';
import { createTierKeeper, type TierKeeper } from '../tiers/keep/keeper.ts';
import { followMerges } from './follow-merges.ts';

describe('members who become one person, or two again', () => {
  let test: TestPlatform;
  let ledger: Ledger;
  let keeper: TierKeeper;
  const at = '2026-03-01T12:00:00+08:00';
  const actor = staff('customers.merge');
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock.now = () => new Date(at);
    await publishSample(test.platform.pg, sampleProgramme(), '2026-01-01T00:00:00+08:00');
    await addMembers(test.platform.pg, [1, 2, 3, 4, 5, 6, 7, 8], '2026-01-01T00:00:00+08:00');
    ledger = createLedger(test.platform, lineagesOf);
    keeper = createTierKeeper(test.platform, createProgramme(test.platform));
  });
  afterAll(() => test.close());
  /** What goes on in the background all day. */
  const look = async (): Promise<void> => {
    while (await followMerges(test.platform));
    while ((await keeper.settleDue()) > 0);
    while ((await ledger.settleDue()) > 0);
  };
  // A change of a merge is followed once nothing older is open in all of PostgreSQL, other databases too: other tests may hold it up.
  const patience = { timeout: 60_000 };
  const tiersSoon = (...customerNos: number[]) => expect.poll(async () => {
    await look();
    return tiers(...customerNos);
  }, patience);
  const tiers = async (...customerNos: number[]): Promise<string[]> =>
    (
      await test.platform.pg.query<{ tier: string }>(
        'select tier from member where customer_no = any($1) order by customer_no',
        [customerNos],
      )
    ).rows.map(({ tier }) => tier);
  const common = (key: string, customerNo: number) => ({ key, customerNo, occurredAt: Date.parse(at), derivation: {} });
  const earn = (key: string, customerNo: number, amount: number) =>
    ledger.execute({ ...common(key, customerNo), kind: 'earn', amount, availableAt: 0, expiresAt: null });

  it('rise at once by what they grew together, and go on alone when they are taken apart', async () => {
    for (const no of [1, 2]) await grow(test.platform.pg, no, 600, '2026-02-01T12:00:00+08:00');
    await look();
    expect(await tiers(1, 2)).toEqual(['silver', 'silver']);
    const mergeId = await mergeCustomers(test.platform, 1, 2, actor);
    await tiersSoon(1).toEqual(['gold']);
    await grow(test.platform.pg, 2, 500, '2026-02-02T12:00:00+08:00');
    await undoMerge(test.platform, mergeId, actor);
    // What was reached together stays with the number that led until it is looked at; the other goes by its own growth, all of it.
    await tiersSoon(1, 2).toEqual(['gold', 'gold']);
  });

  it('pay at once with the points of one what the other owes', async () => {
    await earn('lost', 3, 10);
    await ledger.execute({ ...common('spent', 3), kind: 'spend', amount: 10 });
    const gone = { kind: 'take_back', of: 'lost', amount: 10, policy: 'debt', debtLimit: 100 } as const;
    await ledger.execute({ ...common('gone', 3), ...gone });
    // What ends first pays, although it came last: what the other had before is not paid out of as of then.
    await earn('first', 4, 25);
    await ledger.execute({ ...common('later', 4), kind: 'earn', amount: 6, availableAt: Date.parse(at), expiresAt: Date.parse(at) + 30 * 86_400_000 });
    await mergeCustomers(test.platform, 4, 3, actor);
    const paid = async () => {
      await look();
      return (await test.platform.pg.query(
        `select (select sum(remaining)::int from points_debt where customer_no = 3) as owed, (select array_agg(remaining::int order by lot_no) from points_lot where customer_no = 4) as left`,
      )).rows;
    };
    await expect.poll(paid, patience).toEqual([{ owed: 0, left: [21, 0] }]);
  });

  it('are all found, also those of a transaction that was open while others were followed', async () => {
    await inTransaction(test.platform.pg, async (client) => {
      await client.query('update customer set status = 1, merged_into = 5, merged_at = $1 where customer_no = 6', [at]);
      await client.query(
        "insert into customer_merge (survivor_no, absorbed_no, reason, actor) values (5, 6, 'staff', 'test')",
      );
      await mergeCustomers(test.platform, 7, 8, actor);
      while (await followMerges(test.platform));
    });
    const due = async () =>
      (await test.platform.pg.query('select from member where customer_no in (5, 6, 7, 8) and due_at <= $1', [at])).rowCount;
    await test.platform.pg.query('update member set due_at = null where customer_no > 4');
    while (await followMerges(test.platform));
    expect(await due()).toBe(4);
    await test.platform.pg.query('update member set due_at = null where customer_no > 4');
    expect(await followMerges(test.platform)).toBe(false);
    expect(await due()).toBe(0);
  });
});
