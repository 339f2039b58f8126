import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bgNbdBuyer, distributions } from '../../../../../test/buying-process.ts';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../../test/order-lines.ts';
import { type LifetimeResult, lifetimeParams } from '../../contract/lifetime-value.ts';
import { runLifetimeValue } from './run.ts';

const lastMs = Date.parse('2026-06-30T04:00:00Z');
const dayMs = 86_400_000;
const at = (daysAgo: number): string => new Date(lastMs - daysAgo * dayMs).toISOString();
const sale = (customerNo: number, daysAgo: number, amount = 100, over: Partial<TestLine> = {}): Partial<TestLine> =>
  ({ customerNo, at: at(daysAgo), order: `${customerNo}-${daysAgo}-${over.kind ?? ''}-${over.currency ?? ''}`, amount, ...over });

/** A brand whose customers follow the BG/NBD model, and spend by the Gamma-Gamma model. */
function simulatedBrand(people: number, seed: number, parameters: readonly number[] = [0.8, 40, 0.6, 3]): Partial<TestLine>[] {
  const draw = distributions(seed);
  return Array.from({ length: people }, (_, i) => {
    const age = 1 + Math.floor(draw.uniform() * 500);
    const rate = draw.gamma(4, 600);
    const days = new Set(bgNbdBuyer(draw, parameters, age).purchases.map(Math.floor));
    return [...days].map((day) => sale(i + 1, age - day, Math.max(1, Math.round(draw.gamma(6, rate)))));
  }).flat();
}

