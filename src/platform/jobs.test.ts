import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../test/harness.ts';

let test: TestPlatform;
beforeEach(async () => {
  test = await createTestPlatform();
});
afterEach(async () => {
  await test.platform.jobs.stop();
  await test.close();
});

const ask = async <T extends object>(sql: string): Promise<T[]> => (await test.platform.pg.query<T>(sql)).rows;

it('does a job once however often it is asked for while it waits or runs, and again when asked afterwards', async () => {
  const { jobs } = test.platform;
  const done: string[] = [];
  const going = Promise.withResolvers<void>();
  jobs.work<{ name: string }>('test.once', async ({ name }) => {
    await going.promise;
    done.push(name);
  });
  await jobs.start(true);
  for (const name of ['first', 'second', 'third']) await jobs.later('test.once', { name }, { key: 'the same' });
  await jobs.later('test.once', { name: 'other' }, { key: 'another' });
  going.resolve();
  await expect.poll(() => done.toSorted(), { timeout: 10_000 }).toEqual(['first', 'other']);
  await expect.poll(async () => {
    await jobs.later('test.once', { name: 'again' }, { key: 'the same' });
    return done.length;
  }, { timeout: 10_000, interval: 500 }).toBeGreaterThan(2);
});

it('tries a job again that failed, as often as it may', async () => {
  const { jobs } = test.platform;
  let tries = 0;
  jobs.work('test.failing', async () => {
    tries++;
    throw new Error('not this time');
  }, { retries: 1 });
  await jobs.start(true);
  await jobs.later('test.failing', {});
  await expect.poll(async () => (await ask<{ state: string }>("select state::text from pgboss.job where name = 'test.failing'"))[0]?.state, { timeout: 20_000 }).toBe('failed');
  expect(tries).toBe(2);
});

it('gives a queue that an older version made the heartbeat of today, so that a dead worker is found out within half a minute', async () => {
  const { jobs } = test.platform;
  jobs.work('test.old', async () => {});
  await jobs.start(false);
  await test.platform.pg.query("update pgboss.queue set heartbeat_seconds = 900 where name = 'test.old'");
  await jobs.stop();
  await jobs.start(true);
  expect(await ask("select heartbeat_seconds as seconds from pgboss.queue where name = 'test.old'")).toEqual([{ seconds: 20 }]);
});
