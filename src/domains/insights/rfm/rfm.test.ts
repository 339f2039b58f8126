import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computedModel, computeModel } from '../../../../test/computed-model.ts';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../test/order-lines.ts';
import { dayIn, daysBetween } from '../../../kernel/day.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { writeBrand } from '../../../platform/settings.ts';
import { rfmSegmentOf, type Score } from '../../audiences/public.ts';
import { changeRfmLimits, keepPeople, readModel, readPeople, readRfmBoard, readRfmLimits, readRfmMonths, readRfmMoves, type PeopleOf } from '../contract.ts';
import { monthPoints, weekPoints } from '../history/points.ts';

const zone = 'Asia/Shanghai';
const now = new Date('2026-06-18T04:00:00Z');
const people = 400;

/** Orders of a little over a year, some of more than a line, some given back, some of nobody, and one by a clock that stood still. */
function drawLines(): TestLine[] {
  const random = seededRandom(5);
  const lines: Partial<TestLine>[] = [];
  for (let no = 1; no <= people; no++) {
    for (let i = 0; i < 1 + random() ** 3 * 9; i++) {
      const at = new Date(now.getTime() - random() * 420 * 86_400_000).toISOString();
      const line = { customerNo: random() < 0.05 ? 0 : no, order: `O${no}-${i}`, amount: Math.round(random() * 90_000) / 100, at };
      lines.push(line);
      if (random() < 0.3) lines.push({ ...line, amount: 5 });
      if (random() < 0.2) lines.push({ ...line, kind: 'refund', at: new Date(Math.min(now.getTime() - 1, Date.parse(at) + random() * 40 * 86_400_000)).toISOString() });
    }
  }
  return [...lines, { customerNo: 7, order: 'old', at: '1970-01-01T00:00:00.000Z', amount: 0 }, { customerNo: 8, order: 'ahead', at: '2026-12-01T00:00:00.000Z', amount: 9 }] as TestLine[];
}

/** A quantile as a spreadsheet reckons it. */
function quantileOf(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b);
  const place = (inOrder.length - 1) * share;
  const below = inOrder[Math.floor(place)];
  return below + (place - Math.floor(place)) * ((inOrder[Math.floor(place) + 1] ?? below) - below);
}

/** Segments of everybody as of a moment, reckoned line by line. */
function segmentsPlainly(lines: readonly TestLine[], before: Date, day: string): Map<number, { segment: string; scores: Score[] }> {
  const seen = lines.filter((line) => line.customerNo > 0 && Date.parse(line.at) < before.getTime());
  const buyers = [...Map.groupBy(seen, (line) => line.customerNo)].flatMap(([no, own]) => {
    const sales = own.filter(({ kind }) => kind !== 'refund');
    if (sales.length === 0) return [];
    const last = sales.reduce((latest, { at }) => (at > latest ? at : latest), '');
    return [{
      no, days: daysBetween(dayIn(zone, new Date(last)), day), orders: new Set(sales.map(({ order }) => order)).size,
      cents: own.reduce((sum, { amount, kind }) => sum + (kind === 'refund' ? -1 : 1) * Math.round(amount * 100), 0),
    }];
  });
  const cuts = (['days', 'orders', 'cents'] as const).map((key) => [0.2, 0.4, 0.6, 0.8].map((share) => quantileOf(buyers.map((buyer) => buyer[key]), share) + 1e-9));
  return new Map(buyers.map(({ no, days, orders, cents }) => {
    const [r, f, m] = [days, orders, cents].map((value, i) => cuts[i].filter((cut) => value > cut).length);
    const scores = [5 - r, 1 + f, 1 + m] as Score[];
    return [no, { segment: rfmSegmentOf(scores[0], scores[1], scores[2]), scores }];
  }));
}

const counted = (found: Map<number, { segment: string }>) => (segment: string): number => [...found.values()].filter((each) => each.segment === segment).length;