describe('lifetime value of a brand', () => {
  let test: TestPlatform;
  let modelId = 0;
  beforeAll(async () => void (test = await createTestPlatform()));
  afterAll(() => test.close());
  beforeEach(async () => {
    for (const table of ['order_line', 'merge_pair']) await test.platform.clickhouse.command(`truncate table ${table}`);
    await mergeCustomers(test.platform.clickhouse, []);
  });

  const stages: string[] = [];
  const run = (params: object = {}, asOf = new Date(lastMs)): Promise<LifetimeResult> => runLifetimeValue(test.platform, {
    modelId: ++modelId, params: lifetimeParams.parse(params), asOf, signal: new AbortController().signal,
    tell: async (stage) => void stages.push(stage),
  });
  const kept = async (sql: string): Promise<Record<string, number>[]> => (await test.platform.clickhouse.rows(`select ${sql} from lifetime_value where model_id = {modelId:UInt32}`, { modelId })) as Record<string, number>[];
  const refusal = (lines: Partial<TestLine>[]) => insertLines(test.platform.clickhouse, lines).then(() => run()).catch((error: unknown) => error);

  it('is refused with a reason, and with what can be said, where it cannot be fitted', async () => {
    const often = Array.from({ length: 40 }, (_, i) => i + 1);
    const wrong: [string, Partial<TestLine>[]][] = [
      ['insights.lifetime_no_sales', [sale(1, 5, 100, { kind: 'refund' })]],
      ['insights.lifetime_few_buyers', [sale(1, 100), sale(1, 50), sale(1, 0)]],
      ['insights.lifetime_one_day', often.map((no) => sale(no, 3))],
      ['insights.lifetime_short', often.flatMap((no) => [sale(no, 20), sale(no, 1)])],
      ['insights.lifetime_no_repeats', often.map((no) => sale(no, no * 3))],
      ['insights.lifetime_few_repeats', [...often.map((no) => sale(no, no * 3)), sale(1, 0)]],
    ];
    for (const [code, lines] of wrong) {
      await test.platform.clickhouse.command('truncate table order_line');
      expect(await refusal(lines)).toMatchObject({ code, status: 422 });
    }
    expect(await refusal([])).toMatchObject({ params: { buyers: 40, orders: 41, average: '100.00', perBuyer: '1.02' } });
    expect(await test.platform.clickhouse.rows('select model_id from lifetime_history union all select model_id from lifetime_cell')).toEqual([]);
  });

  it('finds the parameters of a simulated brand, and is better than going on as before', async () => {
    await insertLines(test.platform.clickhouse, simulatedBrand(4_000, 5));
    const result = await run();
    expect(result.buyers).toBe(4_000);
    const [r, alpha, a, b] = result.buying.parameters.map(({ value }) => value);
    expect(r / alpha).toBeGreaterThan(0.8 / 40 * 0.85);
    expect(r / alpha).toBeLessThan(0.8 / 40 * 1.15);
    expect(Math.abs(a / (a + b) - 0.6 / 3.6)).toBeLessThan(0.04);
    expect(result.spend.mean).toBeGreaterThan(1_000);
    expect(result.spend.mean).toBeLessThan(1_400);
    expect(Math.abs(result.spend.correlation ?? 1)).toBeLessThan(0.1);
    const { trial } = result;
    expect(Math.abs((trial?.model.expected ?? 0) / (trial?.actual ?? 1) - 1)).toBeLessThan(0.1);
    expect(trial?.model.rootMeanSquare).toBeLessThan(trial?.sameRate.rootMeanSquare ?? 0);
    expect(trial?.model.rootMeanSquare).toBeLessThan(trial?.mean.rootMeanSquare ?? 0);
    expect(Math.abs((trial?.value.expected ?? 0) / (trial?.value.actual ?? 1) - 1)).toBeLessThan(0.15);
    expect([...new Set(stages.slice(-200))]).toEqual(expect.arrayContaining(['fitting', 'checking', 'scoring', 'keeping']));
  });

  it('says the same of everybody in all its parts', async () => {
    await insertLines(test.platform.clickhouse, simulatedBrand(2_000, 6));
    const { total, tenths, cohorts, channels, map, spread, trial, buyers } = await run({ model: 'pareto_nbd' });
    const sum = (rows: readonly { people: number }[]): number => rows.reduce((all, { people }) => all + people, 0);
    for (const rows of [tenths, cohorts, channels, map, spread]) expect(sum(rows)).toBe(buyers);
    expect(tenths.map(({ tenth }) => tenth)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    for (const { people } of tenths) expect(Math.abs(people - 200)).toBeLessThan(25);
    for (let i = 1; i < tenths.length; i++) expect(tenths[i - 1].from).toBeGreaterThanOrEqual(tenths[i].to - 1e-3);
    expect(tenths.reduce((all, { value365 }) => all + value365, 0)).toBeCloseTo(total.value365, 3);
    expect(total.orders30).toBeLessThan(total.orders90);
    expect(total.valueEver).toBeGreaterThan(total.value365);
    expect(sum(trial?.byFrequency ?? [])).toBe(trial?.people);
    const weeks = trial?.weeks ?? [];
    expect(weeks.length).toBeGreaterThan(60);
    expect(weeks.every((week, i) => i === 0 || (week.actual >= weeks[i - 1].actual && week.expected >= weeks[i - 1].expected))).toBe(true);
    const [bad] = await kept('toUInt32(countIf(alive < 0 or alive > 1 or orders_30 < 0 or orders_30 > orders_90 or orders_90 > orders_365 or not isFinite(value_ever))) as rows, toUInt32(count()) as people');
    expect(bad).toEqual({ rows: 0, people: buyers });
  });

  it('counts a day as one purchase, takes refunds off, and keeps strange dates and currencies apart', async () => {
    const brand = simulatedBrand(1_000, 9);
    await insertLines(test.platform.clickhouse, [
      ...brand, sale(2_000, 0),
      // One customer: two orders of one day, another day given back in part, a day of another currency, a gift for nothing.
      sale(2_001, 90, 60), sale(2_001, 90, 40, { order: 'second' }), sale(2_001, 60, 200), sale(2_001, 50, 50, { kind: 'refund' }), sale(2_001, 30, 999, { currency: 'USD' }), sale(2_001, 20, 0),
      sale(2_002, 20_600), sale(2_002, 100), sale(0, 10), sale(2_003, -400),
      sale(2_004, 80, 70), sale(2_004, 70, 90, { kind: 'refund' }),
    ]);
    const result = await run();
    expect(result.leftOut).toEqual({ misdated: 2, nobodys: 1, otherCurrency: 1 });
    expect(result.until).toBe('2026-06-30');
    expect(result.from > '2024-12-01').toBe(true);
    expect(result.spend.withoutValue).toBe(1);
    expect(await kept('customer_no, orders, spent, toUInt32(dateDiff(\'day\', first_day, toDate(\'2026-06-30\'))) as begun')).toEqual(expect.arrayContaining([
      { customer_no: 2_001, orders: 4, spent: 250, begun: 90 }, { customer_no: 2_002, orders: 1, spent: 100, begun: 100 }, { customer_no: 2_004, orders: 1, spent: -20, begun: 80 },
    ]));
    expect((await kept('customer_no')).some(({ customer_no }) => customer_no === 2_003)).toBe(false);
  });

  it('takes merged people for one, and data that ended long ago as they are', async () => {
    await insertLines(test.platform.clickhouse, [...simulatedBrand(600, 3), sale(800, 0), sale(900, 40), sale(901, 12)]);
    await mergeCustomers(test.platform.clickhouse, [{ absorbed: 901, survivor: 900 }]);
    const result = await run({}, new Date(lastMs + 3_000 * dayMs));
    expect(result.until).toBe('2026-06-30');
    expect(await kept('customer_no, orders')).toContainEqual({ customer_no: 900, orders: 2 });
    expect(result.total.alive).toBeGreaterThan(0.3);
  });

  it('goes on where nobody leaves, everything costs the same, and says so', async () => {
    const draw = distributions(21);
    await insertLines(test.platform.clickhouse, Array.from({ length: 200 }, (_, i) => {
      const days = new Set([0]);
      for (let day = draw.exponential(0.05); day < 300; day += draw.exponential(0.05)) days.add(Math.floor(day));
      return [...days].map((day) => sale(i + 1, 299 - day, 50));
    }).flat());
    const result = await run();
    expect(result.total.alive).toBeGreaterThan(0.97);
    expect(result.spend.mean).toBeCloseTo(50, 0);
    expect(result.total.value365 / result.total.orders365).toBeCloseTo(50, 0);
  });

  it('ends when it is told to, and leaves nothing behind', async () => {
    await insertLines(test.platform.clickhouse, simulatedBrand(300, 4));
    const ended = runLifetimeValue(test.platform, {
      modelId: ++modelId, params: lifetimeParams.parse({}), asOf: new Date(lastMs), signal: new AbortController().signal,
      tell: (stage) => (stage === 'checking' ? Promise.reject(new Error('enough')) : Promise.resolve()),
    });
    await expect(ended).rejects.toThrow('enough');
    expect(await test.platform.clickhouse.rows('select model_id from lifetime_history')).toEqual([]);
    expect(await kept('customer_no')).toEqual([]);
  });
});
