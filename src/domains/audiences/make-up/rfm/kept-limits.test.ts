import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, staff, type TestPlatform } from '../../../../../test/harness.ts';
import { changeLimits, limitsHistory, readLimits } from './kept-limits.ts';
import { readRfmLimits } from './limits.ts';

describe('limits of an analysis', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('are none until some are set', async () => {
    expect(await readLimits(test.platform.pg, 'lifecycle')).toBeNull();
    expect(await readRfmLimits(test.platform.pg)).toEqual({ version: 0, limits: { recency: null, frequency: null, value: null } });
  });

  it('stand in versions without a gap, however many are set at once, each of its own analysis', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => changeLimits(test.platform.pg, staff(), 'rfm', { recency: [n, n + 1, n + 2, n + 3] })));
    await changeLimits(test.platform.pg, staff(), 'lifecycle', { lost: 0.99 });
    const history = await limitsHistory(test.platform.pg, 'rfm');
    expect(history.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
    expect((await readRfmLimits(test.platform.pg)).limits).toEqual({ ...(history[0].limits as object), frequency: null, value: null });
    expect(await limitsHistory(test.platform.pg, 'rfm', 2)).toEqual(history.slice(0, 2));
    expect(await readLimits(test.platform.pg, 'lifecycle')).toMatchObject({ version: 1, limits: { lost: 0.99 }, setBy: 'test staff' });
  });

  it('are written down with what stood before', async () => {
    const { rows } = await test.platform.pg.query<{ details: { before: unknown; after: unknown } }>("select details from audit_log where action = 'insights.change_limits' and subject = 'analysis:rfm' order by seq");
    expect(rows).toHaveLength(5);
    const history = (await limitsHistory(test.platform.pg, 'rfm')).toReversed();
    // Each follows one that was set: only the first has none before it.
    expect(rows.filter(({ details }) => details.before === null)).toHaveLength(1);
    expect(rows.map(({ details }) => JSON.stringify(details.after)).toSorted()).toEqual(history.map(({ limits }) => JSON.stringify(limits)).toSorted());
  });
});
