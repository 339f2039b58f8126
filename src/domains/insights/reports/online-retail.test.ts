import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer } from '../../../../test/harness.ts';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import { createInsightsOn } from '../../../../test/insights-server.ts';
import type { AnswerReply, QuestionAsked } from '../contract.ts';
import { ownRegistry } from '../registry/own.ts';
import { createSay } from '../../../platform/i18n.ts';
import { templatesOf } from './templates.ts';

const path = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'online_retail', 'online_retail.csv.gz');
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: reports are not reckoned over Online Retail, for there is no ${path}`);

interface Line { order: string; product: string; quantity: number; day: string; price: number; customer: string; region: string; isRefund: boolean }

/** The file read as plainly as can be, prices in thousandths. */
function readPlainly(): Line[] {
  return gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1).map((text) => {
    const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map((match) => match[1]);
    const [order, product, , quantity, at, price, customer, region] = cells;
    return { order, product, quantity: Number(quantity), day: at.slice(0, 10), price: Math.round(Number(price) * 1000), customer, region, isRefund: order.startsWith('C') };
  });
}

const money = (thousandths: number): string => String(thousandths / 1000);
const distinct = (lines: Line[], of: (line: Line) => string): number => new Set(lines.map(of).filter((value) => value !== '')).size;
const rounded = (top: number, bottom: number): number => Math.round((top / bottom) * 10_000) / 10_000;

/** Figures of lines a second time; `isNew` tells of a customer's first day whether it is of the row. */
function plainly(lines: Line[], firstDays: Map<string, string>, isNew: (day: string) => boolean) {
  const sold = lines.filter((line) => !line.isRefund);
  const sum = (some: Line[]): number => some.reduce((total, line) => total + line.quantity * line.price, 0);
  const [sales, refunds, orders] = [sum(sold), -sum(lines.filter((line) => line.isRefund)), distinct(sold, (line) => line.order)];
  const buyers = [...new Set(sold.map((line) => line.customer).filter((customer) => customer !== ''))];
  const newBuyers = buyers.filter((customer) => isNew(firstDays.get(customer) ?? '')).length;
  return {
    sales: money(sales),
    refunds: money(refunds),
    netSales: money(sales - refunds),
    orders,
    averageOrder: orders === 0 ? null : String(rounded(sales / 1000, orders)),
    buyers: buyers.length,
    units: String(sold.reduce((total, line) => total + line.quantity, 0)),
    refundRate: sales === 0 ? null : rounded(refunds, sales),
    newBuyers,
    returningBuyers: buyers.length - newBuyers,
    returningBuyerShare: buyers.length === 0 ? null : rounded(buyers.length - newBuyers, buyers.length),
  };
}

describe.skipIf(!present)('reports over Online Retail', () => {
  let test: TestImports;
  let server: FastifyInstance;
  let lines: Line[];
  const firstDays = new Map<string, string>();
  beforeAll(async () => {
    test = await createTestImports();
    await test.bringIn('online_retail.csv.gz', readFileSync(path));
    const { insights, commerce } = createInsightsOn(test.platform);
    await commerce.refreshSummaries('all');
    server = await createTestServer(test.platform, insights.routes);
    lines = readPlainly();
    for (const { customer, day, isRefund } of lines) {
      if (customer !== '' && !isRefund && (firstDays.get(customer) ?? '9') > day) firstDays.set(customer, day);
    }
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const ask = async (question: QuestionAsked): Promise<AnswerReply> => {
    const reply = await server.inject({ method: 'POST', url: '/api/insights/questions', payload: { question }, headers: { 'x-test-permissions': 'insights.read' } });
    expect(reply.statusCode, reply.body).toBe(200);
    return reply.json();
  };
  const templates = templatesOf(ownRegistry({ namesOf: async () => new Map() } as never, createSay()));
  const within = (from: string, to: string) => (day: string): boolean => day >= from && day <= to;
  const period = { from: '2011-06-01', to: '2011-11-30' };
  const before = within('2010-12-01', '2011-05-31');

  it.each(['sales', 'users'] as const)('of the template for %s agree with the file, month by month, in all, and before', async (subject) => {
    const template = templates.find((each) => each.subject === subject)?.question;
    const metrics = template?.metrics.filter((name) => name !== 'newCustomers') ?? [];
    const answer = await ask({ metrics, dimensions: ['month'], period, compare: 'before' });
    const figures = (of: (day: string) => boolean) => Object.fromEntries(Object.entries(plainly(lines.filter((line) => of(line.day)), firstDays, of)).filter(([name]) => metrics.includes(name)));
    expect(answer.rows).toHaveLength(6);
    answer.rows.forEach(({ keys: [month], figures: found, against }, n) => {
      expect(found, month).toEqual(figures((day) => day.startsWith(month.slice(0, 7))));
      const earlier = ['2010-12', '2011-01', '2011-02', '2011-03', '2011-04', '2011-05'][n];
      expect(against, earlier).toEqual(figures((day) => day.startsWith(earlier)));
    });
    expect(answer.totals).toEqual(figures(within(period.from, period.to)));
    expect(answer.totalsAgainst).toEqual(figures(before));
  });

  it('by country, new or returning, and price band agree with the file', async () => {
    const answer = await ask({ metrics: ['sales', 'orders', 'buyers'], dimensions: ['region', 'newness'], period, limit: 1_000, sort: { by: 'orders', descending: true } });
    const inPeriod = within(period.from, period.to);
    const newness = (line: Line): string => (line.customer === '' ? '' : inPeriod(firstDays.get(line.customer) ?? '') ? 'new' : 'returning');
    const groups = Map.groupBy(lines.filter((line) => inPeriod(line.day)), (line) => JSON.stringify([line.region, newness(line)]));
    expect(answer.total).toBe(groups.size);
    for (const row of answer.rows) {
      const { sales, orders, buyers } = plainly(groups.get(JSON.stringify(row.keys)) ?? [], firstDays, () => true);
      expect(row.figures, row.keys.join(' ')).toEqual({ sales, orders, buyers });
    }
    expect(answer.rows[0].keys).toEqual(['United Kingdom', 'returning']);
    const { rows } = await ask({ metrics: ['units'], dimensions: ['priceBand'], period });
    const band = (price: number): string => (price <= 0 ? '0' : price < 20_000 ? '0.01' : String([20, 50, 100, 200, 500, 1000, 2000, 5000, 10000].findLast((floor) => price >= floor * 1000)));
    const bands = Map.groupBy(lines.filter((line) => inPeriod(line.day)), (line) => band(line.price));
    expect(new Map(rows.map((row) => [row.keys[0], row.figures.units]))).toEqual(new Map([...bands].map(([name, some]) => [name, plainly(some, firstDays, () => true).units])));
  });

  it('of the best products, with and without a filter, come in the order of the file', async () => {
    const best = await ask({ metrics: ['netSales'], dimensions: ['product'], filters: [{ dimension: 'region', test: 'not_in', values: ['United Kingdom'] }], period, limit: 10 });
    const abroad = Map.groupBy(lines.filter((line) => within(period.from, period.to)(line.day) && line.region !== 'United Kingdom'), (line) => line.product);
    const net = [...abroad].map(([product, some]) => [product, some.reduce((total, line) => total + line.quantity * line.price, 0)] as const).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    expect(best.rows.map((row) => [row.keys[0], row.figures.netSales])).toEqual(net.slice(0, 10).map(([product, total]) => [product, money(total)]));
    expect(best.total).toBe(net.length);
  });
});
