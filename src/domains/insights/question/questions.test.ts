import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers, insertEvents } from '../../../../test/audience-people.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { createInsightsOn } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, testLine } from '../../../../test/order-lines.ts';
import { plainAnswer, plainBucket, type PlainWorld, plainYearBefore } from '../../../../test/plain-answers.ts';
import { dayIn } from '../../../kernel/day.ts';
import { writeBrand } from '../../../platform/settings.ts';
import type { Commerce } from '../../commerce/public.ts';
import type { AnswerReply, Question } from '../contract.ts';
import { bucketsOf, periodBefore } from './period.ts';

const timeZone = 'America/New_York';
const moment = fc.integer({ min: 0, max: 460 }).chain((day) => fc.integer({ min: 0, max: 86_399 }).map((second) => new Date(Date.UTC(2025, 0, 1 + day, 0, 0, second)).toISOString()));
const pick = fc.constantFrom;
const no = fc.integer({ min: 0, max: 9 });

const anyLine = fc.record({
  customerNo: no, at: moment, kind: pick('sale', 'sale', 'sale', 'refund'), order: fc.integer({ min: 1, max: 20 }).map((n) => `O${n}`),
  product: pick('P1', "P'2", ''), productName: pick('白茶', 'Teapot'), category: pick('茶叶', '茶具', ''), brand: pick('常青', "O'Hara"), channel: pick('天猫', '门店'), region: pick('浙江', '上海市'),
  quantity: fc.integer({ min: 0, max: 3 }), amount: fc.integer({ min: -500, max: 300_000 }).map((n) => n / 100), currency: pick('CNY', 'GBP'), source: pick('a'),
}).map(testLine);
const anyEvent = fc.record({ customerNo: no, at: moment, name: pick('Product Viewed', 'Signed Up', "it's"), properties: fc.constant({}) });
const anyPerson = (customerNo: number) => fc.record({
  customerNo: fc.constant(customerNo), createdAt: moment, gender: pick('female', 'male', ''), birthDate: pick(null, '1990-06-18', '1999-12-31', '2010-02-28', '1955-01-01'),
  province: pick('浙江省', '上海', ''), city: pick('杭州', ''), channel: pick('天猫', '抖音'), consents: pick<string[]>([], ['sms/marketing/granted'], ['sms/marketing/withdrawn'], ['email/service/granted']),
});
const anyWorld: fc.Arbitrary<PlainWorld> = fc.record({
  lines: fc.array(anyLine, { maxLength: 60 }),
  events: fc.array(anyEvent, { maxLength: 30 }),
  customers: fc.tuple(...Array.from({ length: 9 }, (_, i) => anyPerson(i + 1))),
  merges: pick(new Map<number, number>(), new Map([[8, 1], [9, 2]]), new Map([[7, 1], [8, 1]])),
  timeZone: fc.constant(timeZone),
  today: fc.constant(dayIn(timeZone, new Date())),
});

