import { describe, expect, it } from 'vitest';
import { guessMapping, type GuessOptions } from './guess.ts';
import { normaliseName } from './synonyms.ts';

const options: GuessOptions = {
  fileName: 'export.csv',
  now: Date.UTC(2026, 10, 23),
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
};

function guess(csv: string, rest: Partial<GuessOptions> = {}) {
  const [header, ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const result = guessMapping(header, rows, { ...options, ...rest });
  return {
    ...result,
    fields: Object.fromEntries(result.columns.map(({ column, field }) => [column, field])),
  };
}

describe('order files', () => {
  it('of a Chinese shop are understood by their names', () => {
    const { mapping, fields } =
      guess(`订单编号,子订单编号,买家会员名,收货人姓名,收货人手机号,宝贝标题,购买数量,宝贝单价(元),实付金额（元）,订单创建时间,订单付款时间,收货地址
1001,1,小王,王小明,13800138000,红茶,2,9.9,19.8,2020-02-20 10:00:00,2020-02-20 10:01:00,浙江省杭州市
1002,1,小李,李雷,13900139000,绿茶,1,19.9,19.9,2020-02-20 11:00:00,2020-02-20 11:01:00,北京市朝阳区`);
    expect(mapping?.kind).toBe('order_lines');
    expect(fields).toEqual({
      订单编号: 'order_id',
      子订单编号: 'line_id',
      买家会员名: 'external_id',
      收货人姓名: 'customer_name',
      收货人手机号: 'phone',
      宝贝标题: 'product_name',
      购买数量: 'quantity',
      '宝贝单价(元)': 'unit_price',
      '实付金额（元）': 'paid_amount',
      订单创建时间: 'occurred_at',
      订单付款时间: 'paid_at',
      收货地址: 'address',
    });
    expect(mapping?.duplicates).toBe('skip');
  });

  it('say what was paid with freight, coupons, points and gift cards', () => {
    expect(guess('订单编号,买家会员名,实付金额,付款时间,运费,优惠券抵扣,积分抵扣,礼品卡,税额\n1,小王,20,2020-02-20 10:01:00,8,5,1.5,0,0.6\n2,小李,30,2020-02-20 10:01:00,0,0,0,0,0').fields)
      .toMatchObject({ 运费: 'freight', 优惠券抵扣: 'coupon_paid', 积分抵扣: 'points_paid', 礼品卡: 'gift_card_paid', 税额: 'tax' });
  });

  it('of an English shop are understood too, with its date order and currency', () => {
    const { mapping, fields } = guess(
      'Order ID,Order Date,Customer Email,SKU,Qty,Price\n#1,12/31/2020,a@b.com,X1,1,$9.90\n#2,01/05/2021,c@d.com,X2,2,$5.00',
    );
    expect(fields).toEqual({
      'Order ID': 'order_id',
      'Order Date': 'occurred_at',
      'Customer Email': 'email',
      SKU: 'product_id',
      Qty: 'quantity',
      Price: 'unit_price',
    });
    expect(mapping).toMatchObject({ dateOrder: 'month_first', currency: 'USD' });
  });

  it('mark refunds by a letter only where the letter explains them', () => {
    const rules = (rows: string) =>
      guess(`InvoiceNo,InvoiceDate,Quantity,UnitPrice,CustomerID\n${rows}`).mapping?.rules.refundWhen;
    expect(rows('100,2020-01-01,1,1,1', 'C101,2020-01-01,-1,1,1', '102,2020-01-01,-3,0,')).toEqual([
      { when: 'order_id_starts_with', prefix: 'C' },
    ]);
    expect(rows('100,2020-01-01,1,1,1', '101,2020-01-01,-1,1,1')).toEqual([{ when: 'quantity_negative' }]);
    expect(rows('A100,2020-01-01,1,1,1', 'B101,2020-01-01,2,1,1')).toEqual([{ when: 'quantity_negative' }]);
    function rows(...lines: string[]) {
      return rules(lines.join('\n'));
    }
  });

  it('tell whether the paid amount is before or after the refund', () => {
    const header = '订单编号,总金额,买家实际支付金额,订单付款时间,退款金额';
    expect(guess(`${header}\n1,10,4,2020-01-01,6\n2,5,5,2020-01-01,0`).mapping?.rules.paidAmount).toBe(
      'after_refund',
    );
    expect(guess(`${header}\n1,10,10,2020-01-01,6\n2,5,5,2020-01-01,0`).mapping?.rules.paidAmount).toBe(
      'before_refund',
    );
  });

  it('name their platform in the file name', () => {
    const { mapping } = guess('订单编号,金额,下单时间\n1,10,2020-01-01', { fileName: '京东订单2020.csv' });
    expect(mapping).toMatchObject({ source: 'jd', defaults: { channel: 'jd' } });
  });
});

describe('people', () => {
  it('are understood by names, and by values where names say nothing', () => {
    const rows = Array.from(
      { length: 20 },
      (_, i) => `${i},1380013800${i % 10},u${i}@x.cn,男,1990-01-${10 + i},vip,是`,
    ).join('\n');
    const { fields, mapping } = guess(`会员编号,列1,列2,性别,生日,等级,短信订阅\n${rows}`);
    expect(mapping?.kind).toBe('customers');
    expect(fields).toEqual({
      会员编号: 'member_no',
      列1: 'phone',
      列2: 'email',
      性别: 'gender',
      生日: 'birthday',
      等级: 'attribute',
      短信订阅: 'consent',
    });
    expect(mapping?.columns.at(-1)).toEqual({
      column: '短信订阅',
      field: 'consent',
      consent: { channel: 'sms', purpose: 'marketing' },
    });
  });

  it('agree on the channel that a column is named for, and say their language', () => {
    const { mapping } = guess('user_id,MailMarketing,Sms Marketing,接受微信消息,push_opt_in,Accepts Marketing,is_mail,Language\n1,yes,no,是,1,true,yes,zh-TW\n2,no,yes,否,0,false,no,en');
    expect(mapping?.columns.map(({ field, consent }) => consent?.channel ?? field)).toEqual(['external_id', 'email', 'sms', 'wechat', 'push', 'email', 'attribute', 'language']);
  });

  it('who are minors are the children of the customers', () => {
    const { mapping, columns } = guess('user_id,birthday,gender\n1,20130311,1\n2,20121111,0\n3,20150130,2');
    expect(mapping?.columns.map(({ field, attribute }) => attribute?.name ?? field)).toEqual([
      'external_id',
      'child_birthday',
      'child_gender',
    ]);
    expect(columns[1].reasons).toContain('about_a_child');
    const adults = guess('user_id,birthday,gender\n1,19830311,1\n2,19921111,2');
    expect(adults.mapping?.columns.map(({ field }) => field)).toEqual(['external_id', 'birthday', 'gender']);
    expect(
      guess('user_id,birthday\n1,19830311', { fileName: 'baby.csv' }).mapping?.columns[1].attribute?.name,
    ).toBe('child_birthday');
  });

  it('keep nothing personal as an attribute in the clear', () => {
    const { columns, mapping } = guess(
      'user_id,phone,第二电话\n1,13800138000,13900139000\n2,13800138001,13900139001',
    );
    expect(columns[2]).toMatchObject({ field: null, reasons: ['looks_personal'] });
    expect(mapping?.columns.length).toBe(2);
  });
});

describe('other files', () => {
  it('of events and of products are told apart', () => {
    expect(
      guess('user_id,event,timestamp,page\n1,view,1582243205,/a\n2,buy,1582243206,/b').mapping?.kind,
    ).toBe('events');
    expect(guess('商品编码,商品名称,类目,吊牌价\nX1,红茶,茶,9.9\nX2,绿茶,茶,19.9').fields).toEqual({
      商品编码: 'product_id',
      商品名称: 'product_name',
      类目: 'category',
      吊牌价: 'unit_price',
    });
  });

  it('that nobody understands give a draft to start from and no mapping', () => {
    const { mapping, draft, columns } = guess('foo,bar\n1,x\n2,y');
    expect(mapping).toBeNull();
    expect(draft.kind).toBe('customers');
    expect(columns.map(({ reasons }) => reasons)).toEqual([['kept_as_attribute'], ['kept_as_attribute']]);
  });

  it('take the kind that a person chose', () => {
    expect(guess('id,name\n1,x', { kind: 'products' }).mapping?.columns.map(({ field }) => field)).toEqual([
      'product_id',
      'product_name',
    ]);
  });

  it('may have no rows', () => {
    expect(guessMapping(['订单编号', '下单时间', '金额'], [], options).mapping?.kind).toBe('order_lines');
  });

  it('whose values contradict the names are doubted', () => {
    const { columns } = guess('订单编号,下单时间,金额,手机\n1,2020-01-01,10,红色\n2,2020-01-02,20,蓝色');
    expect(columns[3]).toMatchObject({ field: null });
  });
});

it('names are compared without case, spaces, units and marks', () => {
  expect(['Customer_ID', 'customer id', ' CUSTOMER-ID ', 'ＣｕｓｔｏｍｅｒID'].map(normaliseName)).toEqual(
    Array(4).fill('customerid'),
  );
  expect(normaliseName('总金额（元）')).toBe('总金额');
});
