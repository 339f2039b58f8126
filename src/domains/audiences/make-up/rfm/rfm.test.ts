import type { FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, staff, type TestPlatform } from '../../../../../test/harness.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { createCustomers } from '../../../customers/public.ts';
import { createAudiences } from '../../audiences.ts';
import { type readRfm, type RfmLimits, rfmLimits, rfmSegments } from '../../contract.ts';
import { changeLimits } from './kept-limits.ts';
import { cutsOf, measuredNow, readScores } from './read-scores.ts';
import { rfmSegmentOf, type Score, scores, segmentAt, worthOf } from './segments.ts';

type Rfm = EndpointReply<typeof readRfm>;

describe('segments', () => {
  it('are one for each of the hundred and twenty-five, and none is without a place', () => {
    const met = scores.flatMap((r) => scores.flatMap((f) => scores.map((m) => rfmSegmentOf(r, f, m))));
    expect([met.length, new Set(met)]).toEqual([125, new Set(rfmSegments)]);
  });

  it('are those that everybody knows at the corners', () => {
    const corners: [Score, Score, Score, string][] = [
      [5, 5, 5, 'champions'], [5, 1, 1, 'new_customers'], [1, 5, 5, 'cannot_lose'], [1, 1, 1, 'lost'], [3, 3, 3, 'need_attention'], [4, 5, 4, 'loyal'], [4, 1, 1, 'promising'],
      [2, 1, 2, 'hibernating'], [2, 4, 3, 'at_risk'], [3, 1, 2, 'about_to_sleep'], [5, 2, 3, 'potential_loyalist'],
    ];
    for (const [r, f, m, segment] of corners) expect(rfmSegmentOf(r, f, m), `${r}${f}${m}`).toBe(segment);
  });

  it('never fall when somebody buys more often or for more', () => {
    const worth = fc.constantFrom(...scores);
    fc.assert(fc.property(worth, worth, worth, (f, m, more) => worthOf(Math.max(f, more) as Score, m) >= worthOf(f, m)));
    expect([worthOf(1, 1), worthOf(1, 2), worthOf(2, 3), worthOf(5, 5)]).toEqual([1, 2, 3, 5]);
    expect(segmentAt(5, 5)).toBe('champions');
  });
});

/** A quantile as a spreadsheet reckons it: linear between the two values in the places around it. */
function quantileOf(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b);
  const place = (inOrder.length - 1) * share;
  const below = inOrder[Math.floor(place)];
  return below + (place - Math.floor(place)) * ((inOrder[Math.floor(place) + 1] ?? below) - below);
}

describe('fifths', () => {
  it('of values counted part people as quantiles of a spreadsheet do', () => {
    const counts = fc.uniqueArray(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 30 })), { minLength: 1, selector: ([value]) => value });
    fc.assert(fc.property(counts, (given) => {
      const values = given.flatMap(([value, count]) => Array.from({ length: count }, () => value));
      const quantiles = [0.2, 0.4, 0.6, 0.8].map((share) => quantileOf(values, share) + 1e-9);
      const cuts = cutsOf(given);
      for (const value of values) expect(cuts.filter((cut) => value > cut).length).toBe(quantiles.filter((quantile) => value > quantile).length);
    }));
  });

  it('of five who differ are one each, and of those who are equal all the same', () => {
    expect(cutsOf([[1, 1], [2, 1], [3, 1], [4, 1], [5, 1]])).toEqual([1, 2, 3, 4]);
    expect(cutsOf([[1, 7], [2, 2], [9, 1]])).toEqual([1, 1, 1, 2]);
    expect(cutsOf([[3, 10]])).toEqual([3, 3, 3, 3]);
  });
});

interface Buyer {
  no: number;
  day: number;
  orders: number;
  cents: number;
}

/** Scores reckoned a second way: against the quantiles of everybody. */
function scoredPlainly(buyers: readonly Buyer[], of: (buyer: Buyer) => number): Map<number, number> {
  const values = buyers.map(of);
  const quantiles = [0.2, 0.4, 0.6, 0.8].map((share) => quantileOf(values, share) + 1e-9);
  return new Map(buyers.map((buyer) => [buyer.no, 1 + quantiles.filter((quantile) => of(buyer) > quantile).length]));
}

