import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computedModel, computeModel } from '../../../../test/computed-model.ts';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../test/order-lines.ts';
import { dayIn } from '../../../kernel/day.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { writeBrand } from '../../../platform/settings.ts';
import {
  changeLifecycleLimits, keepPeople, lifecycleStates, type PeopleOf, readLifecycle, readLifecycleLimits, readLifecycleMoves, readModel, readPeople, readRepurchase,
} from '../contract.ts';
import { monthPoints, weekPoints } from '../history/points.ts';
import { fitRhythm } from './rhythm/fit.ts';
import { stateOn } from './rhythm/states.ts';

const zone = 'Asia/Shanghai';
const now = new Date('2026-06-18T04:00:00Z');
const people = 300;
const categories = ['茶叶', '咖啡', "Joe's \\ \"cups\""];

/** Users who buy at their own pace and stop one day: some every week, some twice a year; orders of some lines, some given back in whole. */
function drawLines(): TestLine[] {
  const random = seededRandom(17);
  const lines: Partial<TestLine>[] = [];
  for (let no = 1; no <= people; no++) {
    const paceDays = 4 + 120 * random() ** 2;
    const endMs = now.getTime() - (random() < 0.4 ? 0 : random() * 400 * 86_400_000);
    for (let atMs = now.getTime() - random() * 500 * 86_400_000, i = 0; atMs < endMs; atMs += -Math.log(1 - random()) * paceDays * 86_400_000, i++) {
      const at = new Date(atMs).toISOString();
      const line = { customerNo: no, order: `O${no}-${i}`, amount: random() < 0.05 ? 0 : Math.round(random() * 9_000) / 100, at, category: categories[Math.floor(random() * 3)] };
      lines.push(line);
      if (random() < 0.3) lines.push({ ...line, category: categories[Math.floor(random() * 3)] });
      if (random() < 0.1) lines.push({ ...line, kind: 'refund', at: new Date(Math.min(now.getTime() - 1, atMs + 86_400_000)).toISOString() });
    }
  }
  return [...lines, { customerNo: 1, order: 'old', at: '1970-01-01T00:00:00.000Z' }, { customerNo: 0, order: 'nobody' }, { customerNo: 2, order: 'ahead', at: '2027-01-01T00:00:00.000Z' }] as TestLine[];
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** The days everybody bought on, line by line. */
function daysPlainly(lines: readonly TestLine[], category?: string): Map<number, number[]> {
  const days = new Map<number, Set<number>>();
  for (const { customerNo, kind, at, category: own } of lines) {
    if (customerNo === 0 || kind === 'refund' || Date.parse(at) >= now.getTime() || at < '2000' || (category !== undefined && own !== category)) continue;
    days.set(customerNo, (days.get(customerNo) ?? new Set()).add(dayNumber(dayIn(zone, new Date(at)))));
  }
  return new Map([...days].map(([no, own]) => [no, [...own].toSorted((a, b) => a - b)]));
}

describe('the life of a brand\'s users', () => {
  let shop: InsightsServer;
  const lines = drawLines();
  const points = { month: monthPoints(now, zone), week: weekPoints(now, zone) };
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { platform } = shop;
    platform.clock.now = () => now;
    await platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, $1::int) n', [people]);
    await platform.clickhouse.command(`insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2025-01-01 00:00:00' from numbers(${people})`);
    await insertLines(platform.clickhouse, lines);
    await shop.changed();
    await platform.jobs.start(true);
    shop.insights.follow();
  });
  afterAll(() => shop.close());

  const read = async () => (await shop.ask(readLifecycle)).body.lifecycle!;
  const find = async (of: PeopleOf) => (await shop.ask(readPeople, { body: { of } })).body;
  const limits = { atRisk: 0.75, sleeping: 0.9, lost: 0.95 };
  const fitOf = (days: Map<number, number[]>) => fitRhythm([...days.values()].map((own) => ({ gaps: own.length - 1, days: own[own.length - 1] - own[0], people: 1 })))!;
  const statesPlainly = (days: Map<number, number[]>, day: string, by = limits): Map<number, string | null> =>
    new Map([...days].map(([no, own]) => [no, stateOn(dayNumber(day), own, fitOf(days), by)]));
  const counted = (states: Map<number, string | null>) => lifecycleStates.map((state) => ({ state, people: [...states.values()].filter((each) => each === state).length }));
  const days = daysPlainly(lines);

  it('is nothing before it was computed', async () => {
    expect((await shop.ask(readLifecycle)).body).toEqual({ lifecycle: null, limits: { version: 0, limits } });
    expect((await find({ kind: 'lifecycle', state: 'lost' })).size).toBe(0);
  });

  it('has the states that a reckoning user by user finds, now and at the end of each month and week', async () => {
    expect(await computeModel(shop, 'lifecycle')).toBeNull();
    const { months, weeks, rhythm, ignoredOrders } = await read();
    const fit = fitOf(days);
    expect([rhythm.shape, rhythm.days, rhythm.people, ignoredOrders]).toEqual([expect.closeTo(fit.shape, 5), expect.closeTo(fit.days, 3), fit.people, 1]);
    for (const [found, own] of [[months, points.month], [weeks, points.week]] as const) {
      expect(found.map(({ day }) => day)).toEqual(own.map(({ day }) => day).toReversed());
      for (const { day, states } of found) expect(states, day).toEqual(counted(statesPlainly(days, day)));
    }
    expect(months.at(-1)?.states.every((state) => state.people > 0)).toBe(true);
  });

  it('says what the limits mean for this brand, and whether gaps end as they say', async () => {
    const { usualGaps, examples, check, rhythm } = await read();
    expect(usualGaps.every((gap, i) => i === 0 || gap >= usualGaps[i - 1])).toBe(true);
    expect(examples[0]).toMatchObject({ purchases: 1, everyDays: null, usualGap: expect.closeTo(rhythm.days / rhythm.shape, 6) });
    for (const { atRisk, sleeping, lost } of examples) expect(atRisk < sleeping && sleeping < lost).toBe(true);
    expect(examples[1].lost).toBeLessThan(examples[3].atRisk);
    expect(Math.abs(check!.atRisk - 0.75)).toBeLessThan(0.1);
    expect(Math.abs(check!.lost - 0.95)).toBeLessThan(0.05);
  });

  it('tells who went from where to where, and they are one click away', async () => {
    for (const by of ['month', 'week'] as const) {
      const [from, to] = [points[by][5].day, points[by][2].day];
      const [was, is] = [from, to].map((day) => statesPlainly(days, day));
      const { body: { moves } } = await shop.ask(readLifecycleMoves, { query: { by, from, to } });
      expect(moves.reduce((sum, move) => sum + move.people, 0)).toBe([...is.values()].filter((state) => state !== null).length);
      for (const move of moves) expect([...is].filter(([no, state]) => state === move.is && (was.get(no) ?? 'not_yet') === move.was).length, `${move.was} ${move.is}`).toBe(move.people);
      const some = moves.find((move) => move.was !== move.is)!;
      expect((await find({ kind: 'lifecycle_move', by, from, to, was: some.was, is: some.is })).size).toBe(some.people);
      expect((await shop.ask(readLifecycleMoves, { query: { by, from: to, to: from } })).code).toBe('insights.months_backwards');
      expect((await shop.ask(readLifecycleMoves, { query: { by, from: '2001-01-01', to } })).code).toBe('insights.no_month');
    }
  });

  it('is a field of rules, and its people an audience', async () => {
    const found = await find({ kind: 'lifecycle', state: 'at_risk' });
    const plain = [...statesPlainly(days, points.month[0].day)].filter(([, state]) => state === 'at_risk').map(([no]) => no).toSorted((a, b) => a - b);
    expect([found.size, (await find({ kind: 'rule', rule: found.rule } as never)).size]).toEqual([plain.length, plain.length]);
    const kept = await shop.ask(keepPeople, { body: { of: { kind: 'lifecycle', state: 'at_risk' }, name: '要流失的人' } });
    expect([...(await shop.audiences.membersOf(kept.body.audienceId))]).toEqual(plain);
    const slow = { kind: 'field', field: 'usual_gap', test: { test: 'compare', compare: { is: 'more_than', value: '60' } } };
    expect((await find({ kind: 'rule', rule: slow } as never)).size).toBe([...days.values()].filter((own) => (fitOf(days).days + own[own.length - 1] - own[0]) / (fitOf(days).shape + own.length - 1) > 60).length);
    expect((await shop.ask(readPeople, { body: { of: { kind: 'lifecycle', state: 'won_back' } } }, { locale: 'zh-CN' })).body.sentence).toBe('生命周期为「赢回」的用户');
  });

  it('goes by other limits as soon as they are set, and remembers those before', async () => {
    const own = { atRisk: 0.6, sleeping: 0.8, lost: 0.9 };
    expect((await shop.ask(changeLifecycleLimits, { body: { ...own, sleeping: 0.5 } })).status).toBe(400);
    expect((await shop.ask(changeLifecycleLimits, { body: own }, { permissions: 'insights.read' })).status).toBe(403);
    await shop.ask(changeLifecycleLimits, { body: own });
    const { history: [run] } = (await shop.ask(readModel, { params: { kind: 'lifecycle' } })).body;
    expect(await computedModel(shop, 'lifecycle', run.modelId)).toBeNull();
    const { months, limits: used, limitsVersion } = await read();
    expect([used, limitsVersion, months.at(-1)?.states]).toEqual([own, 1, counted(statesPlainly(days, points.month[0].day, own))]);
    expect((await shop.ask(readLifecycleLimits)).body).toMatchObject({ limits: own, history: [{ version: 1, limits: own }] });
    await shop.ask(changeLifecycleLimits, { body: {} });
  });

  describe('the second purchase', () => {
    const windows = async () => (await shop.ask(readRepurchase)).body.windows!;

    /** People by how long they waited, or have been waiting, user by user. */
    const waitsPlainly = (own: Map<number, number[]>): { waited: number; hasCome: boolean }[] =>
      [...own.values()].map(([first, second]) => ({ waited: (second ?? dayNumber(points.month[0].day)) - first, hasCome: second !== undefined }));
    const sharePlainly = (waits: { waited: number; hasCome: boolean }[], by: number): number => 1 - [...new Set(waits.filter(({ waited, hasCome }) => hasCome && waited <= by).map(({ waited }) => waited))]
      .reduce((waiting, day) => waiting * (1 - waits.filter(({ waited, hasCome }) => hasCome && waited === day).length / waits.filter(({ waited }) => waited >= day).length), 1);

    it('comes when a reckoning user by user says, of each category and of all', async () => {
      expect(await computeModel(shop, 'repurchase')).toBeNull();
      const found = await windows();
      expect(found.map(({ category }) => category).toSorted()).toEqual([null, ...categories].toSorted());
      for (const { category, buyers, came, curve, within180, quartiles } of found) {
        const waits = waitsPlainly(daysPlainly(lines, category ?? undefined));
        expect([buyers, came]).toEqual([waits.length, waits.filter(({ hasCome }) => hasCome).length]);
        for (const { day, share, low, high, atRisk } of curve) {
          expect(share).toBeCloseTo(sharePlainly(waits, day), 9);
          expect(atRisk).toBe(waits.filter(({ waited }) => waited >= day).length);
          expect(low <= share + 1e-12 && share <= high + 1e-12).toBe(true);
        }
        expect(within180?.share).toBeCloseTo(sharePlainly(waits, 180), 9);
        const median = quartiles[1];
        if (median !== null) expect([sharePlainly(waits, median) >= 0.5, sharePlainly(waits, median - 1) < 0.5]).toEqual([true, true]);
      }
    });

    it('is due for people who are found by a rule: bought on one day, so long ago', async () => {
      for (const { category } of await windows()) {
        const [from, to] = [10, 150];
        const plain = [...daysPlainly(lines, category ?? undefined).values()].filter((own) => own.length === 1 && dayNumber(points.month[0].day) - own[0] >= from && dayNumber(points.month[0].day) - own[0] <= to);
        const { size, rule } = await find({ kind: 'repurchase', category, from, to });
        // Rules know orders of days ahead and of before this century, too; nobody of the window has one.
        expect(size).toBe(plain.length);
        expect((await find({ kind: 'rule', rule } as never)).size).toBe(size);
      }
      expect((await shop.ask(readPeople, { body: { of: { kind: 'repurchase', category: null, from: 9, to: 8 } } })).status).toBe(400);
    });
  });

  it('is one life where two were merged, and goes by the days of the brand\'s zone', async () => {
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: 31, survivor: 30 }]);
    const together = daysPlainly(lines.map((line) => (line.customerNo === 31 ? { ...line, customerNo: 30 } : line)));
    for (const kind of ['lifecycle', 'repurchase']) expect(await computeModel(shop, kind)).toBeNull();
    const { months } = await read();
    expect(months[6].states).toEqual(counted(statesPlainly(together, points.month[6].day)));
    expect((await shop.ask(readRepurchase)).body.windows![0].buyers).toBe(together.size);
    await writeBrand(shop.platform.pg, { name: '常青', timeZone: 'Pacific/Honolulu', currency: 'CNY' });
    expect(await computeModel(shop, 'lifecycle')).toBeNull();
    expect((await read()).months.at(-1)?.day).toBe('2026-06-17');
  });
});

