import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/domains/membership/ledger/store/verify.ts';
import { createTestPlatform, type TestPlatform } from '../harness.ts';
import { report } from './report.ts';

const lines = 1_000_000;

describe('a ledger of a million lines', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { pg } = test.platform;
    await pg.query('insert into points_account (customer_no) select n from generate_series(1, $1::int / 10) n', [lines]);
    await pg.query(
      `insert into points_entry (entry_no, customer_no, kind, amount, occurred_at, recorded_at, command_key, derivation)
        select n, 1 + (n - 1) / 10, 'earn', 50, now(), now(), 'order ' || n, '{}' from generate_series(1, $1::int) n`, [lines]);
    await pg.query('insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at) select n, 1 + (n - 1) / 10, 50, 50, now(), now() from generate_series(1, $1::int) n', [lines]);
    await pg.query('insert into points_allocation (entry_no, lot_no, amount) select n, n, 50 from generate_series(1, $1::int) n', [lines]);
    await pg.query(
      `insert into points_command (command_key, customer_no, input_hash, outcome, recorded_at)
        select 'order ' || n, c, '', jsonb_build_object('entries', jsonb_build_array(jsonb_build_object('entryNo', n, 'customerNo', c, 'amount', 50))), now() from (select n, 1 + (n - 1) / 10 as c from generate_series(1, $1::int) n) s`, [lines]);
    await pg.query('analyze');
  });
  afterAll(() => test.close());

  it('check 12: is verified within a minute, and the one line that was changed is named', async () => {
    const startedMs = performance.now();
    expect(await verifyLedger(test.platform.pg)).toEqual({ entries: lines, fault: null });
    const seconds = (performance.now() - startedMs) / 1_000;
    await test.platform.pg.query('update points_entry set amount = 51 where entry_no = 777777');
    expect((await verifyLedger(test.platform.pg)).fault).toEqual({ kind: 'entry', no: 777_777 });
    report('check 12', { lines, seconds });
    expect(seconds).toBeLessThan(60);
  });
});
