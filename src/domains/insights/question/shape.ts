import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Figures } from '../contract.ts';
import type { AnswerRow } from './print.ts';

/** Which of the two periods of a row. */
export type Side = 'now' | 'before';

const exact = (text: string | undefined): bigint => {
  const value = parseDecimal(text ?? '0');
  if (value === null) throw new Error(`The engine answered ${text}, which is no exact number.`);
  return value;
};

/** Half of a ten-thousandth is rounded away from zero, as in bookkeeping. */
function divided(amount: bigint, by: bigint): bigint {
  const sign = amount < 0n ? -1n : 1n;
  return sign * ((amount * sign * 2n + by) / (by * 2n));
}

/** The figures of one side of a row; a row that is missing has nothing in it. */
export function figuresOf(row: AnswerRow | undefined, side: Side): Figures {
  const read = (name: string): string | undefined => row?.[`${name}_${side}`] as string | undefined;
  const count = (name: string): number => Number(read(name) ?? 0);
  const sales = exact(read('sales'));
  const refunds = exact(read('refunds'));
  const orders = count('orders');
  const buyers = count('buyers');
  const newBuyers = count(row?.isTotal === 1 && read('newBuyersOfPeriod') !== undefined ? 'newBuyersOfPeriod' : 'newBuyers');
  return {
    sales: formatDecimal(sales),
    refunds: formatDecimal(refunds),
    netSales: formatDecimal(sales - refunds),
    orders,
    averageOrder: orders === 0 ? null : formatDecimal(divided(sales, BigInt(orders))),
    buyers,
    newBuyers,
    returningBuyers: Math.max(0, buyers - newBuyers),
    units: formatDecimal(exact(read('units'))),
    linesWithoutCustomer: count('linesWithoutCustomer'),
    linesInOtherCurrency: count('linesInOtherCurrency'),
  };
}