describe('a brand of which little is known', () => {
  const bought = (customerNo: number, at: string, order = `O${customerNo}${at}`): Partial<TestLine> => ({ customerNo, at: `${at}T04:00:00.000Z`, order });
  it.each([
    ['nothing', [], /0 users have bought more than once/, /nobody has bought/i],
    ['three orders', [bought(1, '2026-01-01'), bought(1, '2026-02-01'), bought(2, '2026-03-01')], /1 users? ha/, null],
    ['one user', [bought(1, '2026-01-01'), bought(1, '2026-02-01')], /takes 10/, null],
    ['refunds alone', [{ ...bought(1, '2026-01-01'), kind: 'refund' as const }], /0 users/, /nobody has bought/i],
    ['nobody who bought twice', Array.from({ length: 30 }, (_, i) => bought(i + 1, '2025-11-01')), /0 users/, null],
  ])('is told what is missing, and shown what there is: %s', async (_, lines, ofLifecycle, ofRepurchase) => {
    const shop = await createInsightsServer();
    shop.platform.clock.now = () => now;
    await insertLines(shop.platform.clickhouse, lines);
    await shop.platform.jobs.start(true);
    expect(await computeModel(shop, 'lifecycle')).toMatch(ofLifecycle);
    const failure = await computeModel(shop, 'repurchase');
    if (ofRepurchase) expect(failure).toMatch(ofRepurchase);
    else {
      const { windows } = (await shop.ask(readRepurchase)).body;
      expect([failure, windows?.[0].buyers]).toEqual([null, new Set(lines.map(({ customerNo }) => customerNo)).size]);
      if (_ === 'nobody who bought twice') expect(windows?.[0]).toMatchObject({ came: 0, quartiles: [null, null, null], best: null, ofWhoCame: [], within180: { share: 0, low: 0, high: 0 }, within365: null });
    }
    await shop.close();
  });
});
