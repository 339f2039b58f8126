import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { lineageOf, lineagesOf } from './lineage.ts';

describe('the numbers of many people at once', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 40) n');
    // Chains and bushes: each of these became part of a smaller number.
    await test.platform.pg.query('update customer set status = 1, merged_into = customer_no / 3, merged_at = now() where customer_no in (7, 8, 9, 21, 22, 24, 27, 36)');
  });
  afterAll(() => test.close());

  it('are those each would have alone, whichever number is asked for', async () => {
    const { pg } = test.platform;
    const all = await lineagesOf(pg, Array.from({ length: 45 }, (_, i) => i));
    expect(all.size).toBe(40);
    for (const [no, lineage] of all) expect(lineage, String(no)).toEqual(await lineageOf(pg, no));
    expect(all.get(22)).toEqual([2, 7, 8, 21, 22, 24]);
    expect(all.get(36)?.[0]).toBe(12);
    expect(await lineagesOf(pg, [])).toEqual(new Map());
  });
});
