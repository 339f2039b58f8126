import { describe, expect, it } from 'vitest';
import type { Locale } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import type { Figures } from '../contract.ts';
import type { Compared } from './compared.ts';
import {
  type Found,
  movedOf,
  salesByDimension,
  salesFactorsOf,
  shareOf,
  ticketByChannel,
} from './findings.ts';
import { wordAnalysis } from './sentences.ts';

const say = createSay();
const brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };

const figures = (given: Partial<Figures> = {}): Figures => ({
  sales: '0',
  refunds: '0',
  netSales: '0',
  orders: 0,
  averageOrder: null,
  buyers: 0,
  newBuyers: 0,
  returningBuyers: 0,
  units: '0',
  linesWithoutCustomer: 0,
  linesInOtherCurrency: 0,
  ...given,
});

const compared = (
  rows: Compared['rows'],
  total: Compared['total'],
): Compared => ({
  rows,
  total,
  rowCount: rows.length,
  period: { from: '2026-03-02', to: '2026-03-08' },
  before: { from: '2026-02-23', to: '2026-03-01' },
  dataVersion: 1,
  computedAt: '2026-03-09T00:00:00.000Z',
  timeZone: 'Asia/Shanghai',
});

const yuan = (amount: number): bigint => BigInt(amount) * 10_000n;

/** A week that rose from 100,000 to 120,000: TikTok brought most of it, a shop lost, and one Wednesday was unlike Wednesdays. */
const risen: Found = {
  overview: compared([], { now: figures(), before: figures() }),
  sales: movedOf(yuan(120_000), yuan(100_000)),
  factors: [
    { factor: 'buyers', change: yuan(15_000) },
    { factor: 'frequency', change: yuan(-2_000) },
    { factor: 'ticket', change: yuan(7_000) },
  ],
  groups: [
    { key: 'new', ...movedOf(yuan(50_000), yuan(35_000)) },
    { key: 'returning', ...movedOf(yuan(70_000), yuan(65_000)) },
  ],
  dimensions: [
    {
      dimension: 'channel',
      rest: 0n,
      rows: [
        { key: '抖音', ...movedOf(yuan(60_000), yuan(35_000)) },
        { key: '门店', ...movedOf(yuan(40_000), yuan(48_000)) },
        { key: '', ...movedOf(yuan(20_000), yuan(17_000)) },
      ],
    },
    {
      dimension: 'region',
      rest: 0n,
      rows: [{ key: '浙江', ...movedOf(yuan(120_000), yuan(100_000)) }],
    },
  ],
  ticket: { ...movedOf(2_200_000n, 2_000_000n), mix: 50_000n, rate: 150_000n },
  outside: [
    {
      metric: 'orders',
      day: '2026-03-04',
      value: 260,
      range: { median: 120, low: 80, high: 160, weeks: 8 },
    },
  ],
};

const textsOf = (
  found: Found,
  locale: Locale,
  compare: 'before' | 'lastYear' = 'before',
): string[] =>
  wordAnalysis(found, compare, say, locale, brand).map(({ text }) => text);

