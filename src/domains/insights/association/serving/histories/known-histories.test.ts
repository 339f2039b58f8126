import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../../test/harness.ts';
import { insertLines } from '../../../../../../test/order-lines.ts';
import { loadHistories } from './load-histories.ts';
import { createKnownHistories, lastMoment, mostLookUps } from './known-histories.ts';
import { historyOf } from './histories.ts';

describe('histories of everybody', () => {
  let test: TestPlatform;
  const span = { from: new Date('2026-01-01'), until: new Date('2026-03-01') };
  let hashes: bigint[];
  beforeAll(async () => {
    test = await createTestPlatform();
    await insertLines(test.platform.clickhouse, [
      { customerNo: 3, order: 'A', at: '2026-01-10T00:00:00.000Z', product: 'p' },
      { customerNo: 3, order: 'B', at: '2026-02-10T00:00:00.000Z', product: 'p' },
      { customerNo: 3, order: 'B', at: '2026-02-10T00:00:00.000Z', product: 'q' },
      { customerNo: 0, order: 'C', at: '2026-02-11T00:00:00.000Z', product: 'q' },
    ]);
    const rows = (await test.platform.reader.rows("select toString(cityHash64('p')) as p, toString(cityHash64('q')) as q")) as { p: string; q: string }[];
    hashes = [BigInt(rows[0].p), BigInt(rows[0].q)];
  });
  afterAll(() => test.close());

  it('are read whole into memory, as far as times reach', async () => {
    const { address } = test.platform.reader;
    const loaded = await loadHistories({ address, hashes, span: { level: 'product', from: span.from, until: lastMoment } });
    const today = Date.parse('2026-02-20') / 86_400_000;
    expect(historyOf(loaded, 3, today)).toEqual({
      orders: 2,
      items: expect.arrayContaining([{ item: 0, times: 2, daysAgo: 10 }, { item: 1, times: 1, daysAgo: 10 }]),
    });
  });

  it('are the same one by one, before everybody is there, and out of memory afterwards', async () => {
    const { platform } = test;
    platform.clock.now = () => new Date('2026-02-20T00:00:00Z');
    const errors: unknown[] = [];
    platform.log.error = ((error: unknown) => void errors.push(error)) as never;
    const known = createKnownHistories(platform, hashes, '2026-01-01 00:00:00.000', span);
    const before = await known.of(3, [3]);
    await known.ready;
    const asked = platform.reader.rows;
    platform.reader.rows = () => Promise.reject(new Error('nothing is asked any more'));
    const after = await known.of(3, [3]);
    platform.reader.rows = asked;
    known.close();
    const sorted = (items: typeof before.items) => items.toSorted((a, b) => a.item - b.item);
    expect({ ...after, items: sorted(after.items) }).toEqual({ ...before, items: sorted(before.items) });
    expect(errors).toEqual([]);
  });

  it('are looked up for a few at a time; the others have none until everybody is there', async () => {
    const known = createKnownHistories(test.platform, hashes, '2026-01-01 00:00:00.000', span);
    const asked = await Promise.all(Array.from({ length: 100 }, () => known.of(3, [3])));
    expect(asked.filter(({ orders }) => orders === 2)).toHaveLength(mostLookUps);
    expect(asked.filter(({ orders }) => orders === 0)).toHaveLength(100 - mostLookUps);
    await known.ready;
    const afterwards = await Promise.all(Array.from({ length: 100 }, () => known.of(3, [3])));
    known.close();
    expect(afterwards.every(({ orders }) => orders === 2)).toBe(true);
  });
});
