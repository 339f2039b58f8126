import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestPlatform,
  type TestPlatform,
} from '../../../../../test/harness.ts';
import {
  insertLines,
  testLine,
  type TestLine,
} from '../../../../../test/order-lines.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { dayIn, daysBetween } from '../../../../kernel/day.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { reloadMerges } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { sampleOf } from '../statistics/sample.ts';
import { readDaily } from './daily.ts';
import { mostGroups, readOutcomes, together } from './outcomes.ts';

const before = new Date('2026-03-01T00:00:00Z');
const from = new Date('2026-05-01T00:00:00Z');
const until = new Date('2026-06-01T00:00:00Z');
const timeZone = 'Asia/Shanghai';

describe('what groups of people did', () => {
  let test: TestPlatform;
  let lines: TestLine[];
  /** 40 became part of 4. */
  const rootOf = (no: number): number => (no === 40 ? 4 : no);
  const groups = [
    Bitmap.of([1, 4, 7, 10, 13, 16, 19, 22, 25]),
    Bitmap.of([2, 5, 8, 11, 14, 17, 20, 23, 60_000]),
    Bitmap.empty,
  ];
  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse } = test.platform;
    const random = seededRandom(6);
    const some = (least: number, most: number): number =>
      least + Math.floor(random() * (most - least + 1));
    const at = (): string =>
      new Date(
        Date.parse('2026-02-01T00:00:00Z') +
          some(0, 150) * 86_400_000 +
          some(0, 86_399) * 1_000,
      ).toISOString();
    lines = await insertLines(clickhouse, [
      ...Array.from({ length: 600 }, () =>
        testLine({
          customerNo: some(1, 40),
          order: `O${some(1, 400)}`,
          at: at(),
          amount: some(0, 500),
          kind: some(0, 9) === 0 ? 'refund' : 'sale',
          currency: some(0, 9) === 0 ? 'USD' : 'CNY',
        }),
      ),
      // Exactly at the bounds: the beginning counts, the end does not.
      testLine({
        customerNo: 1,
        order: 'begin',
        at: from.toISOString(),
        amount: 1_000,
      }),
      testLine({
        customerNo: 1,
        order: 'end',
        at: until.toISOString(),
        amount: 2_000,
      }),
      testLine({
        customerNo: 60_000,
        order: 'far',
        at: '2026-05-02T00:00:00.000Z',
        amount: 3,
      }),
      testLine({
        customerNo: 0,
        order: 'nobody',
        at: '2026-05-02T00:00:00.000Z',
        amount: 9,
      }),
    ]);
    await clickhouse.insertRows('merge_pair', [
      { absorbed_no: 40, survivor_no: 4, version: 1 },
    ]);
    await reloadMerges(clickhouse);
  });
  afterAll(() => test.close());

  const within = (line: TestLine, a: Date, b: Date): boolean =>
    line.currency === 'CNY' &&
    line.at >= a.toISOString() &&
    line.at < b.toISOString();
  const spentBy = (no: number, a: Date, b: Date): number =>
    lines
      .filter((line) => rootOf(line.customerNo) === no && within(line, a, b))
      .reduce(
        (sum, { kind, amount }) => sum + (kind === 'refund' ? -amount : amount),
        0,
      );
  const ordersOf = (no: number, a: Date, b: Date): number =>
    new Set(
      lines
        .filter(
          (line) =>
            rootOf(line.customerNo) === no &&
            line.kind === 'sale' &&
            within(line, a, b),
        )
        .map(({ order }) => order),
    ).size;

  it('is exact, as a plain count of the same lines has it, merged people under who they are today', async () => {
    const found = await readOutcomes(
      test.platform,
      groups,
      { before, from, until },
      'CNY',
    );
    for (const [i, group] of groups.entries()) {
      const people = [...group];
      expect(found[i]).toMatchObject({
        people: group.size,
        orders: people.reduce((sum, no) => sum + ordersOf(no, from, until), 0),
        buyers: people.filter((no) => ordersOf(no, from, until) > 0).length,
      });
      expect(found[i].revenue).toBe(
        BigInt(people.reduce((sum, no) => sum + spentBy(no, from, until), 0)) *
          10_000n,
      );
      expect(found[i].sums.revenue).toEqual({
        n: group.size,
        y: people.reduce((sum, no) => sum + spentBy(no, from, until), 0),
        yy: people.reduce((sum, no) => sum + spentBy(no, from, until) ** 2, 0),
        x: people.reduce((sum, no) => sum + spentBy(no, before, from), 0),
        xx: people.reduce((sum, no) => sum + spentBy(no, before, from) ** 2, 0),
        xy: people.reduce(
          (sum, no) =>
            sum + spentBy(no, from, until) * spentBy(no, before, from),
          0,
        ),
      });
    }
    expect(together(found).people).toBe(18);
  });

  it('is the same day by day, and at the last day the whole', async () => {
    const count =
      daysBetween(
        dayIn(timeZone, from),
        dayIn(timeZone, new Date(until.getTime() - 1)),
      ) + 1;
    const days = await readDaily(
      test.platform,
      [groups[0], groups[1]],
      { from, until, timeZone, count },
      'CNY',
    );
    expect(days).toHaveLength(count);
    const plain = (group: Bitmap, at: number) => {
      const end = new Date(
        Date.parse('2026-05-01T16:00:00Z') + at * 86_400_000,
      );
      const spent = [...group].map((no) =>
        spentBy(no, from, end < until ? end : until),
      );
      return sampleOf({
        n: group.size,
        y: spent.reduce((a, b) => a + b, 0),
        yy: spent.reduce((a, b) => a + b * b, 0),
        x: 0,
        xx: 0,
        xy: 0,
      });
    };
    for (const at of [0, 1, 7, count - 1]) {
      expect(days[at][0].mean).toBeCloseTo(plain(groups[0], at).mean, 9);
      expect(days[at][1].variance).toBeCloseTo(
        plain(groups[1], at).variance,
        6,
      );
    }
  });

  it('is nothing of nobody, and refused of more groups than can be told apart', async () => {
    expect(
      await readOutcomes(
        test.platform,
        [Bitmap.empty],
        { before, from, until },
        'CNY',
      ),
    ).toMatchObject([{ people: 0, buyers: 0, revenue: 0n }]);
    await expect(
      readOutcomes(
        test.platform,
        Array.from({ length: mostGroups + 1 }, () => Bitmap.empty),
        { before, from, until },
        'CNY',
      ),
    ).rejects.toThrow('256');
  });
});