describe('an analysis in words', () => {
  it('reads in Chinese as an analyst writes', () => {
    expect(textsOf(risen, 'zh-CN')).toEqual([
      '销售额 ¥12万，比上期增长 20%（+¥2万）。',
      '按人群看，新客 +¥1.5万，老客 +¥5,000。',
      '按构成看，购买用户数 +¥1.5万，人均订单数 −¥2,000，客单价 +¥7,000。',
      '客单价 ¥220.00，上升 10%：渠道结构变化影响 +¥5.00，各渠道自身变化影响 +¥15.00。',
      '2026/03/04（星期三）的订单数为 260，高于平常：此前 8 个星期三一般在 80 到 160 之间。',
      '按渠道看，增长主要来自 抖音 +¥2.5万、未填写 +¥3,000（占变化的 15%）；门店 方向相反（−¥8,000）。',
    ]);
  });

  it('reads in English as an analyst writes', () => {
    expect(textsOf(risen, 'en')).toEqual([
      'Sales were ¥120K, up 20% on the period before (+¥20K).',
      'By whose money it was: new buyers +¥15K, returning buyers +¥5,000.',
      'By what it is made of: buyers +¥15K, orders per buyer −¥2,000, average order +¥7,000.',
      'The average order was ¥220.00, up 10%: +¥5.00 from a different mix of channels, +¥15.00 within the channels.',
      'On Wednesday, Mar 4, 2026, orders were 260, more than usual: the 8 same weekdays before lay mostly between 80 and 160.',
      'By channel, the rise came mostly from 抖音 +¥25K and Not given +¥3,000 (15% of the change); 门店 went the other way (−¥8,000).',
    ]);
  });

  it('reads in traditional Chinese as one writes there', () => {
    const texts = textsOf(risen, 'zh-TW');
    expect(texts[0]).toMatch(/^銷售額 .*12萬，比上期增長 20%/);
    expect(texts).toHaveLength(6);
    for (const text of texts) expect(text).not.toMatch(/[额长来户单变]/);
  });

  it('turns its words round where sales fell', () => {
    const fallen: Found = {
      ...risen,
      sales: movedOf(yuan(80_000), yuan(100_000)),
      dimensions: [
        {
          dimension: 'category',
          rest: 0n,
          rows: [
            { key: '红茶', ...movedOf(yuan(10_000), yuan(28_000)) },
            { key: '绿茶', ...movedOf(yuan(70_000), yuan(72_000)) },
          ],
        },
      ],
      ticket: {
        ...movedOf(1_800_000n, 2_000_000n),
        mix: -250_000n,
        rate: 50_000n,
      },
      outside: [
        {
          metric: 'sales',
          day: '2026-03-05',
          value: 1_200,
          range: { median: 15_000, low: 9_000, high: 21_000, weeks: 7 },
        },
      ],
    };
    const texts = textsOf(fallen, 'zh-CN', 'lastYear');
    expect(texts[0]).toBe('销售额 ¥8万，比去年同期下降 20%（−¥2万）。');
    expect(texts).toContain(
      '按品类看，下降主要来自 红茶 −¥1.8万（占变化的 90%）、绿茶 −¥2,000（占变化的 10%）。',
    );
    expect(texts).toContain(
      '客单价 ¥180.00，下降 10%：渠道结构变化影响 −¥25.00，各渠道自身变化影响 +¥5.00。',
    );
    expect(texts).toContain(
      '2026/03/05（星期四）的销售额为 ¥1,200，低于平常：此前 7 个星期四一般在 ¥9,000 到 ¥2.1万 之间。',
    );
    expect(
      wordAnalysis(fallen, 'before', say, 'en', brand).map(({ tone }) => tone),
    ).toEqual(['bad', 'bad', 'bad', 'bad', 'bad', 'bad']);
  });

  it('says no more than there is: nothing before, no change, one value alone, an average order that hardly moved', () => {
    const begun = {
      ...risen,
      sales: movedOf(yuan(500), 0n),
      factors: [],
      ticket: null,
      outside: [],
    };
    expect(textsOf(begun, 'en')[0]).toBe(
      'Sales were ¥500; there were none in the period before.',
    );
    const same: Found = {
      ...risen,
      sales: movedOf(yuan(500), yuan(500)),
      ticket: { ...movedOf(2_010_000n, 2_000_000n), mix: 0n, rate: 10_000n },
      outside: [],
    };
    expect(textsOf(same, 'zh-CN')).toEqual(['销售额 ¥500，与上期持平。']);
    const none = { ...risen, sales: movedOf(0n, 0n) };
    expect(textsOf(none, 'zh-CN')).toEqual(['这段时间和对比期都没有销售。']);
    expect(
      textsOf(risen, 'zh-CN').some((text) => text.startsWith('按地区看')),
    ).toBe(false);
  });
});

describe('what is found out before words', () => {
  const total = {
    now: figures({
      sales: '1200',
      orders: 12,
      buyers: 10,
      averageOrder: '100',
    }),
    before: figures({
      sales: '800',
      orders: 10,
      buyers: 8,
      averageOrder: '80',
    }),
  };

  it('takes buyers, their orders and the average order as what sales are the product of', () => {
    const factors = salesFactorsOf(compared([], total), yuan(400));
    expect(factors.map(({ factor }) => factor)).toEqual([
      'buyers',
      'frequency',
      'ticket',
    ]);
    expect(factors.reduce((sum, { change }) => sum + change, 0n)).toBe(
      yuan(400),
    );
  });

  it('leaves buyers out where lines have no customer, and everything where there is nothing to compare with', () => {
    const partly = {
      now: { ...total.now, linesWithoutCustomer: 1 },
      before: total.before,
    };
    expect(
      salesFactorsOf(compared([], partly), yuan(400)).map(
        ({ factor }) => factor,
      ),
    ).toEqual(['orders', 'ticket']);
    expect(
      salesFactorsOf(
        compared([], { now: total.now, before: figures() }),
        yuan(1_200),
      ),
    ).toEqual([]);
  });

  it('puts what lies outside of the rows into the rest', () => {
    const rows = [
      {
        key: '天猫',
        now: figures({ sales: '900' }),
        before: figures({ sales: '700' }),
      },
    ];
    expect(salesByDimension('channel', compared(rows, total))).toEqual({
      dimension: 'channel',
      rest: yuan(200),
      rows: [
        { key: '天猫', now: yuan(900), before: yuan(700), change: yuan(200) },
      ],
    });
  });

  it('explains the average order by channels only where each order has one', () => {
    const row = (
      key: string,
      sales: string,
      orders: number,
      salesBefore: string,
      ordersBefore: number,
    ) => ({
      key,
      now: figures({ sales, orders }),
      before: figures({ sales: salesBefore, orders: ordersBefore }),
    });
    const apart = [
      row('天猫', '800', 6, '500', 5),
      row('门店', '400', 6, '300', 5),
    ];
    const found = ticketByChannel(compared(apart, total));
    expect(found?.change).toBe(yuan(20));
    expect((found?.mix ?? 0n) + (found?.rate ?? 0n)).toBe(yuan(20));
    const twice = [
      row('天猫', '800', 7, '500', 5),
      row('门店', '400', 6, '300', 5),
    ];
    expect(ticketByChannel(compared(twice, total))).toBeNull();
    expect(
      ticketByChannel(compared(apart, { now: total.now, before: figures() })),
    ).toBeNull();
  });

  it('knows no share of nothing', () => {
    expect(shareOf(1n, 0n)).toBeNull();
    expect(shareOf(yuan(1), yuan(8))).toBe(0.125);
  });
});
