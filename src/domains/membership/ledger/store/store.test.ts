import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createLedger, type Ledger } from '../ledger.ts';
import { readPerson } from './load.ts';
import { Numbers } from './numbers.ts';
import { proveLedger } from './proof.ts';

describe('numbers of entries and lots', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('are each given once, by however many who take them, and ascend for each', async () => {
    const takers = [new Numbers(), new Numbers()];
    const taken: number[][] = [[], []];
    await inTransaction(test.platform.pg, async (client) => {
      for (let round = 0; round < 6; round++) {
        for (const [i, numbers] of takers.entries()) {
          await numbers.reserve(client, 4_000);
          for (let n = 0; n < 4_000; n++) taken[i].push(numbers.next());
        }
      }
    });
    expect(new Set(taken.flat()).size).toBe(48_000);
    for (const own of taken) expect(own).toEqual(own.toSorted((a, b) => a - b));
  });

  it('are not taken beyond what was reserved', async () => {
    const numbers = new Numbers();
    expect(() => numbers.next()).toThrow('reserved');
    await inTransaction(test.platform.pg, (client) => numbers.reserve(client, 1));
    expect(numbers.next()).toBeGreaterThan(0);
  });
});

describe('what is stored of points', () => {
  let test: TestPlatform;
  let ledger: Ledger;
  let pool: pg.Pool;
  let now = Date.parse('2026-05-01T00:00:00Z');
  const hourMs = 3_600_000;
  let made = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    pool = test.platform.pg;
    ledger = createLedger({ pg: pool, clock: { now: () => new Date(now) } }, async (_, numbers) => new Map(numbers.map((no) => [no, [no]])));
  });
  afterAll(() => test.close());
  const base = (customerNo: number) => ({ key: `k${++made}`, customerNo, occurredAt: now, derivation: { order: 'O 1' } });
  const due = async (customerNo: number): Promise<number | null> => (await pool.query<{ at: Date | null }>('select due_at as at from points_account where customer_no = $1', [customerNo])).rows[0].at?.getTime() ?? null;

  it('is read back as it was decided', async () => {
    await ledger.execute({ ...base(1), kind: 'earn', amount: 10, availableAt: now + 123, expiresAt: now + 456_789 });
    await ledger.execute({ ...base(1), kind: 'earn', amount: 20, availableAt: now, expiresAt: null });
    const hold = { ...base(1), kind: 'hold' as const, amount: 5, expiresAt: now + hourMs };
    await ledger.execute(hold);
    const { lots, holds, debts } = await readPerson(pool, [1]);
    expect([...lots.values()].map(({ lotNo: _, ...lot }) => lot)).toEqual([
      { customerNo: 1, amount: 10, remaining: 10, earnedAt: now, availableAt: now + 123, expiresAt: now + 456_789, restores: null, idle: null },
      { customerNo: 1, amount: 20, remaining: 15, earnedAt: now, availableAt: now, expiresAt: null, restores: null, idle: null },
    ]);
    expect([...holds.values()]).toEqual([{ holdKey: hold.key, customerNo: 1, state: 'open', heldAt: now, expiresAt: now + hourMs, parts: [{ lotNo: [...lots.keys()][1], amount: 5 }] }]);
    expect(debts.size).toBe(0);
  });

  it('says when time alone changes something next: an end, a hold, a debt that can be paid', async () => {
    await ledger.execute({ ...base(2), kind: 'earn', amount: 10, availableAt: now, expiresAt: null });
    expect(await due(2)).toBeNull();
    await ledger.execute({ ...base(2), kind: 'earn', amount: 10, availableAt: now, expiresAt: now + 9 * hourMs });
    expect(await due(2)).toBe(now + 9 * hourMs);
    await ledger.execute({ ...base(2), kind: 'hold', amount: 3, expiresAt: now + 2 * hourMs });
    expect(await due(2)).toBe(now + 2 * hourMs);
    const earned = base(3);
    await ledger.execute({ ...earned, kind: 'earn', amount: 10, availableAt: now, expiresAt: null });
    await ledger.execute({ ...base(3), kind: 'spend', amount: 10 });
    await ledger.execute({ ...base(3), kind: 'take_back', of: earned.key, amount: 10, policy: 'debt', debtLimit: 10 });
    await ledger.execute({ ...base(3), kind: 'earn', amount: 4, availableAt: now + 5 * hourMs, expiresAt: null });
    expect(await due(3)).toBe(now + 5 * hourMs);
    now += 5 * hourMs;
    expect(await ledger.settleDue()).toBe(3);
    expect([await due(2), await due(3), (await readPerson(pool, [3])).debts.size]).toEqual([now + 4 * hourMs, null, 1]);
    now += 4 * hourMs;
    while ((await ledger.settleDue()) > 0);
    expect(await due(2)).toBeNull();
  });

  it('is proven: whatever is changed by hand is found', async () => {
    const whole = { imbalances: [], wrongLots: [], overReversed: [] };
    expect(await proveLedger(pool)).toEqual(whole);
    const spoilt = async (sql: string) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(sql);
        return await proveLedger(client);
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    const lot = 'lot_no = (select max(lot_no) from points_lot where customer_no = 1 and remaining > 0)';
    const [{ lotNo }] = (await pool.query<{ lotNo: number }>(`select lot_no as "lotNo" from points_lot where ${lot}`)).rows;
    const less = await spoilt(`update points_lot set remaining = remaining - 1 where ${lot}`);
    expect([less.imbalances.map(({ customerNo }) => customerNo), less.wrongLots]).toEqual([[1], [lotNo]]);
    const more = await spoilt("update points_entry set amount = amount + 1 where customer_no = 2 and kind = 'earn'");
    expect(more.imbalances).toEqual([expect.objectContaining({ customerNo: 2 })]);
    expect((await spoilt("update points_hold set parts = '[]'")).wrongLots).toEqual([]);
    const twice = await spoilt("insert into points_entry select entry_no + 1000000, customer_no, kind, amount, shortfall, occurred_at, recorded_at, command_key, reverses, derivation from points_entry where kind = 'take_back'");
    expect(twice.overReversed).toHaveLength(1);
    expect(await proveLedger(pool)).toEqual(whole);
  });

  it('refuses by itself what no decision should ever ask for', async () => {
    const refused = (sql: string): Promise<string> => pool.query(sql).then(() => 'done', (error: Error & { code: string }) => error.code);
    const checkViolation = '23514';
    expect(await refused('update points_lot set remaining = amount + 1 where customer_no = 1')).toBe(checkViolation);
    expect(await refused('update points_lot set remaining = -1 where customer_no = 1')).toBe(checkViolation);
    expect(await refused('update points_debt set remaining = amount + 1')).toBe(checkViolation);
    expect(await refused("update points_entry set kind = 'gift' where customer_no = 1")).toBe(checkViolation);
  });
});
