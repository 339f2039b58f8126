import { describe, expect, it } from 'vitest';
import { childAttribute } from './children.ts';
import { chooseFields } from './candidates.ts';
import { profileColumn } from './column-profile.ts';
import { guessCurrency, guessDateOrder } from './formats.ts';
import { chooseKind } from './kind.ts';
import { mapLeftOver } from './left-over.ts';
import { guessPaidAmount, guessRefundRules } from './order-rules.ts';
import { platformOf } from './platforms.ts';
import type { ImportKind } from '../fields.ts';

const cellsOf = (cells: Record<string, string[]>) => (field: string) => cells[field] ?? null;

describe('the profile of a column', () => {
  it('looks at filled values only', () => {
    const profile = profileColumn(['1.0', ' ', '2.0', '', '2.0']);
    expect(profile).toMatchObject({ filled: 3, distinct: 2, wholeWithDecimals: true });
    expect(profile.fits.decimal).toBe(1);
    expect(profileColumn([])).toMatchObject({ filled: 0, wholeWithDecimals: false });
    expect(profileColumn([]).fits.decimal).toBe(0);
  });

  it('knows what values are', () => {
    const fits = (...values: string[]) => profileColumn(values).fits;
    expect(fits('2020-01-01', '31/12/2020', '12/31/2020').time).toBe(1);
    expect(fits('13800138000', '138****8000', 'x').phone).toBeCloseTo(2 / 3);
    expect(fits('a@b.cn', 'b').email).toBe(0.5);
    expect(fits('男', '女', '1').gender).toBe(1);
    expect(fits('广东省深圳市', '火星').address).toBe(0.5);
    expect(fits('17850.0', '17850.5').decimal).toBe(1);
    expect(profileColumn(['17850.0', '17850.5']).wholeWithDecimals).toBe(false);
  });
});

describe('the choice of fields', () => {
  const choose = (kind: ImportKind, columns: Record<string, string[]>) =>
    Object.fromEntries(
      chooseFields(kind, Object.keys(columns), Object.values(columns).map(profileColumn)).map(
        ({ index, field }) => [Object.keys(columns)[index], field],
      ),
    );

  it('gives a field to the column that fits best, and to one only', () => {
    const chosen = choose('order_lines', {
      收货人手机号: ['x', 'y', 'z'],
      手机: ['13800138000', '13800138001', '13800138002'],
    });
    expect(chosen).toEqual({ 手机: 'phone' });
  });

  it('takes similar names where no known one is there', () => {
    expect(choose('order_lines', { 我的订单编号列: ['1', '2', '3'] })).toEqual({
      我的订单编号列: 'order_id',
    });
  });

  it('knows a time without a name by its marks, and a bare number not', () => {
    expect(choose('order_lines', { x: ['2020-01-01', '2020-01-02', '2020-01-03'] })).toEqual({
      x: 'occurred_at',
    });
    expect(choose('order_lines', { x: ['20200101', '20200102', '20200103'] })).toEqual({});
  });

  it('knows an address from a region by its length', () => {
    const addresses = [
      '浙江省杭州市西湖区文三路1号',
      '北京市朝阳区建国路2号院3号楼',
      '上海市浦东新区世纪大道4号5楼',
    ];
    expect(choose('order_lines', { x: addresses })).toEqual({ x: 'address' });
    expect(choose('order_lines', { x: ['浙江省', '北京', '上海市'] })).toEqual({ x: 'region' });
    expect(choose('customers', { x: ['浙江省', '北京', '上海市'] })).toEqual({ x: 'province' });
  });
});

it('the kind is the most demanding one whose essentials are there', () => {
  const kindOf = (fields: string[]) =>
    chooseKind(() =>
      fields.map((field, index) => ({ index, field: field as 'order_id', confidence: 1, reasons: [] })),
    );
  expect(kindOf(['order_id', 'occurred_at', 'amount'])).toBe('order_lines');
  expect(kindOf(['order_id', 'occurred_at'])).toBe('customers');
  expect(kindOf(['event_name', 'occurred_at', 'openid'])).toBe('events');
  expect(kindOf(['product_id', 'product_name'])).toBe('products');
  expect(kindOf(['product_id', 'product_name', 'phone'])).toBe('customers');
  expect(kindOf([])).toBe('customers');
});

