import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestPlatform,
  createTestServer,
  type TestPlatform,
} from '../../../../test/harness.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { addDays } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { createSay } from '../../../platform/i18n.ts';
import { createCommerce } from '../../commerce/public.ts';
import type { Analysis } from '../contract.ts';
import type { InsightsDoors } from '../part.ts';
import { createAnswers } from '../question/answers.ts';
import { ownRegistry } from '../registry/own.ts';
import { createAnalysis } from './analysis.ts';

interface Line {
  order: string;
  customerNo: number;
  amount: number;
  channel: string;
  region: string;
  category: string;
  day: string;
}

const first = '2026-01-05';
const [from, to] = ['2026-03-30', '2026-04-05'];
const spike = '2026-04-01';

/** Thirteen weeks of orders, the last of them with a day unlike all others, new people, and a channel that lost. */
function makeLines(): Line[] {
  const random = seededRandom(20);
  const pick = <T>(values: T[]): T =>
    values[Math.floor(random() * values.length)];
  const lines: Line[] = [];
  for (let at = 0; at < 91; at++) {
    const day = addDays(first, at);
    const isLast = day >= from;
    const orders = day === spike ? 60 : 10;
    for (let n = 0; n < orders; n++) {
      const customerNo =
        isLast && random() < 0.3
          ? 5_000 + lines.length
          : 1 + Math.floor(random() * 150);
      lines.push({
        order: `O${at}-${n}`,
        customerNo,
        amount: Math.round((50 + random() * 100) * 100) / 100,
        day,
        channel: isLast
          ? pick(['天猫', '天猫', '天猫', '门店'])
          : pick(['天猫', '门店', '门店', '']),
        region: pick(['浙江', '广东']),
        category: pick(['绿茶', '红茶', '茶具']),
      });
    }
  }
  return lines;
}