describe('recency, frequency and value', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let buyers: Buyer[];
  const people = 2_000;
  const today = 20_600;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { platform } = test;
    let seed = 7;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    // Most bought once, as in every shop; every fourth never did.
    buyers = Array.from({ length: people }, (_, i) => ({ no: i + 1, day: today - Math.floor(random() ** 2 * 900), orders: random() < 0.7 ? 1 : 1 + Math.floor(random() * 12), cents: Math.floor(random() * 500_000) - 20_000 }))
      .filter(({ no }) => no % 4 !== 0);
    await platform.clickhouse.insertRows('customer', Array.from({ length: people }, (_, i) => ({ customer_no: i + 1, version: 1, status: 'active', created_at: '2026-01-01 00:00:00', city: (i + 1) % 3 === 0 ? '杭州' : '上海' })));
    // Late in the evening of UTC is the next day of the brand.
    await platform.clickhouse.insertRows('customer_summary', buyers.map(({ no, day, orders, cents }) => {
      const at = new Date((day * 86_400 - 4 * 3_600) * 1_000).toISOString();
      return { customer_no: no, version: 1, first_order_at: at, last_order_at: at, orders, refunds: 1, sales: ((cents + 20_000) / 100).toFixed(2), refunded: '200.00' };
    }));
    server = await createTestServer(platform, createAudiences(platform, createCustomers(platform)).routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const fifths = { recency: null, frequency: null, value: null };
  const scored = (hasMerges: boolean, own: RfmLimits = fifths) =>
    readScores(test.platform.reader, measuredNow(hasMerges, 'Asia/Shanghai', new Date(today * 86_400_000).toISOString().slice(0, 10)), own);
  const everybody = { kind: 'group', match: 'all', parts: [] };
  const ofHangzhou = { kind: 'field', field: 'city', test: { test: 'any_of', values: ['杭州'] } };
  const ask = async (body: object, locale = 'en') => server.inject({ method: 'POST', url: '/api/audiences/rfm', payload: body, headers: { 'x-test-permissions': 'audiences.read', 'accept-language': locale } });
  const read = async (body: object, locale?: string): Promise<Rfm> => (await ask(body, locale)).json();

  it('score every buyer as a second reckoning does', async () => {
    const { cells } = await scored(false);
    const expected = { recency: new Map([...scoredPlainly(buyers, ({ day }) => today - day)].map(([no, score]) => [no, 6 - score])), frequency: scoredPlainly(buyers, ({ orders }) => orders), value: scoredPlainly(buyers, ({ cents }) => cents) };
    let met = 0;
    for (const { recency, frequency, value, people: found } of cells) {
      for (const no of found) {
        met++;
        expect([recency, frequency, value], String(no)).toEqual([expected.recency.get(no), expected.frequency.get(no), expected.value.get(no)]);
      }
    }
    expect(met).toBe(buyers.length);
  });

  it('put a fifth of those who differ under each score, and all who bought once under the first', async () => {
    const { scores: { value, frequency }, from } = await read({ rule: everybody });
    for (const { inBase } of value) expect(Math.abs(inBase - buyers.length / 5)).toBeLessThanOrEqual(1);
    expect(frequency[0].inBase).toBe(buyers.filter(({ orders }) => orders === 1).length);
    expect([frequency[0].label, value[0].label, value[4].label]).toEqual(['1: fewer than 2 orders', `1: up to ${from.value[0]}`, `5: over ${from.value[3]}`]);
  });

  it('are scored by the own limits of the brand where it has set some', async () => {
    const own = rfmLimits.parse({ recency: [30, 90, 180, 365], value: ['0', '100.5', 1_000, 4_000] });
    const { cells } = await scored(false, own);
    const byNo = new Map(buyers.map((buyer) => [buyer.no, buyer]));
    for (const { recency, value, people: found } of cells) {
      for (const no of found) {
        const { day, cents } = byNo.get(no) as Buyer;
        expect([recency, value], String(no)).toEqual([5 - [30, 90, 180, 365].filter((days) => today - day > days).length, 1 + [0, 10_050, 100_000, 400_000].filter((limit) => cents > limit).length]);
      }
    }
    for (const wrong of [{ recency: [30, 30, 60, 90] }, { recency: [1, 2, 3] }, { frequency: [0, 1, 2, 3] }, { value: ['1', '2', '3', 'x'] }, { frequency: [4, 3, 2, 1] }]) {
      expect(rfmLimits.safeParse(wrong).success).toBe(false);
    }
    const before = await read({ rule: everybody });
    await changeLimits(test.platform.pg, staff(), 'rfm', own);
    const after = await read({ rule: everybody });
    expect([before.from.value[3], after.from.value]).toEqual([before.from.value[3], ['0', '100.5', '1000', '4000']]);
    await changeLimits(test.platform.pg, staff(), 'rfm', fifths);
    expect((await read({ rule: everybody })).from).toEqual(before.from);
    expect((await test.platform.pg.query("select details from audit_log where action = 'insights.change_limits' order by seq")).rows).toMatchObject([{ details: { before: null, after: own } }, { details: { before: own, after: fifths } }]);
  });

  it('part everybody into segments, with those who never bought at the end', async () => {
    const found = await read({ rule: everybody }, 'zh-CN');
    expect([found.size, found.base, found.segments.at(-1)]).toEqual([people, people, expect.objectContaining({ label: '从未购买', inBase: people / 4, tgi: 100, pValue: null })]);
    expect(found.segments.map(({ value }) => value)).toEqual([...rfmSegments, 'never']);
    expect(found.segments.reduce((sum, { inBase }) => sum + inBase, 0)).toBe(people);
    expect(found.segments[0].label).toBe('核心用户');
    for (const [segment, inCells] of Map.groupBy(found.cells, (cell) => cell.segment)) {
      expect(inCells.reduce((sum, cell) => sum + cell.inBase, 0), segment).toBe(found.segments.find(({ value }) => value === segment)?.inBase);
    }
  });

  it('tell of an audience how it differs from everybody, and from another one', async () => {
    const all = await read({ rule: ofHangzhou });
    const champions = all.segments[0];
    expect([all.size, all.base]).toEqual([Math.floor(people / 3), people]);
    expect(champions.tgi).toBeCloseTo(((champions.inAudience / all.size) / (champions.inBase / people)) * 100);
    expect(champions.pValue).toBeGreaterThan(0);
    const same = await read({ rule: ofHangzhou, against: ofHangzhou });
    expect([same.base, same.segments.every(({ tgi, inAudience }) => tgi === 100 || (tgi === null && inAudience === 0))]).toEqual([all.size, true]);
  });

  it('count a merged person once, with what both bought, and the day of the later order', async () => {
    const { clickhouse, pg } = test.platform;
    const [one, other] = [buyers[0], buyers[1]];
    await clickhouse.insertRows('merge_pair', [{ absorbed_no: other.no, survivor_no: one.no, version: 1 }]);
    await clickhouse.command('system reload dictionary customer_merge');
    const { cells } = await scored(true);
    const numbers = cells.flatMap(({ people: found }) => [...found]);
    expect([numbers.length, new Set(numbers).size, numbers.includes(other.no)]).toEqual([buyers.length - 1, buyers.length - 1, false]);
    const merged = [...buyers.slice(2), { no: one.no, day: Math.max(one.day, other.day), orders: one.orders + other.orders, cents: one.cents + other.cents }];
    const expected = scoredPlainly(merged, ({ cents }) => cents);
    const cell = cells.find(({ people: found }) => found.has(one.no));
    expect(cell?.value).toBe(expected.get(one.no));
    expect((await pg.query('select 1')).rowCount).toBe(1);
  });

  it('are refused for a rule that is not one, and an audience that is not there', async () => {
    expect((await ask({ rule: { kind: 'nonsense' } })).statusCode).toBe(400);
    expect((await ask({ rule: { kind: 'audience', audienceId: 999_999 } })).json()).toMatchObject({ status: 404, code: 'audiences.not_found' });
  });

  it('are a file with every trait, harmless to a spreadsheet, that the audit log knows of', async () => {
    const made = await server.inject({ method: 'POST', url: '/api/audiences', payload: { name: '杭州人', kind: 'fixed', rule: ofHangzhou }, headers: { 'x-test-permissions': 'audiences.edit' } });
    const { audienceId } = made.json<{ audienceId: number }>();
    await test.platform.pg.query("insert into tag (name) values ('=cmd()')");
    await test.platform.clickhouse.command("insert into customer select * replace (2 as version, [1] as tags) from customer final where customer_no = 3");
    const file = (permissions: string, query = '') => server.inject({ url: `/api/audiences/${audienceId}/make-up/export${query}`, headers: { 'x-test-permissions': permissions, 'accept-language': 'zh-CN' } });
    expect((await file('audiences.read')).statusCode).toBe(403);
    const reply = await file('audiences.export');
    const lines = reply.body.trimEnd().split('\r\n').map((line) => line.split(','));
    expect([reply.statusCode, reply.headers['content-type'], lines[0].slice(1)]).toEqual([200, 'text/csv; charset=utf-8', ['取值', '人群人数', '人群占比', '对照人数', '对照占比', 'TGI', 'p 值']]);
    expect(lines.find((line) => line[1] === '杭州')?.slice(2, 6)).toEqual(['666', '1', '666', '0.333']);
    expect(lines.find((line) => line[1] === '从未购买')?.[4]).toBe(String(people / 4));
    expect(lines.filter((line) => line[0] === 'RFM 分层')).toHaveLength(12);
    expect(reply.body).not.toMatch(/(^|,)=/m);
    expect((await file('audiences.export', '?against=999999')).statusCode).toBe(404);
    const { rows } = await test.platform.pg.query("select subject, details from audit_log where action = 'audiences.export_make_up'");
    expect(rows).toEqual([{ subject: `audience:${audienceId}`, details: { against: null, rows: lines.length - 1 } }]);
  });

  it('of a shop without buyers are nobody\'s', async () => {
    const empty = await createTestPlatform();
    expect(await readScores(empty.platform.reader, measuredNow(false, 'UTC', '2026-01-01'), fifths)).toEqual({ cuts: { recency: [], frequency: [], value: [] }, cells: [] });
    await empty.close();
  });
});
