import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeModel } from '../../../../test/computed-model.ts';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { rfmSegmentOf, type Score } from '../../audiences/public.ts';
import { lifecycleStates, readLifecycle, readRepurchase, readRfmBoard, readRfmMonths } from '../contract.ts';
import { fitRhythm } from './rhythm/fit.ts';
import { stateOn } from './rhythm/states.ts';

const path = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'online_retail', 'online_retail.csv.gz');
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: RFM, lifecycle and repurchase are not reckoned on Online Retail, for there is no ${path}`);

interface Line { customerNo: number; order: string; atMs: number; thousandths: number; isRefund: boolean }
const now = new Date('2011-12-10T04:00:00Z');
const dayMs = 86_400_000;
/** Days of Shanghai, in which the file's clock is taken to go. */
const dayOf = (ms: number): number => Math.floor((ms + 8 * 3_600_000) / dayMs);

/** The file read as plainly as can be: lines of customers, those of orders with a C given back. */
const readPlainly = (): Line[] => gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1).flatMap((text) => {
  const [order, , , quantity, at, price, customer] = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map((match) => match[1]);
  const line = { customerNo: Number(customer), order, atMs: Date.parse(`${at.replace(' ', 'T')}+08:00`), thousandths: Number(quantity) * Math.round(Number(price) * 1_000), isRefund: order.startsWith('C') };
  return customer ? [line] : [];
});

/** Scores by quantiles as a spreadsheet reckons them. */
function scoresOf(values: readonly number[]): Score[] {
  const inOrder = values.toSorted((a, b) => a - b);
  const quantiles = [0.2, 0.4, 0.6, 0.8].map((share) => {
    const place = (inOrder.length - 1) * share;
    const below = inOrder[Math.floor(place)];
    return below + (place - Math.floor(place)) * ((inOrder[Math.floor(place) + 1] ?? below) - below) + 1e-9;
  });
  return values.map((value) => (1 + quantiles.filter((quantile) => value > quantile).length) as Score);
}

/** How many buyers are in each segment as of a moment. */
function segmentsPlainly(lines: readonly Line[], beforeMs: number): Map<string, number> {
  const buyers = [...Map.groupBy(lines.filter(({ atMs }) => atMs < beforeMs), ({ customerNo }) => customerNo).values()].filter((own) => own.some(({ isRefund }) => !isRefund));
  const sales = buyers.map((own) => own.filter(({ isRefund }) => !isRefund));
  const days = scoresOf(sales.map((own) => dayOf(beforeMs - 1) - Math.max(...own.map(({ atMs }) => dayOf(atMs)))));
  const orders = scoresOf(sales.map((own) => new Set(own.map(({ order }) => order)).size));
  const money = scoresOf(buyers.map((own) => own.reduce((sum, { thousandths }) => sum + thousandths, 0)));
  return new Map([...Map.groupBy(buyers.map((_, i) => rfmSegmentOf((6 - days[i]) as Score, orders[i], money[i])), (segment) => segment)].map(([segment, of]) => [segment, of.length]));
}

describe.skipIf(!present)('Online Retail', () => {
  let shop: InsightsServer;
  const lines = present ? readPlainly() : [];
  beforeAll(async () => {
    shop = await createInsightsServer();
    shop.platform.clock.now = () => now;
    await shop.platform.clickhouse.insertRows('order_line', lines.map(({ customerNo, order, atMs, thousandths, isRefund }, i) => ({
      fact_id: i, batch_no: 1, import_id: 0, customer_no: customerNo, occurred_at: new Date(atMs).toISOString().replace('Z', ''), kind: isRefund ? 'refund' : 'sale', order_id: order, source: 'file', amount: (thousandths / 1_000).toFixed(3),
    })));
    await shop.changed();
    await shop.platform.jobs.start(true);
    for (const kind of ['rfm', 'rfm_months', 'lifecycle', 'repurchase']) expect(await computeModel(shop, kind), kind).toBeNull();
  }, 120_000);
  afterAll(() => shop.close());

  it('has the segments of a reckoning in plain code, now and at the ends of its months', async () => {
    const { board } = (await shop.ask(readRfmBoard)).body;
    const plain = segmentsPlainly(lines, now.getTime());
    expect(board?.segments.map(({ segment, people }) => [segment, people])).toEqual(board?.segments.map(({ segment }) => [segment, plain.get(segment) ?? 0]));
    expect([board?.buyers, Math.round(Number(board?.amount) * 1_000)]).toEqual([4_339, lines.reduce((sum, { thousandths }) => sum + thousandths, 0) - refundsOfNobody(lines)]);
    const { months } = (await shop.ask(readRfmMonths)).body;
    for (const { day, segments } of months?.filter((month) => ['2011-03-31', '2011-09-30'].includes(month.day)) ?? []) {
      const then = segmentsPlainly(lines, Date.parse(`${day}T00:00:00+08:00`) + dayMs);
      for (const { segment, people } of segments) expect(people, `${day} ${segment}`).toBe(then.get(segment) ?? 0);
    }
  });

  it('has the states and the second purchases of a reckoning in plain code', async () => {
    const days = [...Map.groupBy(lines.filter(({ isRefund }) => !isRefund), ({ customerNo }) => customerNo).values()].map((own) => [...new Set(own.map(({ atMs }) => dayOf(atMs)))].toSorted((a, b) => a - b));
    const fit = fitRhythm(days.map((own) => ({ gaps: own.length - 1, days: own[own.length - 1] - own[0], people: 1 })))!;
    const { lifecycle } = (await shop.ask(readLifecycle)).body;
    expect([lifecycle?.rhythm.shape, lifecycle?.rhythm.days]).toEqual([expect.closeTo(fit.shape, 5), expect.closeTo(fit.days, 3)]);
    const plain = Map.groupBy(days, (own) => stateOn(dayOf(now.getTime()), own, fit, lifecycle!.limits));
    expect(lifecycle?.months.at(-1)?.states).toEqual(lifecycleStates.map((state) => ({ state, people: plain.get(state)?.length ?? 0 })));
    const waits = days.map((own) => ({ waited: (own[1] ?? dayOf(now.getTime())) - own[0], hasCome: own.length > 1 }));
    const [all] = (await shop.ask(readRepurchase)).body.windows!;
    for (const { day, share } of all.curve.filter((_, i) => i % 12 === 0)) {
      const waiting = [...new Set(waits.filter(({ waited, hasCome }) => hasCome && waited <= day).map(({ waited }) => waited))]
        .reduce((left, each) => left * (1 - waits.filter(({ waited, hasCome }) => hasCome && waited === each).length / waits.filter(({ waited }) => waited >= each).length), 1);
      expect(share).toBeCloseTo(1 - waiting, 9);
    }
    expect([all.buyers, all.came]).toEqual([days.length, days.filter((own) => own.length > 1).length]);
  });
});

/** Money given back to those who bought nothing in the time of the file. */
function refundsOfNobody(lines: readonly Line[]): number {
  const buyers = new Set(lines.filter(({ isRefund }) => !isRefund).map(({ customerNo }) => customerNo));
  return lines.filter(({ customerNo }) => !buyers.has(customerNo)).reduce((sum, { thousandths }) => sum + thousandths, 0);
}
