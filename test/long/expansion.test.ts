import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bestPeople, newestExpansion } from '../../src/domains/audiences/expansion/store.ts';
import { type Audiences, createAudiences } from '../../src/domains/audiences/public.ts';
import { createCustomers } from '../../src/domains/customers/public.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from '../harness.ts';

const program = join(import.meta.dirname, '..', 'expansion-worker.ts');
const people = 200_000;

let test: TestPlatform;
let audiences: Audiences;
beforeAll(async () => {
  test = await createTestPlatform();
  audiences = createAudiences(test.platform, createCustomers(test.platform));
  // Enough people that a search takes longer than it takes to kill who does it.
  await test.platform.clickhouse.command(`insert into customer (customer_no, version, status, created_at, channel, gender, city)
    select number + 1, 1, 'active', '2026-01-01 00:00:00', ['天猫', '抖音'][1 + number % 2], '', concat('城市 ', toString(cityHash64(number) % 5))
    from numbers(${people})`);
});
afterAll(async () => {
  await audiences.stop();
  await test.close();
});

const until = async (holds: () => Promise<boolean>, waitMs: number): Promise<void> => {
  for (let waitedMs = 0; waitedMs < 120_000; waitedMs += waitMs) {
    if (await holds()) return;
    await sleep(waitMs);
  }
  throw new Error('it did not come to that');
};

it('is done by another worker when the one that did it was killed, once', async () => {
  const { platform } = test;
  const server = await createTestServer(platform, audiences.routes);
  await platform.jobs.start(false);
  const ask = async (url: string, payload: object) => (await server.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'x-test-permissions': 'audiences.read audiences.edit' },
  })).json<{ audienceId: number; expansionId: number }>();
  const { audienceId } = await ask('/api/audiences', {
    name: '城市 1',
    kind: 'fixed',
    rule: { kind: 'field', field: 'city', test: { test: 'any_of', values: ['城市 1', '城市 2'] } },
  });
  const { expansionId } = await ask(`/api/audiences/${audienceId}/expansions`, { leaveOut: [] });

  const worker = fork(program, ['work', test.connections.folders.facts], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  worker.send(test.connections);
  await once(worker, 'message');
  await until(async () => (await newestExpansion(platform.pg, audienceId))?.state === 'running', 5);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  const left = await newestExpansion(platform.pg, audienceId);
  expect(left).toMatchObject({ expansionId, state: 'running', result: null });
  expect(await Array.fromAsync(bestPeople(platform.pg, expansionId))).toEqual([]);

  // The next worker: what was left is taken up, by its start or when the dead one's lease is over.
  const next = fork(program, ['work', test.connections.folders.facts], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  next.send(test.connections);
  audiences.start();
  await until(async () => (await newestExpansion(platform.pg, audienceId))?.state === 'done', 100);
  next.kill('SIGKILL');
  await once(next, 'exit');
  const done = await newestExpansion(platform.pg, audienceId);
  const ranked = (await Array.fromAsync(bestPeople(platform.pg, expansionId))).reduce((sum, piece) => sum + piece.length, 0);
  expect(ranked).toBe(done?.result?.others);
  expect((done?.result?.members ?? 0) + ranked).toBe(people);
  const { rows } = await platform.pg.query('select count(*)::int as n from audience_expansion');
  expect(rows).toEqual([{ n: 1 }]);
  await server.close();
});