describe('the rules of a shop', () => {
  it('find no mark where every order has a letter, or the letter means nothing', () => {
    const rules = (orders: string[], quantities: string[]) =>
      guessRefundRules(cellsOf({ order_id: orders, quantity: quantities }));
    expect(rules(['C1', 'C2'], ['-1', '-2'])).toEqual([{ when: 'quantity_negative' }]);
    expect(rules(['1', 'C2', 'C3'], ['1', '-2', '3'])).toEqual([{ when: 'quantity_negative' }]);
    expect(rules(['1', 'C2', 'R3'], ['1', '-2', '-3'])).toEqual([
      { when: 'order_id_starts_with', prefix: 'C' },
      { when: 'order_id_starts_with', prefix: 'R' },
    ]);
    expect(guessRefundRules(cellsOf({ order_id: ['1'], amount: ['1'] }))).toEqual([
      { when: 'amount_negative' },
    ]);
    expect(guessRefundRules(cellsOf({ order_id: ['1'] }))).toEqual([]);
  });

  it('take the paid amount as it is where the file shows no refund', () => {
    const paid = { paid_amount: ['5'], order_total: ['5'] };
    expect(guessPaidAmount(cellsOf({ ...paid, refund_amount: ['0'] }))).toBe('before_refund');
    expect(guessPaidAmount(cellsOf(paid))).toBe('before_refund');
  });
});

describe('columns left over', () => {
  it('are attributes of the type of their values', () => {
    const type = (...values: string[]) =>
      mapLeftOver('customers', 'x', profileColumn(values)).mapping?.attribute?.type;
    expect(type('1', '2.5')).toBe('number');
    expect(type('TRUE', 'FALSE')).toBe('boolean');
    expect(type('vip', '1')).toBe('text');
    expect(type()).toBe('text');
  });

  it('are left out where the kind has no attributes or the name names none', () => {
    expect(mapLeftOver('order_lines', 'x', profileColumn(['1'])).guess.reasons).toEqual(['not_recognised']);
    expect(mapLeftOver('customers', 'x'.repeat(65), profileColumn(['1'])).mapping).toBeNull();
  });

  it('are consents by their name, if they say yes or no', () => {
    expect(
      mapLeftOver('customers', '是否接受短信', profileColumn(['是', '否'])).mapping?.consent?.channel,
    ).toBe('sms');
    expect(
      mapLeftOver('customers', 'Email Opt-In', profileColumn(['1', '0'])).mapping?.consent?.channel,
    ).toBe('email');
    expect(mapLeftOver('customers', '短信订阅', profileColumn(['上周', '昨天'])).mapping?.field).toBe(
      'attribute',
    );
  });
});

it("a child's gender is coded as in the public data, or kept in words", () => {
  expect(childAttribute('gender', profileColumn(['0', '1', '2']))?.words).toEqual({
    0: 'male',
    1: 'female',
    2: 'unknown',
  });
  expect(childAttribute('gender', profileColumn(['男', '女']))?.words).toBeUndefined();
  expect(childAttribute('phone', profileColumn([]))).toBeNull();
});

it('dates, currencies and platforms are known by what stands there', () => {
  expect(guessDateOrder([profileColumn(['03/04/2020', '13/04/2020'])], 'America/New_York')).toBe('day_first');
  expect(guessDateOrder([profileColumn(['03/04/2020', '04/13/2020'])], 'Asia/Shanghai')).toBe('month_first');
  expect(guessDateOrder([profileColumn(['03/04/2020'])], 'America/New_York')).toBe('month_first');
  expect(guessDateOrder([], 'Asia/Shanghai')).toBe('day_first');
  expect(
    [['¥5'], ['HK$5'], ['$5'], ['5 EUR'], ['5']].map((values) => guessCurrency([profileColumn(values)])),
  ).toEqual(['CNY', 'HKD', 'USD', 'EUR', null]);
  expect(['天猫订单.csv', 'JD-2020.csv', 'tianchi_x.csv', 'adjust.csv'].map(platformOf)).toEqual([
    'tmall',
    'jd',
    'taobao',
    null,
  ]);
});