const ofLines = ['sales', 'refunds', 'netSales', 'orders', 'averageOrder', 'buyers', 'newBuyers', 'returningBuyers', 'units', 'refundRate', 'newBuyerShare'];
const ofPeople = ['newCustomers', 'customers', 'reachableCustomers'];
const ofEvents = ['events', 'visitors'];
const personal = ['gender', 'ageBand', 'province', 'city', 'firstChannel', 'firstOrderMonth'];
const families: [metrics: string[], dimensions: string[]][] = [
  [ofLines, ['day', 'week', 'month', 'channel', 'region', 'category', 'brand', 'product', 'priceBand', 'newness', ...personal]],
  [ofPeople, personal],
  [['newCustomers', 'events', 'sales', 'newBuyers'], ['month', 'week', ...personal]],
  [ofEvents, ['day', 'month', 'event', ...personal]],
];
const values: Record<string, string[]> = {
  channel: ['天猫'], region: ['上海市'], category: ['茶叶', ''], brand: ["O'Hara"], product: ["P'2", ''], priceBand: ['0', '50', '1000'], newness: ['new'], gender: ['female', ''],
  ageBand: ['30', '25'], province: ['浙江省'], city: ['杭州'], firstChannel: ['抖音'], firstOrderMonth: ['2025-03-01', '2026-01-01', ''], event: ["it's"], day: ['2026-03-01'], week: ['2026-03-02'], month: ['2026-03-01'],
};
const anyQuestion: fc.Arbitrary<Question> = fc.constantFrom(...families).chain(([metrics, dimensions]) => fc.record({
  metrics: fc.uniqueArray(pick(...metrics), { minLength: 1, maxLength: 6 }),
  dimensions: fc.uniqueArray(pick(...dimensions), { maxLength: 3 }),
  filters: fc.array(pick(...dimensions).chain((dimension) => fc.oneof(
    pick('in' as const, 'not_in' as const).map((test) => ({ dimension, test, values: values[dimension] })),
    pick('0', '茶', 'T', '2026').map((value) => ({ dimension, test: 'contains' as const, value })),
  )), { maxLength: 2 }),
  period: pick({ from: '2026-03-01', to: '2026-03-31' }, { from: '2026-02-01', to: '2026-04-15' }, { from: '2026-01-05', to: '2026-01-05' }, { from: '2025-06-01', to: '2026-03-31' }),
  compare: pick('none' as const, 'before' as const, 'lastYear' as const),
  sort: fc.constant(null),
  limit: fc.constant(1_000),
}));

