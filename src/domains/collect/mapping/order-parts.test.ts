import { describe, expect, it } from 'vitest';
import { amountKnown, amountTooLarge, amountUnknown, lineAmounts, quantityMissing } from './order-amounts.ts';
import { addFact, emptyFacts, refundKind, saleKind } from './order-facts.ts';
import { refundRows } from './order-refunds.ts';
import { saleTimes } from './order-times.ts';
import type { NumberColumn, OrderColumns, TextColumn } from './mapped-columns.ts';
import type { Mapping } from './mapping.ts';

const none = Number.NaN;
const numbers = (...values: number[]): NumberColumn => ({
  type: 'number',
  values: Float64Array.from(values),
});
const units = (...values: number[]): NumberColumn =>
  numbers(...values.map((value) => Math.round(value * 10_000)));
const rules: Mapping['rules'] = { refundWhen: [], paidAmount: 'before_refund', unpaid: 'skip' };

function amounts(columns: OrderColumns, rest: Partial<Mapping['rules']> = {}) {
  const rowCount = Object.values(columns)
    .map((column) => (column.type === 'number' ? column.values.length : 0))
    .reduce((a, b) => Math.max(a, b), 1);
  const { quantity, unitPrice, amount, state } = lineAmounts(rowCount, columns, { ...rules, ...rest });
  const shown = (values: Float64Array) => Array.from(values, (value) => value / 10_000);
  return { quantity: shown(quantity), unitPrice: shown(unitPrice), amount: shown(amount), state: [...state] };
}

describe('the amount of a row', () => {
  it('is the most direct thing that the file says', () => {
    const all = {
      amount: units(1, none, none, none),
      paid_amount: units(2, 2, none, none),
      quantity: units(3, 3, 3, none),
      unit_price: units(4, 4, 4, none),
      order_total: units(5, 5, 5, 5),
    };
    expect(amounts(all)).toMatchObject({ amount: [1, 2, 12, 5], state: [0, 0, 0, 0] });
  });

  it('is what was paid before the refund, where the file has taken the refund off', () => {
    const columns = { paid_amount: units(0, 10, 10), refund_amount: units(64.8, -2.5, none) };
    expect(amounts(columns, { paidAmount: 'after_refund' }).amount).toEqual([64.8, 12.5, 10]);
    expect(amounts(columns).amount).toEqual([0, 10, 10]);
  });

  it('is unknown where nothing tells it', () => {
    expect(amounts({ quantity: units(2) })).toEqual({
      quantity: [2],
      unitPrice: [0],
      amount: [0],
      state: [amountUnknown],
    });
  });

  it('is refused where it does not fit, or lacks the quantity that the file should tell', () => {
    const columns = { quantity: units(900_000_000, none, 1), unit_price: units(90_000_000, 5, 5) };
    expect(amounts(columns).state).toEqual([amountTooLarge, quantityMissing, amountKnown]);
  });

  it('gives the price of a piece where the file does not, never a negative one', () => {
    expect(amounts({ quantity: units(-3, 0, 4), amount: units(-10, 5, 2) }).unitPrice).toEqual([
      3.3333, 0, 0.5,
    ]);
  });

  it('of a file of refunds is what was paid back', () => {
    expect(amounts({ refund_amount: units(7) }).amount).toEqual([7]);
  });
});

describe('the time of a sale', () => {
  const at = (columns: { placed?: NumberColumn; paid?: NumberColumn }, unpaid: 'skip' | 'keep' = 'skip') => {
    const times = saleTimes(2, columns.placed, columns.paid, unpaid);
    return { at: [...times.at], unpaid: [...times.unpaid] };
  };

  it('is when it was paid, else when it was placed', () => {
    expect(at({ placed: numbers(1, 2) })).toEqual({ at: [1, 2], unpaid: [0, 0] });
    expect(at({ placed: numbers(1, 2), paid: numbers(5, none) })).toEqual({ at: [5, none], unpaid: [0, 1] });
    expect(at({ placed: numbers(1, 2), paid: numbers(5, none) }, 'keep')).toEqual({
      at: [5, 2],
      unpaid: [0, 0],
    });
    expect(at({ paid: numbers(5, none) }, 'keep')).toEqual({ at: [5, none], unpaid: [0, 0] });
  });

  it('is nowhere where the file tells none', () => {
    expect(at({})).toEqual({ at: [none, none], unpaid: [0, 0] });
  });
});

describe('refunds', () => {
  const ids = (...texts: string[]): { bytes: Buffer; column: TextColumn } => {
    const starts = Int32Array.from(texts, (_, i) => texts.slice(0, i).join('').length);
    const ends = starts.map((start, i) => start + texts[i].length);
    return { bytes: Buffer.from(texts.join('')), column: { type: 'text', starts, ends } };
  };
  const rows = (
    texts: string[],
    when: Mapping['rules']['refundWhen'],
    amount: number[] = texts.map(() => 1),
  ) => {
    const { bytes, column } = ids(...texts);
    const line = lineAmounts(texts.length, { amount: units(...amount) }, rules);
    return [...refundRows(bytes, column, undefined, line, when)];
  };

  it('are marked by the start of the order number', () => {
    const prefix = [{ when: 'order_id_starts_with' as const, prefix: 'RE' }];
    expect(rows(['RE1', 'R1', 'E1', 'RE', '', 'XRE1'], prefix)).toEqual([1, 0, 0, 1, 0, 0]);
    // The last number ends where another begins: its neighbour's letters are not its own.
    expect(rows(['R', 'E1'], prefix)).toEqual([0, 0]);
  });

  it('are marked by any of several rules', () => {
    const either = [
      { when: 'order_id_starts_with' as const, prefix: 'C' },
      { when: 'amount_negative' as const },
    ];
    expect(rows(['C1', '2', '3'], either, [1, -1, 1])).toEqual([1, 1, 0]);
    expect(rows(['C1', '2', '3'], [], [1, -1, 1])).toEqual([0, 0, 0]);
  });
});

it('facts stand in the order in which they were added', () => {
  const facts = emptyFacts(3);
  addFact(facts, 4, saleKind, 100, 1, 2, 3);
  addFact(facts, 4, refundKind, 200, -1, 2, -3);
  expect(facts.count).toBe(2);
  expect([...facts.row.subarray(0, 2)]).toEqual([4, 4]);
  expect([...facts.kind.subarray(0, 2)]).toEqual([1, 2]);
  expect([...facts.amount.subarray(0, 2)]).toEqual([3, -3]);
  expect([...facts.occurredAt.subarray(0, 2)]).toEqual([100, 200]);
});
