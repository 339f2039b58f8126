import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { createInsightsOn } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine, testLine } from '../../../../test/order-lines.ts';
import { plainDay, type PlainFacts, plainFigures } from '../../../../test/plain-figures.ts';
import { type Brand, writeBrand } from '../../../platform/settings.ts';
import type { Commerce } from '../../commerce/public.ts';
import type { FieldDimension } from '../contract.ts';
import { bucketOf, bucketsOf, periodBefore } from './period.ts';

const brand: Brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'America/Sao_Paulo', 'Asia/Kolkata'];

// Around the night in which New York puts its clock forward, and borders of days everywhere.
const moments = [
  '2026-03-07T04:59:59.999Z', '2026-03-07T05:00:00.000Z', '2026-03-08T03:59:59.999Z', '2026-03-08T04:59:59.000Z',
  '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z', '2026-03-09T04:00:00.000Z', '2026-02-28T16:00:00.000Z',
  '2026-02-28T15:59:59.999Z', '2026-03-31T23:30:00.000Z', '2026-02-01T00:00:00.000Z', '2026-01-15T18:30:00.000Z',
];

const anyLine: fc.Arbitrary<TestLine> = fc.record({
  customerNo: fc.integer({ min: 0, max: 9 }),
  at: fc.oneof(
    fc.constantFrom(...moments),
    fc.integer({ min: 0, max: 100 * 86_400 }).map((second) => new Date(Date.UTC(2025, 11, 25) + second * 1000).toISOString()),
  ),
  kind: fc.constantFrom('sale', 'sale', 'sale', 'refund'),
  order: fc.integer({ min: 1, max: 25 }).map((n) => `O${n}`),
  product: fc.constantFrom('P1', 'P2', "P'3", ''),
  category: fc.constantFrom('茶叶', '茶具', ''),
  channel: fc.constantFrom('天猫旗舰店', '门店', "Joe's \\ shop"),
  region: fc.constantFrom('浙江', '上海'),
  quantity: fc.integer({ min: 0, max: 5 }),
  amount: fc.integer({ min: -1_000, max: 9_999_999 }).map((n) => n / 100),
  currency: fc.constantFrom('CNY', 'CNY', '', 'GBP'),
  source: fc.constantFrom('a', 'b'),
}).map(testLine);

const anyMerges = fc.uniqueArray(fc.integer({ min: 4, max: 9 }), { maxLength: 3 })
  .chain((absorbed) => fc.tuple(...absorbed.map((no) => fc.integer({ min: 1, max: 3 }).map((survivor) => [no, survivor] as const))))
  .map((pairs) => new Map(pairs));

const anyPeriod = fc.constantFrom(
  { from: '2026-03-01', to: '2026-03-31' },
  { from: '2026-02-01', to: '2026-03-31' },
  { from: '2026-03-08', to: '2026-03-08' },
  { from: '2026-02-26', to: '2026-03-10' },
  { from: '2026-01-01', to: '2026-04-30' },
);