describe('recency, frequency and value of a brand', () => {
  let shop: InsightsServer;
  const lines = drawLines();
  const points = monthPoints(now, zone);
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { platform } = shop;
    platform.clock.now = () => now;
    await platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, $1::int) n', [people]);
    await platform.clickhouse.command(`insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2025-01-01 00:00:00' from numbers(${people})`);
    await insertLines(platform.clickhouse, lines.filter(({ order }) => order !== 'ahead'));
    await shop.changed();
    await insertLines(platform.clickhouse, lines.filter(({ order }) => order === 'ahead'));
    await platform.jobs.start(true);
    shop.insights.follow();
  });
  afterAll(() => shop.close());

  const board = async () => (await shop.ask(readRfmBoard)).body.board!;
  const find = async (of: PeopleOf) => (await shop.ask(readPeople, { body: { of } })).body;
  const expected = segmentsPlainly(lines, now, points[0].day);

  it('has nothing to show before it was computed, and says where nobody has bought', async () => {
    expect((await shop.ask(readRfmBoard)).body).toEqual({ board: null, limits: { version: 0, limits: { recency: null, frequency: null, value: null } } });
    expect((await shop.ask(readRfmMonths)).body.months).toBeNull();
    expect((await find({ kind: 'rfm', segment: 'champions' })).size).toBe(0);
    expect((await shop.ask(readRfmMoves, { query: { from: '2026-04-30', to: '2026-05-31' } })).status).toBe(404);
  });

  it('are segments of so many people and so much money as a reckoning line by line finds', async () => {
    expect(await computeModel(shop, 'rfm')).toBeNull();
    const { segments, cells, scores, buyers, customers, amount } = await board();
    expect([buyers, customers]).toEqual([expected.size, people]);
    for (const { segment, people: found } of segments) expect(found, segment).toBe(counted(expected)(segment));
    const total = lines.filter(({ customerNo, order }) => expected.has(customerNo) && order !== 'ahead').reduce((sum, { amount: each, kind }) => sum + (kind === 'refund' ? -1 : 1) * Math.round(each * 100), 0);
    expect(Number(amount)).toBeCloseTo(total / 100, 6);
    for (const parts of [segments, cells, scores.recency, scores.frequency, scores.value]) {
      expect(parts.reduce((sum, part) => sum + part.people, 0)).toBe(buyers);
      expect(parts.reduce((sum, part) => sum + Math.round(Number(part.amount) * 100), 0)).toBe(total);
    }
  });

  it('open to the people of a segment, a cell and a score, who are those of the live rule', async () => {
    const { segments, cells } = await board();
    const { segment, people: size } = segments.find((each) => each.people > 5)!;
    const found = await find({ kind: 'rfm', segment });
    expect([found.size, found.rule]).toEqual([size, { kind: 'field', field: 'rfm_segment', test: { test: 'any_of', values: [segment] } }]);
    const cell = cells.find((each) => each.people > 3)!;
    for (const of of [{ kind: 'rfm', segment }, { kind: 'rfm', recency: cell.recency, worth: cell.worth }, { kind: 'rfm', value: 5, frequency: 5 }, { kind: 'rfm' }] as const) {
      const { rule, size: own } = await find(of as never);
      expect((await find({ kind: 'rule', rule } as never)).size, JSON.stringify(of)).toBe(own);
    }
    expect((await find({ kind: 'rfm', recency: cell.recency, worth: cell.worth } as never)).size).toBe(cell.people);
    const kept = await shop.ask(keepPeople, { body: { of: { kind: 'rfm', segment }, name: '一个分层' } });
    const members = [...(await shop.audiences.membersOf(kept.body.audienceId))];
    expect(members).toEqual([...expected].filter(([, own]) => own.segment === segment).map(([no]) => no).toSorted((a, b) => a - b));
    const chinese = await shop.ask(readPeople, { body: { of: { kind: 'rfm', segment: 'champions', recency: 5 } } }, { locale: 'zh-CN' });
    expect(chinese.body.sentence).toBe('核心用户且最近一次购买（R）得 5 分的买家');
  });

  it('are reckoned as of the end of each month from the facts of then', async () => {
    expect(await computeModel(shop, 'rfm_months')).toBeNull();
    const { months } = (await shop.ask(readRfmMonths)).body;
    expect(months?.map(({ day }) => day)).toEqual(points.map(({ day }) => day).toReversed());
    for (const { day, before } of points) {
      const plain = counted(segmentsPlainly(lines, before, day));
      for (const { segment, people: found } of months?.find((each) => each.day === day)?.segments ?? []) expect(found, `${day} ${segment}`).toBe(plain(segment));
    }
    const { segments } = await board();
    expect(months?.at(-1)?.segments.map((each) => each.people)).toEqual(segments.map((each) => each.people));
  });

  it('tell who went from where to where between two months', async () => {
    const [from, to] = [points[4], points[1]];
    const [was, is] = [from, to].map(({ before, day }) => segmentsPlainly(lines, before, day));
    const { body: { moves } } = await shop.ask(readRfmMoves, { query: { from: from.day, to: to.day } });
    expect(moves.reduce((sum, move) => sum + move.people, 0)).toBe(is.size);
    for (const move of moves) {
      const plain = [...is].filter(([no, own]) => own.segment === move.is && (was.get(no)?.segment ?? 'not_yet') === move.was).map(([no]) => no);
      expect(plain.length, `${move.was} ${move.is}`).toBe(move.people);
    }
    const largest = moves.toSorted((a, b) => b.people - a.people)[0];
    const moved = await find({ kind: 'rfm_move', from: from.day, to: to.day, was: largest.was, is: largest.is });
    expect([moved.size, moved.rule]).toEqual([largest.people, null]);
    expect((await shop.ask(readRfmMoves, { query: { from: to.day, to: from.day } })).code).toBe('insights.months_backwards');
    expect((await shop.ask(readRfmMoves, { query: { from: '2019-01-31', to: to.day } })).code).toBe('insights.no_month');
  });

  it('are cut by the own limits of the brand as soon as it sets some, and the history of those is kept', async () => {
    const limits = { recency: [30, 60, 120, 240], frequency: [1, 2, 3, 4], value: ['0', '100', '500', '1000.5'] };
    expect((await shop.ask(changeRfmLimits, { body: limits }, { permissions: 'insights.read' })).status).toBe(403);
    expect((await shop.ask(changeRfmLimits, { body: { recency: [5, 4, 3, 2] } })).status).toBe(400);
    expect((await shop.ask(changeRfmLimits, { body: limits })).body).toEqual({ version: 1 });
    for (const kind of ['rfm', 'rfm_months']) {
      const { history } = (await shop.ask(readModel, { params: { kind } })).body;
      expect(await computedModel(shop, kind, history[0].modelId)).toBeNull();
    }
    const { scores, cuts, limitsVersion } = await board();
    expect([cuts, limitsVersion]).toEqual([limits, 1]);
    const recent = new Set(lines.filter(({ customerNo, kind, at, order }) => customerNo > 0 && kind !== 'refund' && order !== 'ahead' && daysBetween(dayIn(zone, new Date(at)), points[0].day) <= 30).map(({ customerNo }) => customerNo));
    expect(scores.recency[4].people).toBe(recent.size);
    const { body } = await shop.ask(readRfmLimits);
    expect([body.limits, body.history.map(({ version, setBy }) => [version, setBy])]).toEqual([limits, [[1, 'test staff']]]);
    await shop.ask(changeRfmLimits, { body: {} });
    const { history } = (await shop.ask(readModel, { params: { kind: 'rfm' } })).body;
    await computedModel(shop, 'rfm', history[0].modelId);
    expect((await board()).segments.map((each) => each.people)).toEqual((await board()).segments.map(({ segment }) => counted(expected)(segment)));
  });

  it('count a merged person once', async () => {
    const [one, other] = [11, 12];
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: other, survivor: one }]);
    const together = lines.map((line) => (line.customerNo === other ? { ...line, customerNo: one } : line));
    for (const kind of ['rfm', 'rfm_months']) expect(await computeModel(shop, kind)).toBeNull();
    const { segments, buyers } = await board();
    const plain = segmentsPlainly(together, now, points[0].day);
    expect([buyers, segments.map((each) => each.people)]).toEqual([plain.size, segments.map(({ segment }) => counted(plain)(segment))]);
    const { months } = (await shop.ask(readRfmMonths)).body;
    const then = counted(segmentsPlainly(together, points[3].before, points[3].day));
    for (const { segment, people: found } of months!.find(({ day }) => day === points[3].day)!.segments) expect(found, segment).toBe(then(segment));
  });

  it('go by the days of the zone the brand is in', async () => {
    await writeBrand(shop.platform.pg, { name: '常青', timeZone: 'America/New_York', currency: 'GBP' });
    expect(await computeModel(shop, 'rfm_months')).toBeNull();
    expect((await shop.ask(readRfmMonths)).body.months?.at(-1)?.day).toBe('2026-06-18');
    expect(await computeModel(shop, 'rfm')).toBeNull();
    expect((await board()).linesInOtherCurrency).toBe(lines.filter(({ customerNo }) => customerNo > 0).length);
  });
});

