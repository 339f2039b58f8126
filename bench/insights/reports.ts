import { addDays } from '../../src/kernel/day.ts';
import type { InsightsBench } from '../input/insights-benchmark.ts';
import { lastDay } from '../input/order-lines.ts';
import type { Figure } from '../run.ts';

const days = (count: number) => ({ from: addDays(lastDay, 1 - count), to: lastDay });

const questions = [
  { name: 'reports.explore.two-dimensions', targetMs: 3_000, question: { metrics: ['sales', 'buyers'], dimensions: ['channel', 'category'], period: days(30), compare: 'before' } },
  { name: 'reports.explore.day-and-channel', targetMs: 3_000, question: { metrics: ['sales'], dimensions: ['day', 'channel'], period: days(30), compare: 'before' } },
  { name: 'reports.explore.year-before', targetMs: 3_000, question: { metrics: ['sales', 'orders'], dimensions: ['category'], period: days(30), compare: 'lastYear' } },
  { name: 'reports.explore.province', targetMs: 5_000, question: { metrics: ['sales', 'buyers'], dimensions: ['province', 'channel'], period: days(30) } },
  { name: 'reports.explore.newness', targetMs: 5_000, question: { metrics: ['sales', 'buyers'], dimensions: ['newness'], period: days(30), compare: 'before' } },
  { name: 'reports.template.sales', targetMs: 1_000, question: { metrics: ['sales', 'refunds', 'netSales', 'orders', 'averageOrder', 'buyers', 'units', 'refundRate'], dimensions: ['day'], period: days(30), compare: 'before' } },
  { name: 'reports.template.users', targetMs: 3_000, question: { metrics: ['newCustomers', 'buyers', 'newBuyers', 'returningBuyers', 'returningBuyerShare'], dimensions: ['day'], period: days(30), compare: 'before' } },
];

/** The overview, templates and questions, each computed; and the people behind a number. */
export async function* measure({ ask, figure, rounds }: InsightsBench): AsyncGenerator<Figure> {
  const best = async (once: () => Promise<{ ms: number }>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push((await once()).ms);
    return Math.min(...times);
  };
  const { from, to } = days(30);
  yield figure('reports.overview', await best(() => ask('GET', `/api/insights/overview?from=${from}&to=${to}&by=day&fresh=1`)), 1_000);
  for (const { name, targetMs, question } of questions) {
    yield figure(name, await best(() => ask('POST', '/api/insights/questions', { question, fresh: true })), targetMs);
  }
  const of = { kind: 'cell', question: { metrics: ['buyers'], period: days(30) }, metric: 'buyers', at: [{ dimension: 'category', key: '品类 3' }] };
  yield figure('reports.people', await best(() => ask('POST', '/api/insights/people', { of })), 2_000);
}
