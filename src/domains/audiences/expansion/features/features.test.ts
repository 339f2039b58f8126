import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { insertLines, mergeCustomers, type TestLine, testLine } from '../../../../../test/order-lines.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { createCommerce } from '../../../commerce/public.ts';
import type { AudienceField } from '../../fields/field.ts';
import { createFieldRegistry } from '../../fields/registry.ts';
import { chooseValues } from './choose-values.ts';
import type { FeaturePlan } from './feature.ts';
import type { Weighing } from './print.ts';
import { type FeatureRows, readFeatures, scoreEverybody } from './read-features.ts';

const people = 60;
const asOf = new Date('2026-06-30T04:00:00Z');
const dayMs = 86_400_000;
const goOn = async (): Promise<void> => {};
const tier: AudienceField = {
  name: 'membership.tier', label: 'audiences:field.city', type: 'text', source: 'customers', hasChoices: true,
  relation: "select customer_no, if(customer_no % 2 = 0, '金卡', null) as value from customer final where status = 'active'",
};
const points: AudienceField = {
  name: 'membership.points', label: 'audiences:field.city', type: 'number', source: 'customers',
  relation: "select customer_no, toNullable(toDecimal128(customer_no * 10, 4)) as value from customer final where status = 'active' and customer_no < 20",
};

