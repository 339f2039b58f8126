import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { inBriefTransaction } from './transaction.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

it('whoever stands still in the middle of it loses what it locked, and nothing of it is kept; who is at work does not', async () => {
  const { pg } = test.platform;
  await pg.query("insert into setting (name, value) values ('held', '1'), ('worked', '1')");
  const locked = Promise.withResolvers<void>();
  const frozen = inBriefTransaction(pg, async (client) => {
    await client.query("update setting set value = '2' where name = 'held'");
    locked.resolve();
    await sleep(1_500);
    await client.query('select 1');
  }, 300).then(() => 'committed', () => 'lost');
  await locked.promise;
  await pg.query("update setting set value = '3' where name = 'held' and value = '1'");
  expect(await frozen).toBe('lost');
  await inBriefTransaction(pg, (client) => client.query("update setting set value = '2' where name = 'worked' and pg_sleep(0.8) is not null"), 300);
  const { rows } = await pg.query("select name, value from setting where name in ('held', 'worked') order by name");
  expect(rows).toEqual([{ name: 'held', value: 3 }, { name: 'worked', value: 2 }]);
  const { rows: [{ kept }] } = await pg.query<{ kept: string }>("select current_setting('idle_in_transaction_session_timeout') as kept");
  expect(kept).toBe('0');
});