describe('questions', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let commerce: Commerce;
  let version = 1;
  beforeAll(async () => {
    test = await createTestPlatform();
    const domains = createInsightsOn(test.platform, async () => version);
    commerce = domains.commerce;
    server = await createTestServer(test.platform, domains.insights.routes);
    await writeBrand(test.platform.pg, { name: '常青', timeZone, currency: 'CNY' });
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  async function replaceWorld(world: PlainWorld): Promise<void> {
    const { clickhouse } = test.platform;
    for (const table of ['order_line', 'customer_summary', 'merge_pair', 'event', 'customer']) await clickhouse.command(`truncate table ${table}`);
    await insertLines(clickhouse, world.lines);
    await insertEvents(clickhouse, world.events);
    await insertCustomers(clickhouse, world.customers.map((one) => ({ ...one, status: world.merges.has(one.customerNo) ? 'merged' as const : 'active' as const })), ++version);
    await mergeCustomers(clickhouse, [...world.merges].map(([absorbed, survivor]) => ({ absorbed, survivor })));
    await commerce.refreshSummaries('all');
  }
  const post = (body: object) => server.inject({ method: 'POST', url: '/api/insights/questions', payload: body, headers: { 'x-test-permissions': 'insights.read', 'sec-fetch-site': 'same-origin' } });
  async function ask(question: object): Promise<AnswerReply> {
    const reply = await post({ question });
    expect(reply.statusCode, `${JSON.stringify(question)} ${reply.body}`).toBe(200);
    return reply.json();
  }

  const holdsAny = (figures: object): boolean => Object.values(figures).some((figure) => figure !== null && Number(figure) !== 0);

  /** The rows of both periods beside each other, as the answer should have them where anything was counted. */
  function beside(question: Question, period: { from: string; to: string }, world: PlainWorld) {
    const against = question.compare === 'none' ? null : question.compare === 'before' ? periodBefore(period) : plainYearBefore(period);
    const now = plainAnswer(world, question, period);
    const before = against && plainAnswer(world, question, against);
    const buckets = (range: { from: string; to: string }, name: string): string[] => bucketsOf(range, name as 'day');
    const shifted = new Map([...(before?.rows ?? [])].map(([key, figures]) => [JSON.stringify((JSON.parse(key) as string[]).map((part, i) => {
      const name = question.dimensions[i];
      return name in plainBucket && against ? (buckets(period, name)[buckets(against, name).indexOf(part)] ?? '') : part;
    })), figures]));
    return { now, before, shifted };
  }

  it('by any metrics, dimensions, filters and comparisons agree with a second computation in plain code', { timeout: 240_000 }, async () => {
    await fc.assert(fc.asyncProperty(anyWorld, fc.array(anyQuestion, { minLength: 6, maxLength: 6 }), async (world, questions) => {
      await replaceWorld(world);
      for (const question of questions) {
        const answer = await ask(question);
        const period = question.period as { from: string; to: string };
        const { now, before, shifted } = beside(question, period, world);
        const told = JSON.stringify(question);
        expect(answer.totals, told).toEqual(now.totals);
        expect(answer.totalsAgainst, told).toEqual(before?.totals ?? null);
        const found = new Map(answer.rows.map((row) => [JSON.stringify(row.keys), row]));
        expect(found.size).toBe(answer.rows.length);
        if (question.dimensions.length === 0) continue;
        for (const [key, figures] of now.rows) if (holdsAny(figures)) expect(found.get(key)?.figures, `${told} ${key}`).toEqual(figures);
        for (const [key, row] of found) {
          if (holdsAny(row.figures)) expect(row.figures, `${told} ${key}`).toEqual(now.rows.get(key));
          if (row.against && holdsAny(row.against)) expect(row.against, `${told} ${key} against`).toEqual(shifted.get(key));
        }
        for (const [key, figures] of shifted) {
          if (holdsAny(figures) && !(JSON.parse(key) as string[]).some((part, i) => part === '' && question.dimensions[i] in plainBucket)) expect(found.get(key)?.against, `${told} ${key} against`).toEqual(figures);
        }
      }
    }), { numRuns: 10 });
  });

  it('with nothing brought in are all zero, and have a row for every day asked for', async () => {
    await replaceWorld({ lines: [], events: [], customers: [], merges: new Map(), timeZone, today: '' });
    const answer = await ask({ metrics: ['sales', 'averageOrder', 'customers', 'visitors'], period: { relative: 'last7' }, compare: 'before' });
    expect(answer).toMatchObject({ rows: [], total: 0, totals: { sales: '0', averageOrder: null, customers: 0, visitors: 0 } });
    const days = await ask({ metrics: ['sales', 'visitors'], dimensions: ['day'], period: { from: '2026-03-01', to: '2026-03-31' } });
    expect(days.rows.map(({ keys }) => keys[0])).toEqual(bucketsOf({ from: '2026-03-01', to: '2026-03-31' }, 'day'));
  });

  it('about one order, only refunds, prices of zero, two currencies and 1970 say what is there', async () => {
    await replaceWorld({ lines: [
      testLine({ customerNo: 1, order: 'A', amount: 0, quantity: 2, at: '2026-03-02T12:00:00.000Z' }),
      testLine({ customerNo: 2, order: 'B', amount: 30, kind: 'refund', at: '2026-03-02T12:00:00.000Z', category: '茶具', currency: 'GBP' }),
      testLine({ customerNo: 3, order: 'C', amount: 5, at: '1970-01-01T12:00:00.000Z' }),
    ], events: [], customers: [], merges: new Map(), timeZone, today: '' });
    const march = { from: '2026-03-01', to: '2026-03-31' };
    const answer = await ask({ metrics: ['sales', 'netSales', 'refundRate', 'averageOrder', 'buyers'], dimensions: ['category'], period: march });
    expect(answer.rows.map(({ keys, figures }) => [keys[0], figures])).toEqual([
      ['茶具', { sales: '0', netSales: '-30', refundRate: null, averageOrder: null, buyers: 0 }],
      ['茶叶', { sales: '0', netSales: '0', refundRate: null, averageOrder: '0', buyers: 1 }],
    ]);
    expect(answer.provenance).toMatchObject({ linesInOtherCurrency: 1, currency: 'CNY', timeZone });
    const old = await ask({ metrics: ['sales', 'newBuyers'], dimensions: ['month', 'priceBand'], period: { from: '1969-12-01', to: '1970-01-31' } });
    expect(old.rows).toMatchObject([{ keys: ['1970-01-01', '0.01'], labels: ['1970-01', '20 以下'], figures: { sales: '5', newBuyers: 1 } }]);
  });

  it('count days of the zone that the brand has now, also after it was changed', async () => {
    await replaceWorld({ lines: [testLine({ at: '2026-03-02T03:00:00.000Z', amount: 7 })], events: [], customers: [], merges: new Map(), timeZone, today: '' });
    const days = async () => (await ask({ metrics: ['sales'], dimensions: ['day'], period: { from: '2026-03-01', to: '2026-03-02' } })).rows.map(({ figures }) => figures.sales);
    expect(await days()).toEqual(['7', '0']);
    await writeBrand(test.platform.pg, { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' });
    expect(await days()).toEqual(['0', '7']);
    await writeBrand(test.platform.pg, { name: '常青', timeZone, currency: 'CNY' });
  });

  it('take hostile names for what they are: values', async () => {
    const name = "'); drop table order_line -- {zone:String} \\ \u0000";
    await replaceWorld({ lines: [testLine({ category: name, at: '2026-03-02T12:00:00.000Z', amount: 9 })], events: [], customers: [], merges: new Map(), timeZone, today: '' });
    const period = { from: '2026-03-01', to: '2026-03-31' };
    const answer = await ask({ metrics: ['sales'], dimensions: ['category'], filters: [{ dimension: 'category', test: 'in', values: [name] }, { dimension: 'category', test: 'contains', value: "'); DROP" }], period });
    expect(answer.rows).toMatchObject([{ keys: [name], figures: { sales: '9' } }]);
    expect((await ask({ metrics: ['sales'], filters: [{ dimension: 'category', test: 'in', values: ["' or 1=1 --"] }], period })).totals).toEqual({ sales: '0' });
  });

  it.each([
    ['a metric nobody knows', { metrics: ['profit'] }, 'insights.not_in_registry'],
    ['a dimension nobody knows', { metrics: ['sales'], dimensions: ['tier'] }, 'insights.not_in_registry'],
    ['what does not go together', { metrics: ['visitors'], dimensions: ['category'] }, 'insights.do_not_combine'],
    ['a filter that does not go with it', { metrics: ['visitors'], filters: [{ dimension: 'category', test: 'in', values: ['x'] }] }, 'insights.do_not_combine'],
    ['a standing number over time', { metrics: ['customers'], dimensions: ['month'] }, 'insights.do_not_combine'],
    ['an order by what is not asked', { metrics: ['sales'], sort: { by: 'orders', descending: true } }, 'insights.bad_sort'],
    ['a period that ends before it begins', { metrics: ['sales'], period: { from: '2026-03-02', to: '2026-03-01' } }, 'insights.period_backwards'],
    ['two years against the year before', { metrics: ['sales'], period: { from: '2024-01-01', to: '2025-12-31' }, compare: 'lastYear' }, 'insights.longer_than_a_year'],
    ['a name that is none', { metrics: ['sales; drop table x'] }, 'platform.invalid_input'],
    ['four dimensions', { metrics: ['sales'], dimensions: ['day', 'week', 'month', 'brand'] }, 'platform.invalid_input'],
  ])('refuse %s, with a sentence', async (_what, question, code) => {
    const reply = await post({ question: { period: { relative: 'last30' }, ...question } });
    expect(reply.json()).toMatchObject({ status: 400, code });
    expect(reply.json().detail).not.toMatch(/^problem\./);
    if (code === 'insights.do_not_combine') expect(reply.json().detail).toMatch(/「(访客数|累计用户)」.*「(品类|月)」/);
  });

  it('sort, cut, and keep totals of everything', async () => {
    await replaceWorld({ lines: [...Array(30).keys()].map((n) => testLine({ order: `O${n}`, customerNo: n + 1, product: `P${n}`, amount: n, at: '2026-03-02T12:00:00.000Z' })), events: [], customers: [], merges: new Map(), timeZone, today: '' });
    const period = { from: '2026-03-01', to: '2026-03-31' };
    const top = await ask({ metrics: ['sales'], dimensions: ['product'], period, limit: 2 });
    expect(top).toMatchObject({ total: 30, totals: { sales: '435' }, rows: [{ keys: ['P29'] }, { keys: ['P28'] }] });
    const mixed = await ask({ metrics: ['orders', 'averageOrder'], dimensions: ['product', 'day'], period, compare: 'before', limit: 1, sort: { by: 'averageOrder', descending: false } });
    expect(mixed).toMatchObject({ total: 30, totals: { orders: 30, averageOrder: '14.5' }, rows: [{ keys: ['P0', '2026-03-02'] }] });
  });
});
