import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../test/import-files.ts';
import { mapOrders, orderMapping } from '../../../../test/order-lines-table.ts';
import { planOrderLines } from './order-lines.ts';
import type { Mapping } from './mapping.ts';

const write = fileFolder();

async function map(
  csv: string,
  fields: Record<string, string>,
  rest: Partial<Record<keyof Mapping, unknown>> = {},
  now?: number,
) {
  const { columns, batches } = await readFile(write(csv));
  return mapOrders(orderMapping(fields, rest), columns, batches, now);
}

const line = { order: 'order_id', at: 'occurred_at', qty: 'quantity', price: 'unit_price' };

describe('order lines', () => {
  it('have price times quantity for an amount, and the brand currency', async () => {
    const { facts, errors } = await map('order,at,qty,price,item\nA1,2020-01-02 03:04:05,3,2.55, Tea \n', {
      ...line,
      item: 'product_name',
    });
    expect(errors).toEqual([]);
    expect(facts).toEqual([
      {
        rowNumber: 2,
        kind: 'sale',
        at: '2020-01-01T19:04:05.000Z',
        quantity: '3',
        unitPrice: '2.55',
        amount: '7.65',
        amountUnknown: false,
        text: { order_id: 'A1', product_name: 'Tea', currency: 'CNY' },
      },
    ]);
  });

  it('prefer the amount that the file gives, and derive the price from it', async () => {
    const { facts } = await map('order,at,qty,sum\nA1,2020-01-02,3,10\n', {
      order: 'order_id',
      at: 'occurred_at',
      qty: 'quantity',
      sum: 'amount',
    });
    expect(facts[0]).toMatchObject({ quantity: '3', unitPrice: '3.3333', amount: '10' });
  });

  it('reject a row for every fault in what a sale needs, telling all of them', async () => {
    const csv =
      'order,at,qty,price\nA1,2020-02-30,x,1.23456\n,2020-01-01,1,1\nA3,,1,1\n1.2E+17,2020-01-01,1,1\nA5,2020-01-01,900000000,90000000\nA6,2020-01-01,2,5\n';
    const { facts, errors } = await map(csv, line);
    expect(errors).toEqual([
      '5 order damaged_by_spreadsheet 1.2E+17',
      '2 at impossible_date 2020-02-30',
      '2 qty not_a_number x',
      '2 price too_many_decimals 1.23456',
      '3 order value_required ',
      '4 at value_required ',
      '6 price number_too_large 90000000',
    ]);
    expect(facts.map((fact) => fact.rowNumber)).toEqual([7]);
  });

  it('leave out a bad phone and keep the sale', async () => {
    const fields = { ...line, tel: 'phone', mail: 'email', 会员: 'external_id' };
    const { facts, errors, counts } = await map(
      'order,at,qty,price,tel,mail,会员\nA1,2020-01-01,1,1,138****8000,x,\nA2,2020-01-01,1,1,138 0013 8000,A@B.com,\nA3,2020-01-01,1,1,13800138001,,7\n',
      fields,
    );
    expect(errors).toEqual(['2 tel phone_masked 138****8000 (left out)', '2 mail not_an_email x (left out)']);
    expect(facts.map(({ text }) => [text.phone, text.email, text.external_id])).toEqual([
      [undefined, undefined, undefined],
      ['+8613800138000', 'a@b.com', undefined],
      ['+8613800138001', undefined, '7'],
    ]);
    expect(counts.nobody).toBe(1);
  });

  it('that are dated tomorrow go in, the day after they do not', async () => {
    const now = Date.UTC(2020, 0, 10);
    const { errors } = await map(
      'order,at,qty,price\nA,2020-01-11 07:00:00,1,1\nB,2020-01-12,1,1\n',
      line,
      {},
      now,
    );
    expect(errors).toEqual(['3 at date_in_future 2020-01-12']);
  });

  it('without a price have the amount 0 and say that it is unknown', async () => {
    const { facts, counts } = await map('order,at,qty\nA,20140919,2\n', {
      order: 'order_id',
      at: 'occurred_at',
      qty: 'quantity',
    });
    expect(facts[0]).toMatchObject({ quantity: '2', unitPrice: '0', amount: '0', amountUnknown: true });
    expect(counts.amountUnknown).toBe(1);
  });

  it('with a price need the quantity that the file has a column for', async () => {
    const { errors, facts } = await map(
      'order,at,qty,price\nA,2020-01-01,,5\nB,2020-01-01,NULL,5\nC,2020-01-01,1,\n',
      line,
    );
    expect(errors).toEqual(['2 qty value_required ', '3 qty value_required NULL']);
    expect(facts[0]).toMatchObject({ rowNumber: 4, amountUnknown: true });
  });

  it('of a shop that protects its numbers from spreadsheets have the numbers', async () => {
    const csv = `order,at,qty,price,who,tel,item\n"=""20200221000012345""",2020-01-01,1,1,'007,'13800138000,'tis tea\n`;
    const { facts } = await map(csv, { ...line, who: 'external_id', tel: 'phone', item: 'product_name' });
    expect(facts[0].text).toMatchObject({
      order_id: '20200221000012345',
      external_id: '007',
      phone: '+8613800138000',
      product_name: "'tis tea",
    });
  });

  it('belong to nobody where the customer is NULL', async () => {
    const { facts, counts } = await map(
      'order,at,qty,price,who\nA,2020-01-01,1,1,NULL\nB,2020-01-01,1,1,nan\n',
      { ...line, who: 'external_id' },
    );
    expect(facts.map(({ text }) => text.external_id)).toEqual([undefined, undefined]);
    expect(counts.nobody).toBe(2);
  });

  it('without an order number are one order for a customer and a time', async () => {
    const fields = { user: 'external_id', at: 'occurred_at', qty: 'quantity' };
    const { facts } = await map(
      'user,at,qty\n7,20140919,1\n7,20140919,2\n8,20140919,1\n,20140919,1\n,20140919,1\n',
      fields,
    );
    const orders = facts.map(({ text }) => text.order_id);
    expect(orders[0]).toBe('7@2014-09-18T16:00:00.000Z');
    expect(new Set(orders).size).toBe(4);
    expect(orders[0]).toBe(orders[1]);
  });

  it('take defaults where a column is absent or a cell empty', async () => {
    const fields = { ...line, ch: 'channel', cur: 'currency' };
    const { facts } = await map(
      'order,at,qty,price,ch,cur\nA,2020-01-01,1,1,,\nB,2020-01-01,1,1,app,£\n',
      fields,
      { defaults: { channel: 'tmall', region: '上海' } },
    );
    expect(facts.map(({ text }) => [text.channel, text.currency, text.region])).toEqual([
      ['tmall', 'CNY', '上海'],
      ['app', 'GBP', '上海'],
    ]);
  });

  it('take a region from an address, of which nothing else is left', async () => {
    const { facts } = await map(
      'order,at,qty,price,addr\nA,2020-01-01,1,1,广东省深圳市南山区1号\nB,2020-01-01,1,1,somewhere\n',
      { ...line, addr: 'address' },
    );
    expect(facts.map(({ text }) => text.region)).toEqual(['广东', undefined]);
    expect(JSON.stringify(facts)).not.toContain('深圳');
  });

  it('clean what has to be cleaned, in files that are not plain ASCII', async () => {
    const { facts } = await map(
      'order,at,qty,price,item,land\nA,2020-01-01,1,1,Cafe\u0301\0,Côte d’Ivoire\nB,2020-01-01,1,1,\u3000茶　,广西壮族自治区\n',
      { ...line, item: 'product_name', land: 'region' },
    );
    expect(facts.map(({ text }) => [text.product_name, text.region])).toEqual([
      ['Café', 'Côte d’Ivoire'],
      ['茶', '广西'],
    ]);
  });

  it('refuse an order number that is too long, and leave out a name that is', async () => {
    const { errors } = await map(
      `order,at,qty,price,item\n${'9'.repeat(201)},2020-01-01,1,1,x\nB,2020-01-01,1,1,${'茶'.repeat(501)}\nC,2020-01-01,1,1,${'茶'.repeat(500)}\n`,
      { ...line, item: 'product_name' },
    );
    expect(errors.map((error) => error.replace(/9{3,}|茶+/, '…'))).toEqual([
      '2 order text_too_long …',
      '3 item text_too_long … (left out)',
    ]);
  });

  it('need the columns that the mapping names', async () => {
    expect(() => planOrderLines(orderMapping(line), ['order', 'at'], { now: 0 })).toThrow(
      expect.objectContaining({ code: 'collect.mapping_column_missing', params: { columns: ['qty', 'price'] } }),
    );
  });
});

