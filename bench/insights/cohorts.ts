import { insertEvents } from '../input/events.ts';
import type { InsightsBench } from '../input/insights-benchmark.ts';
import { lastDay } from '../input/order-lines.ts';
import type { Figure } from '../run.ts';

const year = { from: '2025-11-20', to: lastDay };
const facts = (name: string) => ({ facts: { fact: 'event', name } });

/** Triangles over all order lines, funnels and paths over all events, each computed anew: the best of some rounds. */
export async function* measure({ platform, ask, figure, size, rounds }: InsightsBench): AsyncGenerator<Figure> {
  const [{ events: known }] = (await platform.clickhouse.rows('select count() as events from event')) as { events: string }[];
  const events = Number(known) || size.lines / 2;
  if (Number(known) === 0) await insertEvents(platform.clickhouse, { customers: size.customers, events });
  const best = async (of: () => Promise<{ ms: number }>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push((await of()).ms);
    return Math.min(...times);
  };
  const triangles: Record<string, Record<string, string>> = {
    triangle: { from: '2024-11-01', to: lastDay, periods: '25' },
    'triangle.weeks': { from: '2026-08-01', to: lastDay, unit: 'week' },
    'triangle.category': { ...year, cohort: 'category' },
    'triangle.filtered': { ...year, channel: '天猫旗舰店' },
  };
  for (const [name, query] of Object.entries(triangles)) {
    yield figure(`cohort.${name}`, await best(() => ask('GET', `/api/insights/cohorts?${new URLSearchParams({ ...query, fresh: '1' })}`)), name === 'triangle' ? 5_000 : 10_000);
  }
  const funnel = { steps: [facts('Product Viewed'), facts('Product Added'), { facts: { fact: 'order' } }], window: { of: 'whole', amount: 30, unit: 'day' }, fresh: true };
  yield figure('funnel.90days', await best(() => ask('POST', '/api/insights/funnel', { ...funnel, from: '2026-08-22', to: lastDay })), 3_000, 'ms', { events });
  yield figure('funnel.year', await best(() => ask('POST', '/api/insights/funnel', { ...funnel, ...year, by: 'month' })), 10_000, 'ms', { events });
  yield figure('flow.30days', await best(() => ask('POST', '/api/insights/flow', { from: '2026-10-22', to: lastDay, fresh: true })), 3_000, 'ms', { events });
}