describe('a brand without buyers', () => {
  it.each([['nothing at all', []], ['refunds alone', [{ customerNo: 1, kind: 'refund' as const }]]])('that has %s is told so', async (_, lines) => {
    const shop = await createInsightsServer();
    await insertLines(shop.platform.clickhouse, lines);
    await shop.changed();
    await shop.platform.jobs.start(true);
    for (const kind of ['rfm', 'rfm_months']) expect(await computeModel(shop, kind)).toMatch(/nobody has bought/i);
    await shop.close();
  });
});

describe('ends of months and weeks', () => {
  it('are the last days of those that are over, and the moment itself', () => {
    expect(monthPoints(now, zone, 3).map(({ day }) => day)).toEqual(['2026-06-18', '2026-05-31', '2026-04-30', '2026-03-31']);
    expect(monthPoints(new Date('2026-05-31T16:30:00Z'), zone, 1)).toEqual([{ day: '2026-06-01', before: new Date('2026-05-31T16:30:00Z') }, { day: '2026-05-31', before: new Date('2026-05-31T16:00:00Z') }]);
    expect(weekPoints(now, zone, 2).map(({ day }) => day)).toEqual(['2026-06-18', '2026-06-14', '2026-06-07']);
    expect(weekPoints(new Date('2026-06-14T04:00:00Z'), zone, 1).map(({ day }) => day)).toEqual(['2026-06-14', '2026-06-07']);
  });
});
