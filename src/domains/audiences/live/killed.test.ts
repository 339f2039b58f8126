import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { startKills } from '../../../../test/live-kills.ts';

let test: TestPlatform;
beforeAll(async () => {
  test = await createTestPlatform();
});
afterAll(() => test.close());

it('leave each audience at its old or its new members when their keeper is killed at any moment, and who came and went is told once', async () => {
  const kills = await startKills(test);
  for (const ms of [200, 700, 1_300, 1_900]) {
    await kills.killAfter(ms);
    expect(await kills.faults()).toEqual([]);
  }
  expect(await kills.finish()).toEqual([]);
  const { rows: [{ versions }] } = await test.platform.pg.query<{ versions: number }>("select sum(version_no)::int as versions from audience where kind = 'live'");
  expect(versions).toBeGreaterThan(5);
});