/** Everything is reckoned a second time in plain JavaScript, over facts that are made by chance; two people are one. */
describe('features of people', () => {
  let test: TestPlatform;
  let lines: TestLine[];
  let plan: FeaturePlan;
  let rows: FeatureRows;
  const fields = createFieldRegistry();
  const registered = [tier, points];
  /** 60 became part of 7. */
  const whoIs = (no: number): number => (no === 60 ? 7 : no);
  const asked = Uint32Array.from({ length: people - 1 }, (_, i) => i + 1);
  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse, reader } = test.platform;
    const random = seededRandom(4);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
    const given = Array.from({ length: 400 }, (_, i) => testLine({
      customerNo: 1 + Math.floor(random() * 45) + (random() < 0.1 ? 15 : 0), at: new Date(asOf.getTime() - Math.floor(random() * 300 * dayMs)).toISOString(), kind: random() < 0.1 ? 'refund' : 'sale',
      order: `O${Math.floor(i / 2)}`, category: pick(['茶叶', '咖啡', '坚果', "'; drop table order_line; --"]), brand: pick(['常青', '']), channel: pick(['天猫', '抖音']), region: pick(['浙江', '上海']),
      quantity: 1 + Math.floor(random() * 4), amount: 5 + Math.floor(random() * 200),
    }));
    lines = await insertLines(clickhouse, given);
    await clickhouse.command(`insert into customer (customer_no, version, status, created_at, channel, gender, birth_date, city, attributes, tags, consents)
      select number + 1, 1, if(number = 59, 'merged', 'active'), '2026-01-01 00:00:00', '官网', if(number % 3 = 0, 'female', ''), if(number % 4 = 0, toDate32('1990-06-30'), null), if(number % 2 = 0, '杭州', '上海'),
        if(number % 5 = 0, '{"plan": "gold"}', '{"plan": "free"}'), if(number % 5 = 0, [3], []), if(number % 7 = 0, ['sms/marketing/granted'], []) from numbers(${people})`);
    await clickhouse.command(`insert into event (event_id, customer_no, occurred_at, kind, name, properties)
      select generateUUIDv4(), 1 + number % 20, '2026-06-20 00:00:00', 'track', if(number % 4 = 0, 'Cart Viewed', 'Product Viewed'), '{}' from numbers(50)`);
    await createCommerce(test.platform).refreshSummaries('all');
    await mergeCustomers(clickhouse, [{ absorbed: 60, survivor: 7 }]);
    const values = await chooseValues(reader, fields, registered, { members: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], others: [...asked] });
    plan = { asOf, timeZone: 'Asia/Shanghai', values, leftOut: ['region', 'category:坚果'], dialect: { hasMerges: true } };
    rows = await readFeatures(reader, plan, registered, asked, goOn);
  });
  afterAll(() => test.close());

  const column = (key: string): number[] => {
    const at = rows.features.findIndex((feature) => feature.key === key);
    if (at < 0) throw new Error(`no feature ${key}, but ${rows.features.map((feature) => feature.key).join()}`);
    return Array.from(asked, (_, row) => rows.values[row * rows.features.length + at]);
  };
  const expectColumn = (key: string, of: (no: number) => number): void => {
    column(key).forEach((value, i) => {
      const expected = of(asked[i]);
      if (Number.isNaN(expected)) expect(value, `${key} of ${asked[i]}`).toBeNaN();
      else expect(value, `${key} of ${asked[i]}`).toBeCloseTo(expected, 4);
    });
  };
  const sales = (no: number): TestLine[] => lines.filter((line) => whoIs(line.customerNo) === no && line.kind === 'sale');
  const refunds = (no: number): TestLine[] => lines.filter((line) => whoIs(line.customerNo) === no && line.kind === 'refund');
  const sum = (of: TestLine[], what: 'amount' | 'quantity'): number => of.reduce((total, line) => total + line[what], 0);
  // Totals are kept by number: an order that two numbers of one person share counts with each.
  const ordersOf = (of: TestLine[]): number => new Set(of.map((line) => `${line.customerNo} ${line.order}`)).size;
  const days = (at: number): number => Math.log1p(Math.floor((asOf.getTime() - at) / 1000) / 86_400);
  const local = (line: TestLine): Date => new Date(Date.parse(line.at) + 8 * 3_600_000);
  const share = (no: number, of: (line: TestLine) => boolean): number => sales(no).filter(of).length / sales(no).length;

  it('are of orders and spending, of one person whatever was merged', () => {
    expect(sales(7).some((line) => line.customerNo === 60)).toBe(true);
    expectColumn('has_ordered', (no) => (sales(no).length > 0 ? 1 : 0));
    expectColumn('orders', (no) => Math.log1p(ordersOf(sales(no))));
    expectColumn('spend', (no) => Math.log1p(sum(sales(no), 'amount')));
    expectColumn('average_order', (no) => (sales(no).length ? Math.log1p(sum(sales(no), 'amount') / ordersOf(sales(no))) : Number.NaN));
    expectColumn('last_order', (no) => (sales(no).length ? days(Math.max(...sales(no).map((line) => Date.parse(line.at)))) : Number.NaN));
    expectColumn('first_order', (no) => (sales(no).length ? days(Math.min(...sales(no).map((line) => Date.parse(line.at)))) : Number.NaN));
    expectColumn('refunded', (no) => (sales(no).length ? sum(refunds(no), 'amount') / sum(sales(no), 'amount') : Number.NaN));
  });

  it('are of what was bought lately, when, where and at which price', () => {
    const lately = (no: number): TestLine[] => sales(no).filter((line) => Date.parse(line.at) >= asOf.getTime() - 90 * dayMs);
    expectColumn('recent_lines', (no) => Math.log1p(lately(no).length));
    expectColumn('recent_spend', (no) => Math.log1p(sum(lately(no), 'amount')));
    expectColumn('unit_price', (no) => Math.log1p(sum(sales(no), 'amount') / sum(sales(no), 'quantity')));
    expectColumn('weekend', (no) => share(no, (line) => [0, 6].includes(local(line).getUTCDay())));
    expectColumn('evening', (no) => share(no, (line) => local(line).getUTCHours() >= 18));
    expectColumn('night', (no) => share(no, (line) => local(line).getUTCHours() < 6));
    for (const category of ['茶叶', '咖啡', "'; drop table order_line; --"]) expectColumn(`category:${category}`, (no) => share(no, (line) => line.category === category));
    expectColumn('channel:抖音', (no) => share(no, (line) => line.channel === '抖音'));
  });

  it('are of events, the profile, what was said and given, and what other domains know', () => {
    const times = (no: number, name: string): number => Array.from({ length: 50 }, (_, n) => n).filter((n) => 1 + (n % 20) === no && (n % 4 === 0 ? 'Cart Viewed' : 'Product Viewed') === name).length;
    for (const name of ['Cart Viewed', 'Product Viewed']) expectColumn(`event:${name}`, (no) => Math.log1p(times(no, name)));
    expectColumn('event_days', (no) => (no <= 20 ? Math.log1p(1) : 0));
    expectColumn('last_event', (no) => (no <= 20 ? days(Date.parse('2026-06-20T00:00:00Z')) : Number.NaN));
    expectColumn('gender:female', (no) => (no % 3 === 1 ? 1 : 0));
    expectColumn('city:杭州', (no) => (no % 2 === 1 ? 1 : 0));
    expectColumn('birth_date', (no) => (no % 4 === 1 ? 36 : Number.NaN));
    expectColumn('attribute.plan:gold', (no) => (no % 5 === 1 ? 1 : 0));
    expectColumn('tag:3', (no) => (no % 5 === 1 ? 1 : 0));
    expectColumn('consent:sms/marketing/granted', (no) => (no % 7 === 1 ? 1 : 0));
    expectColumn('membership.tier:金卡', (no) => (no % 2 === 0 ? 1 : 0));
    expectColumn('membership.points', (no) => (no < 20 ? Math.log1p(no * 10) : Number.NaN));
  });

  it('are not of what is left out, nor of texts that say nothing', () => {
    const keys = rows.features.map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('region') || key === 'category:坚果' || key.endsWith(':'))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('make the score of everybody in the engine that the same features make outside it', async () => {
    const random = seededRandom(8);
    const weighings = new Map(rows.features.map(({ key }): [string, Weighing] => [key, { weight: Math.round((random() - 0.5) * 1e6) / 1e6, mean: random() }]));
    const scores = await scoreEverybody(test.platform.reader, plan, registered, 0.75, weighings, people - 1, goOn);
    asked.forEach((no, row) => {
      const expected = rows.features.reduce((total, { key }, at) => {
        const { weight, mean } = weighings.get(key) ?? { weight: 0, mean: 0 };
        const value = rows.values[row * rows.features.length + at];
        return total + weight * (Number.isNaN(value) ? mean : value);
      }, 0.75);
      expect(scores[no], String(no)).toBeCloseTo(expected, 3);
    });
  });

  it('are read until somebody says stop', async () => {
    const stop = (): Promise<void> => Promise.reject(new Error('enough'));
    await expect(readFeatures(test.platform.reader, plan, registered, asked, stop)).rejects.toThrow('enough');
    await expect(scoreEverybody(test.platform.reader, plan, registered, 0, new Map([['orders', { weight: 1, mean: 0 }]]), people, stop)).rejects.toThrow('enough');
  });
});
