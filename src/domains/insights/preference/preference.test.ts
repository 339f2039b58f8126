import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine, testLine } from '../../../../test/order-lines.ts';
import { train } from '../../../../test/train-model.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { readPreference } from '../contract/preference.ts';
import { weightOf } from './affinity/hold-out.ts';
import { credibilityOf, limitsOf, powerOf } from './credibility.ts';
import { type Dimension, dimensions } from './dimensions.ts';

const asOf = new Date('2026-06-30T04:00:00Z');
const dayMs = 86_400_000;
const hostile = "'; drop table order_line; --";
const people = 420;

type Row = Record<string, string | number> & {
  customer_no: number;
  orders: number;
  tier: number;
  power: number;
  items: number;
};

/** Everything is reckoned a second time in plain code, over orders that are made by chance; two people are one. */
describe('preferences', () => {
  let insights: InsightsServer;
  let lines: TestLine[];
  let rows: Row[];
  let result: NonNullable<Awaited<ReturnType<typeof read>>>;
  const read = async () => (await insights.ask(readPreference)).body.result;
  const whoIs = (no: number): number => (no === people ? 7 : no);

  beforeAll(async () => {
    insights = await createInsightsServer();
    const { platform } = insights;
    platform.clock.now = () => asOf;
    const random = seededRandom(4);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
    const categories = ['茶叶', '咖啡', '坚果', hostile, ''];
    const given: Partial<TestLine>[] = [];
    for (let no = 1; no <= people; no++) {
      const [hour, isDear] = [no % 3 === 0 ? 21 : 12, no % 5 === 0];
      for (let order = 0; order < 1 + (no % 9); order++) {
        const ago = Math.floor(random() * 500);
        const at = new Date(Date.UTC(2026, 5, 28, hour - 8, Math.floor(random() * 60)) - ago * dayMs);
        // Tastes change: what somebody bought long ago says little of what they buy next.
        const favourite = categories[(no + (ago > 120 ? no % 3 : 0)) % 4];
        const channel = pick(['天猫', '抖音', '']);
        for (let line = 0; line < 1 + Math.floor(random() * 3); line++) {
          const category = random() < 0.6 ? favourite : pick(categories);
          const quantity = 1 + Math.floor(random() * 3);
          const price =
            random() < 0.05 ? 0 : Math.round((isDear ? 60 : 20) * (1 + random()) * (category === '坚果' ? 3 : 1));
          given.push({
            customerNo: no,
            at: at.toISOString(),
            order: `O${no}-${order}`,
            category,
            brand: pick(['常青', '山野']),
            channel,
            quantity,
            amount: price * quantity,
            currency: random() < 0.05 ? 'USD' : 'CNY',
          });
        }
      }
      if (no % 20 === 0)
        given.push(
          { customerNo: no, at: '1970-01-01T00:00:00.000Z', order: `old-${no}`, category: '坚果' },
          {
            customerNo: no,
            at: '2026-06-01T00:00:00.000Z',
            order: `back-${no}`,
            kind: 'refund',
            category: '咖啡',
            amount: 20,
          },
        );
    }
    given.push(
      { customerNo: 0, order: 'nobody', category: '咖啡' },
      { customerNo: 5, order: 'tomorrow', at: '2026-07-02T00:00:00.000Z', category: '坚果' },
    );
    lines = await insertLines(platform.clickhouse, given.map(testLine));
    await platform.clickhouse
      .command(`insert into customer (customer_no, version, status, created_at, channel, gender, birth_date, province)
      select number + 1, 1, if(number + 1 = ${people}, 'merged', 'active'), '2026-01-01 00:00:00', '官网', '', if(number % 2 = 0, toDate32('1996-06-30'), null), if(number % 3 = 0, '浙江', '上海') from numbers(${people})`);
    await mergeCustomers(platform.clickhouse, [{ absorbed: people, survivor: 7 }]);
    await insights.changed();
    expect((await train(insights, 'preference')).failure).toBeNull();
    result = (await read())!;
    rows = (await platform.clickhouse.rows('select * from preference order by customer_no')) as Row[];
  });
  afterAll(() => insights.close());

  const valueOf = (line: TestLine, dimension: Dimension, orderAt: number): string | null => {
    const local = new Date(orderAt + 8 * 3_600_000);
    switch (dimension) {
      case 'hour':
        return `hour${local.getUTCHours()}`;
      case 'weekday':
        return `day${local.getUTCDay() || 7}`;
      case 'price_band':
        return isPriced(line) ? `band${1 + Math.min(4, Math.floor(percentileOf(line) * 5))}` : null;
      default:
        return line[dimension] || null;
    }
  };
  const counted = (): TestLine[] =>
    lines.filter((line) => line.kind === 'sale' && line.customerNo > 0 && Date.parse(line.at) <= asOf.getTime());
  const isPriced = (line: TestLine): boolean => line.currency === 'CNY' && line.amount > 0;
  const priceOf = (line: TestLine): number => line.amount / line.quantity;
  /** Of few prices, none shares a step with another. */
  let kept: Map<TestLine, number> | undefined;
  const percentileOf = (line: TestLine): number => {
    kept ??= new Map(
      [...Map.groupBy(counted().filter(isPriced), ({ category }) => category).values()].flatMap((of) => {
        const whole = of.reduce((sum, { quantity }) => sum + quantity, 0);
        const prices = [...Map.groupBy(of, priceOf)].toSorted(([a], [b]) => a - b).map(([, same]) => same);
        // Prices whose items begin in the same half percent count as one.
        let below = 0;
        const steps = new Map<number, { below: number; sold: number; same: TestLine[] }>();
        for (const same of prices) {
          const sold = same.reduce((sum, { quantity }) => sum + quantity, 0);
          const step = Math.min(199, Math.floor((below / whole) * 200));
          const known = steps.get(step) ?? { below, sold: 0, same: [] };
          steps.set(step, { below: known.below, sold: known.sold + sold, same: [...known.same, ...same] });
          below += sold;
        }
        return [...steps.values()].flatMap((step) =>
          step.same.map((each): [TestLine, number] => [each, (step.below + step.sold / 2) / whole]),
        );
      }),
    );
    return kept.get(line) ?? Number.NaN;
  };
  const daysAgo = (at: number): number => (asOf.getTime() - at) / dayMs;
  const settingsOf = (dimension: Dimension) => result.settings.find((each) => each.dimension === dimension)!;
  const ordersOf = () =>
    [...Map.groupBy(counted(), (line) => `${whoIs(line.customerNo)} ${line.order}`).values()].map((of) => ({
      no: whoIs(of[0].customerNo),
      at: Math.min(...of.map(({ at }) => Date.parse(at))),
      lines: of,
    }));
  const sumsBy = (dimension: Dimension): Map<string, { no: number; value: string; y: number }> => {
    const sums = new Map<string, { no: number; value: string; y: number }>();
    for (const { no, at, lines: own } of ordersOf()) {
      for (const value of new Set(own.map((line) => valueOf(line, dimension, at)))) {
        if (value === null) continue;
        const key = JSON.stringify([no, value]);
        sums.set(key, {
          no,
          value,
          y: (sums.get(key)?.y ?? 0) + weightOf(daysAgo(at), settingsOf(dimension).halfLifeDays),
        });
      }
    }
    return sums;
  };

  it('are what adds most to how a person differs from everybody, of orders once each and the old ones less', () => {
    expect(rows).toHaveLength(people - 1);
    for (const dimension of dimensions) {
      const sums = [...sumsBy(dimension).values()];
      const known = new Map(
        [...Map.groupBy(sums, ({ value }) => value)].map(([value, of]) => [
          value,
          of.reduce((sum, { y }) => sum + y, 0),
        ]),
      );
      const total = [...known.values()].reduce((sum, one) => sum + one, 0);
      const prior = settingsOf(dimension).priorLines;
      for (const [no, own] of Map.groupBy(sums, (one) => one.no)) {
        const n = own.reduce((sum, { y }) => sum + y, 0);
        const scored = own
          .map(({ value, y }) => {
            const p = Math.max(0.5, known.get(value)!) / total;
            const share = (y + prior * p) / (n + prior);
            return { value, share, index: (100 * share) / p, gain: share * Math.log(share / p) };
          })
          .toSorted((a, b) => b.gain - a.gain);
        const row = rows.find((each) => each.customer_no === no)!;
        if (scored[0].index < 104.999) expect(row[dimension], `${dimension} of ${no}`).toBe('');
        else if (scored[0].index > 105.001) {
          const found = scored.find(({ value }) => value === row[dimension]);
          expect(found?.gain, `${dimension} of ${no}: ${row[dimension]} or ${scored[0].value}`).toBeCloseTo(
            scored[0].gain,
            6,
          );
          expect(row[`${dimension}_share`] as number).toBeCloseTo(found!.share, 4);
          expect((row[`${dimension}_index`] as number) / found!.index).toBeCloseTo(1, 4);
        }
      }
    }
  });

  it('find the purchasing power that prices were made by', () => {
    const own = new Map<number, { items: number; power: number; squares: number; lines: number }>();
    for (const { no, at, lines: of } of ordersOf()) {
      const one = own.get(no) ?? { items: 0, power: 0, squares: 0, lines: 0 };
      own.set(no, one);
      for (const line of of.filter(isPriced)) {
        const items = line.quantity * weightOf(daysAgo(at), 365);
        one.items += items;
        one.power += items * percentileOf(line);
        one.squares += items * percentileOf(line) ** 2;
      }
      if (of.some(isPriced)) one.lines += of.length;
    }
    const bought = [...own].filter(([, { items }]) => items > 1e-9);
    const column = (of: 'items' | 'power' | 'squares' | 'lines') => Float64Array.from(bought, ([, one]) => one[of]);
    const all = { items: column('items'), power: column('power'), squares: column('squares'), lines: column('lines') };
    const credibility = credibilityOf(all);
    expect(result.power.priorItems).toBeCloseTo(credibility.priorItems, 4);
    expect(result.power.mean).toBeCloseTo(credibility.mean, 6);
    const { tiers } = limitsOf(credibility, all);
    result.power.limits.forEach((limit, i) => expect(limit).toBeCloseTo(tiers[i], 5));
    for (const [no, { items, power }] of bought) {
      const row = rows.find((each) => each.customer_no === no)!;
      const expected = powerOf(credibility, items, power);
      expect(row.power, String(no)).toBeCloseTo(expected, 5);
      expect(row.items).toBeCloseTo(items, 3);
      if (tiers.every((limit) => Math.abs(limit - expected) > 1e-5))
        expect(row.tier).toBe(1 + tiers.filter((limit) => expected >= limit).length);
    }
    const dear = rows.filter((row) => row.customer_no % 5 === 0 && row.orders > 3);
    const cheap = rows.filter((row) => row.customer_no % 5 !== 0 && row.orders > 3);
    const mean = (of: Row[]): number => of.reduce((sum, row) => sum + row.power, 0) / of.length;
    expect(mean(dear) - mean(cheap)).toBeGreaterThan(0.25);
  });

  it('are better at foretelling the next order than what somebody bought most', () => {
    const category = result.quality.find(({ dimension }) => dimension === 'category')!;
    expect(category.people).toBeGreaterThan(100);
    expect(category.model.mrr).toBeGreaterThan(category.baseline.mrr);
    expect(category.model.hit1).toBeGreaterThan(0.5);
  });
});