describe('refunds', () => {
  it('are rows that a rule marks, with negative quantity and amount whatever the file wrote', async () => {
    const csv =
      'order,at,qty,price\n100,2020-01-01,2,5\nC101,2020-01-02,-2,5\nC102,2020-01-02,2,5\n103,2020-01-02,-1,5\n';
    const { facts } = await map(csv, line, {
      rules: { refundWhen: [{ when: 'order_id_starts_with', prefix: 'C' }] },
    });
    expect(facts.map(({ kind, quantity, amount }) => [kind, quantity, amount])).toEqual([
      ['sale', '2', '10'],
      ['refund', '-2', '-10'],
      ['refund', '-2', '-10'],
      ['sale', '-1', '-5'],
    ]);
    const byQuantity = await map(csv, line, { rules: { refundWhen: [{ when: 'quantity_negative' }] } });
    expect(byQuantity.facts.map(({ kind }) => kind)).toEqual(['sale', 'refund', 'sale', 'refund']);
    const byAmount = await map(csv, line, { rules: { refundWhen: [{ when: 'amount_negative' }] } });
    expect(byAmount.counts).toMatchObject({ sales: 2, refunds: 2 });
  });

  it('stand under the order they take back, where the file tells; a sale keeps its own number', async () => {
    const csv = '订单号,原订单号,at,qty,price\nS1,,2020-01-01,2,5\nR1,S1,2020-01-02,-1,5\nR2,S1,2020-01-03,-1,5\nR3,,2020-01-04,-1,5\nS2,S1,2020-01-05,1,5\n';
    const { facts } = await map(csv, { 订单号: 'order_id', 原订单号: 'original_order_id', at: 'occurred_at', qty: 'quantity', price: 'unit_price' }, { rules: { refundWhen: [{ when: 'quantity_negative' }] } });
    expect(facts.map(({ kind, text }) => [kind, text.order_id])).toEqual([['sale', 'S1'], ['refund', 'S1'], ['refund', 'S1'], ['refund', 'R3'], ['sale', 'S2']]);
  });

  it('are rows whose own word says so', async () => {
    const { facts, errors } = await map(
      'order,at,qty,price,类型\nA,2020-01-01,1,5,销售\nB,2020-01-01,1,5,退款\nC,2020-01-01,1,5,礼物\n',
      { ...line, 类型: 'order_kind' },
    );
    expect(facts.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['sale', '5'],
      ['refund', '-5'],
    ]);
    expect(errors).toEqual(['4 类型 not_a_kind 礼物']);
  });

  it('of a refund column are facts of their own, at their own time where the file tells it', async () => {
    const fields = {
      order: 'order_id',
      at: 'occurred_at',
      paid: 'paid_amount',
      back: 'refund_amount',
      backAt: 'refunded_at',
    };
    const { facts } = await map(
      'order,at,paid,back,backAt\nA,2020-01-01 08:00:00,10,4,2020-01-05 08:00:00\nB,2020-01-01 08:00:00,10,10,\nC,2020-01-01 08:00:00,10,0,\n',
      fields,
    );
    expect(
      facts.map(({ rowNumber, kind, at, quantity, amount }) => [
        rowNumber,
        kind,
        at.slice(0, 10),
        quantity,
        amount,
      ]),
    ).toEqual([
      [2, 'sale', '2020-01-01', '1', '10'],
      [2, 'refund', '2020-01-05', '0', '-4'],
      [3, 'sale', '2020-01-01', '1', '10'],
      [3, 'refund', '2020-01-01', '-1', '-10'],
      [4, 'sale', '2020-01-01', '1', '10'],
    ]);
  });

  it('already taken off the paid amount are added to it again', async () => {
    const fields = { order: 'order_id', at: 'occurred_at', paid: 'paid_amount', back: 'refund_amount' };
    const { facts } = await map(
      'order,at,paid,back\nA,2020-01-01,0,64.8\nB,2020-01-01,10,2.5\nC,2020-01-01,5,\n',
      fields,
      { rules: { paidAmount: 'after_refund' } },
    );
    expect(facts.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['sale', '64.8'],
      ['refund', '-64.8'],
      ['sale', '12.5'],
      ['refund', '-2.5'],
      ['sale', '5'],
    ]);
  });
});

describe('payment', () => {
  const fields = { order: 'order_id', at: 'occurred_at', paid: 'paid_at', sum: 'amount' };
  const csv = 'order,at,paid,sum\nA,2020-01-01 08:00:00,2020-01-02 08:00:00,5\nB,2020-01-01 08:00:00,,5\n';

  it('makes a sale of an order, at its own time: placed is not sold', async () => {
    const { facts, counts, errors } = await map(csv, fields);
    expect(facts.map(({ rowNumber, at }) => [rowNumber, at])).toEqual([[2, '2020-01-02T00:00:00.000Z']]);
    expect(counts.unpaid).toBe(1);
    expect(errors).toEqual([]);
  });

  it('may be ignored by rule', async () => {
    const { facts } = await map(csv, fields, { rules: { unpaid: 'keep' } });
    expect(facts.map(({ at }) => at)).toEqual(['2020-01-02T00:00:00.000Z', '2020-01-01T00:00:00.000Z']);
  });
});
