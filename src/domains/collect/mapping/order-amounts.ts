import { divideDecimals, multiplyDecimals } from '../values/decimal.ts';
import { numbers } from './order-times.ts';
import type { OrderColumns } from './mapped-columns.ts';
import type { Mapping } from './mapping.ts';

export const amountKnown = 0;
/** The file tells no price: the amount is 0 and says nothing. */
export const amountUnknown = 1;
export const amountTooLarge = 2;
/** A price without the quantity that the file should tell. */
export const quantityMissing = 3;

/** What each row says about money, in ten-thousandths, with the signs of the file. */
export interface LineAmounts {
  quantity: Float64Array;
  unitPrice: Float64Array;
  amount: Float64Array;
  /** `amountKnown` or why it is not. */
  state: Uint8Array;
}

const one = 10_000;

/**
 * The amount of a row is what the file says most directly: the line's amount, else what was
 * paid for it (with what was paid back, where the file has already taken that off), else price
 * times quantity, else the order's total. Where the file has no quantities, or the amount does
 * without, a quantity is 1, as in a file of orders.
 */
export function lineAmounts(rowCount: number, columns: OrderColumns, rules: Mapping['rules']): LineAmounts {
  const given = numbers(columns.quantity);
  const price = numbers(columns.unit_price);
  const refunded = numbers(columns.refund_amount);
  const quantity = new Float64Array(rowCount).fill(one);
  const unitPrice = new Float64Array(rowCount);
  const state = new Uint8Array(rowCount);
  const direct = [
    numbers(columns.amount),
    paidAmounts(numbers(columns.paid_amount), rules.paidAmount === 'after_refund' ? refunded : null),
  ].filter((values) => values !== null);
  const last = [numbers(columns.order_total), refunded].filter((values) => values !== null);
  const amount = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    if (given && !Number.isNaN(given[row])) quantity[row] = given[row];
    let value = firstNumber(direct, row);
    const priced = price !== null && !Number.isNaN(price[row]);
    if (Number.isNaN(value) && priced) {
      value = multiplyDecimals(quantity[row], price[row]);
      if (Number.isNaN(value)) state[row] = amountTooLarge;
      if (given && Number.isNaN(given[row])) state[row] = quantityMissing;
    }
    if (Number.isNaN(value) && state[row] === amountKnown) {
      value = firstNumber(last, row);
      if (Number.isNaN(value)) state[row] = amountUnknown;
    }
    amount[row] = state[row] === amountKnown ? value : 0;
    unitPrice[row] = priced ? price[row] : Math.abs(divideDecimals(amount[row], quantity[row])) || 0;
  }
  return { quantity, unitPrice, amount, state };
}

function paidAmounts(paid: Float64Array | null, refunded: Float64Array | null): Float64Array | null {
  if (!paid || !refunded) return paid;
  return paid.map((value, row) => value + (Math.abs(refunded[row]) || 0));
}

function firstNumber(columns: readonly Float64Array[], row: number): number {
  for (const values of columns) if (!Number.isNaN(values[row])) return values[row];
  return NaN;
}
