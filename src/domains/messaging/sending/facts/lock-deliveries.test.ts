import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { tellOfMessages, type Told } from './tell-of-messages.ts';

const people = 400;
const rounds = 25;

describe('two who tell of the same people at once', () => {
  let test: TestPlatform;
  let runNo: number;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { pg } = test.platform;
    await pg.query("select make_send_month('2026-06-01')");
    const arms = JSON.stringify([{ key: 'a', isControl: false, templateNo: 1, templateVersion: 1 }]);
    const { rows } = await pg.query<{ runNo: number }>(
      `insert into send_run (program_kind, program_no, step, occasion, occasion_on, channel, purpose, arms, state, send_from, created_at, created_by)
        values ('campaign', 1, 's', '', '2026-06-01', 'sms', 'marketing', $1, 'running', now(), now(), 'x') returning run_no as "runNo"`, [arms]);
    runNo = rows[0].runNo;
    await pg.query(
      `insert into send_delivery (occasion_on, run_no, customer_no, state, arm, not_before, handed_at) select '2026-06-01', $1, n, 'handed', 0, now(), now() - interval '1 day' from generate_series(1, $2::int) n`, [runNo, people]);
  });
  afterAll(() => test.close());
  const tell = (told: readonly Told[]) => inTransaction(test.platform.pg, (client) => tellOfMessages(client, async () => {}, told));
  const of = (kind: Told['kind'], from: number): Told[] =>
    Array.from({ length: people / 2 }, (_, n) => ({ kind, at: new Date(), message: { runNo, customerNo: from + n, occasion: '' } }));

  it('wait for each other in turn, though one begins with those that the other ends with', async () => {
    for (let round = 0; round < rounds; round++) {
      await test.platform.pg.query('update send_delivery set told = 0');
      await Promise.all([
        tell([...of('delivered', 1), ...of('replied', people / 2 + 1)]),
        tell([...of('delivered', people / 2 + 1), ...of('replied', 1)]),
      ]);
    }
    const { rows } = await test.platform.pg.query<{ told: number; count: number }>('select told::int, count(*)::int as count from send_delivery group by told');
    expect(rows).toEqual([{ told: 65, count: people }]);
  });
});