describe('figures agree with a second computation in plain code', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let commerce: Commerce;
  let version = 1;
  beforeAll(async () => {
    test = await createTestPlatform();
    const made = createInsightsOn(test.platform, async () => version);
    commerce = made.commerce;
    server = await createTestServer(test.platform, made.insights.routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  async function replaceFacts(facts: PlainFacts): Promise<void> {
    const { clickhouse, pg } = test.platform;
    for (const table of ['order_line', 'customer_summary', 'merge_pair']) await clickhouse.command(`truncate table ${table}`);
    await insertLines(clickhouse, facts.lines);
    await mergeCustomers(clickhouse, [...facts.merges].map(([absorbed, survivor]) => ({ absorbed, survivor })));
    await commerce.refreshSummaries('all');
    await writeBrand(pg, { ...brand, timeZone: facts.timeZone });
    version++;
  }
  const ask = async (url: string) => {
    const reply = await server.inject({ url, headers: { 'x-test-permissions': 'insights.read' } });
    expect(reply.statusCode, reply.body).toBe(200);
    return reply.json();
  };

  const within = (facts: PlainFacts, { from, to }: { from: string; to: string }) => (at: string): boolean =>
    at !== '' && plainDay(facts, at) >= from && plainDay(facts, at) <= to;

  it('for any facts, merges, zone and period: totals, both series, and every breakdown', { timeout: 180_000 }, async () => {
    const facts = fc.record({ lines: fc.array(anyLine, { maxLength: 60 }), merges: anyMerges, timeZone: fc.constantFrom(...zones) });
    await fc.assert(fc.asyncProperty(facts, anyPeriod, fc.constantFrom('day', 'week', 'month'), async (given, period, by) => {
      await replaceFacts(given);
      const before = periodBefore(period);
      const query = `from=${period.from}&to=${period.to}`;
      const overview = await ask(`/api/insights/overview?${query}&by=${by}`);
      expect(overview.before).toEqual(before);
      const isNow = within(given, period);
      const isBefore = within(given, before);
      expect(overview.totals).toEqual(plainFigures(given, (line) => isNow(line.at), isNow));
      expect(overview.totalsBefore).toEqual(plainFigures(given, (line) => isBefore(line.at), isBefore));
      for (const [series, range] of [[overview.series, period], [overview.seriesBefore, before]] as const) {
        const inside = within(given, range);
        const isOf = (start: string) => (at: string): boolean => inside(at) && bucketOf(plainDay(given, at), by) === start;
        expect(series).toEqual(bucketsOf(range, by).map((start) => ({
          start, figures: plainFigures(given, (line) => isOf(start)(line.at), isOf(start)),
        })));
      }
      for (const dimension of ['channel', 'category', 'product'] satisfies FieldDimension[]) {
        const table = await ask(`/api/insights/breakdowns/${dimension}?${query}&pageSize=200&sort=key`);
        const keys = [...new Set(given.lines.filter((line) => isNow(line.at) || isBefore(line.at)).map((line) => line[dimension]))];
        expect(table.total).toBe(keys.length);
        expect(table.totals).toEqual(overview.totals);
        expect(table.totalsBefore).toEqual(overview.totalsBefore);
        const expected = keys.map((key) => ({
          key,
          figures: plainFigures(given, (line) => isNow(line.at) && line[dimension] === key, isNow),
          before: plainFigures(given, (line) => isBefore(line.at) && line[dimension] === key, isBefore),
        }));
        expect(new Map(table.rows.map(({ label: _label, key, ...row }: { label: string; key: string }) => [key, row])))
          .toEqual(new Map(expected.map(({ key, ...row }) => [key, row])));
      }
    }), { numRuns: 12 });
  });

  it('with filters, for times and for fields alike', { timeout: 120_000 }, async () => {
    const facts = fc.record({ lines: fc.array(anyLine, { minLength: 20, maxLength: 60 }), merges: anyMerges, timeZone: fc.constant('America/New_York') });
    await fc.assert(fc.asyncProperty(facts, async (given) => {
      await replaceFacts(given);
      const period = { from: '2026-02-26', to: '2026-03-10' };
      const filter = `from=${period.from}&to=${period.to}&channel=${encodeURIComponent("Joe's \\ shop")}&channel=${encodeURIComponent('门店')}&region=${encodeURIComponent('上海')}`;
      const matches = (line: TestLine): boolean => line.channel !== '天猫旗舰店' && line.region === '上海';
      const isNow = within(given, period);
      const overview = await ask(`/api/insights/overview?${filter}&by=week`);
      expect(overview.totals).toEqual(plainFigures(given, (line) => matches(line) && isNow(line.at), isNow));
      for (const { start, figures } of overview.series) {
        const isOf = (at: string): boolean => isNow(at) && bucketOf(plainDay(given, at), 'week') === start;
        expect(figures).toEqual(plainFigures(given, (line) => matches(line) && isOf(line.at), isOf));
      }
      const weeks = await ask(`/api/insights/breakdowns/week?${filter}`);
      expect(weeks.totals).toEqual(overview.totals);
      const started = new Map(overview.series.map((bucket: { start: string; figures: object }) => [bucket.start, bucket.figures]));
      for (const row of weeks.rows) if (started.has(row.key)) expect(row.figures).toEqual(started.get(row.key));
    }), { numRuns: 10 });
  });
});