describe('what happened in a period', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  const lines = makeLines();
  let version = 1;
  beforeAll(async () => {
    test = await createTestPlatform();
    const commerce = createCommerce(test.platform);
    const platform = {
      ...test.platform,
      clock: { now: () => new Date('2026-04-06T03:00:00Z') },
    };
    const answers = createAnswers(
      platform,
      ownRegistry(commerce.products, createSay()),
      async () => version,
    );
    server = await createTestServer(
      platform,
      createAnalysis({ platform, say: createSay() } as InsightsDoors, answers)
        .routes,
    );
    await insertLines(
      test.platform.clickhouse,
      lines.map(({ day, ...line }) => ({
        ...line,
        at: `${day}T04:00:00.000Z`,
      })),
    );
    await commerce.refreshSummaries('all');
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  const ask = async (
    query = `from=${from}&to=${to}`,
    language = 'en',
  ): Promise<Analysis> => {
    const reply = await server.inject({
      url: `/api/insights/analysis?${query}`,
      headers: {
        'x-test-permissions': 'insights.read',
        'accept-language': language,
      },
    });
    expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200);
    return reply.json<Analysis>();
  };
  const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
  const added = (texts: string[]): bigint =>
    texts.reduce((sum, text) => sum + exact(text), 0n);
  const within = (line: Line, period: { from: string; to: string }): boolean =>
    line.day >= period.from && line.day <= period.to;
  const plainSales = (
    period: { from: string; to: string },
    where: (line: Line) => boolean = () => true,
  ): bigint =>
    lines
      .filter((line) => within(line, period) && where(line))
      .reduce(
        (sum, { amount }) => sum + BigInt(Math.round(amount * 10_000)),
        0n,
      );

  it('is made up of parts that add up to the change exactly, by whatever it is looked at', async () => {
    const { sales, before } = await ask();
    const change = plainSales({ from, to }) - plainSales(before);
    expect(exact(sales.change)).toBe(change);
    expect(added(sales.factors.map((each) => each.change))).toBe(change);
    expect(added(sales.groups.map((each) => each.change))).toBe(change);
    for (const { rows, rest } of sales.dimensions)
      expect(added([...rows.map((row) => row.change), rest])).toBe(change);
    expect(sales.factors.map(({ factor }) => factor)).toEqual([
      'buyers',
      'frequency',
      'ticket',
    ]);
  });

  it('is what a plain computation finds for every channel, region and category', async () => {
    const { sales, before } = await ask();
    for (const { dimension, rows } of sales.dimensions) {
      for (const row of rows) {
        const isOf = (line: Line): boolean =>
          line[dimension as 'channel'] === row.key;
        expect(
          [exact(row.now), exact(row.before)],
          `${dimension} ${row.key}`,
        ).toEqual([plainSales({ from, to }, isOf), plainSales(before, isOf)]);
      }
    }
  });

  it('knows new buyers from those who came back', async () => {
    const {
      sales: { groups },
    } = await ask();
    const firstDay = new Map<number, string>();
    for (const { customerNo, day } of lines)
      if (day < (firstDay.get(customerNo) ?? '9'))
        firstDay.set(customerNo, day);
    const isNew = (line: Line): boolean =>
      (firstDay.get(line.customerNo) ?? '') >= from;
    expect(groups.map(({ key, now }) => [key, exact(now)])).toEqual([
      ['new', plainSales({ from, to }, isNew)],
      ['returning', plainSales({ from, to }, (line) => !isNew(line))],
    ]);
  });

  it('tells of the day that is unlike its weekday, and of no other', async () => {
    const { outside } = await ask();
    expect(new Set(outside.map(({ day }) => day))).toEqual(new Set([spike]));
    const [{ metric, weeks, low, high, value }] = outside.filter(
      (each) => each.metric === 'orders',
    );
    expect([metric, weeks, value]).toEqual(['orders', 8, '60']);
    expect(Number(low)).toBeLessThan(10);
    expect(Number(high)).toBeGreaterThan(10);
    expect((await ask('from=2026-03-16&to=2026-03-22')).outside).toEqual([]);
  });

  it('is said as an analyst would, what moved first and then from the shortest sentence on', async () => {
    for (const language of ['zh-CN', 'zh-TW', 'en']) {
      const { sentences } = await ask(undefined, language);
      const texts = sentences.map(({ text }) => text);
      expect(sentences[0].kind).toBe('moved');
      expect(texts.slice(1)).toEqual(
        texts.slice(1).toSorted((a, b) => a.length - b.length),
      );
      for (const text of texts)
        expect(text).not.toMatch(/\{\{|analysis\.|undefined|NaN|null/);
      expect(sentences.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining([
          'moved',
          'groups',
          'factors',
          'driver',
          'outside',
        ]),
      );
    }
    const chinese = (await ask(undefined, 'zh-CN')).sentences.map(
      ({ text }) => text,
    );
    expect(chinese[0]).toMatch(
      /^销售额 ¥[\d.,]+万?，比上期增长 [\d.]+%（\+¥[\d.,]+万?）。$/,
    );
    expect(chinese.find((text) => text.startsWith('按渠道看'))).toMatch(
      /增长主要来自 天猫 \+¥.*；门店 方向相反|增长主要来自 天猫 \+¥/,
    );
  });

  it('is compared with the same days a year ago where that is asked for', async () => {
    const { before, sentences, sales } = await ask(
      `from=${from}&to=${to}&compare=lastYear`,
    );
    expect(before).toEqual({ from: '2025-03-30', to: '2025-04-05' });
    expect(sentences[0].text).toContain(
      'there were none in the same days last year',
    );
    expect(sales.factors).toEqual([]);
  });

  it('of nothing is said to be nothing', async () => {
    expect(
      (await ask('from=2020-01-01&to=2020-01-07')).sentences.map(
        ({ kind }) => kind,
      ),
    ).toEqual(['nothing']);
  });

  it('is told by orders alone where lines have no customer', async () => {
    await insertLines(test.platform.clickhouse, [
      {
        order: 'N',
        customerNo: 0,
        amount: 10,
        at: `${to}T05:00:00.000Z`,
        channel: '天猫',
      },
    ]);
    version++;
    const { sales } = await ask();
    expect(sales.factors.map(({ factor }) => factor)).toEqual([
      'orders',
      'ticket',
    ]);
    expect(added(sales.factors.map((each) => each.change))).toBe(
      exact(sales.change),
    );
    expect(sales.groups.map(({ key }) => key)).toEqual([
      'new',
      'returning',
      'unknown',
    ]);
    expect(added(sales.groups.map((each) => each.change))).toBe(
      exact(sales.change),
    );
  });

  it('may be read by who may read reports', async () => {
    const reply = await server.inject({
      url: `/api/insights/analysis?from=${from}&to=${to}`,
      headers: { 'x-test-permissions': 'commerce.read' },
    });
    expect(reply.statusCode).toBe(403);
    const backwards = await server.inject({
      url: '/api/insights/analysis?from=2026-04-05&to=2026-04-01',
      headers: { 'x-test-permissions': 'insights.read' },
    });
    expect(backwards.json()).toMatchObject({
      code: 'insights.period_backwards',
    });
  });
});
