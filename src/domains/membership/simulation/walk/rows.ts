import { type Column, type ColumnWidth, wholeAt } from '../../../insights/public.ts';
import { payments, type TrialLine, type TrialOrder, type TrialPayment, type TrialRefund, unpaid } from '../rules/trial-order.ts';
import type { Mark } from '../rules/marks.ts';

/** Which columns of lines are read: those that nobody filled are not. */
export interface RowShape {
  marks: readonly Mark[];
  hasPayments: boolean;
}

const money = (column: string): string => `reinterpretAsInt64(${column}) as of_${column}`;
const paymentColumns = ['tax', 'freight', 'coupon_paid', 'points_paid', 'gift_card_paid'];

/** Lines of some customers, one order after the other, its sales first. Values of marks are bound as `mark0`, `mark1`… */
export function linesSql({ marks, hasPayments }: RowShape, whose: 'some' | 'merged'): string {
  const bits = (kinds: readonly Mark['of'][], column: (of: Mark['of']) => string): string =>
    marks.flatMap(({ of }, bit) => (kinds.includes(of) ? [`has({mark${bit}:Array(String)}, ${column(of)}) * ${2 ** bit}`] : [])).join(' + ') || '0';
  const merged = 'select arrayJoin([absorbed_no, survivor_no]) from merge_pair';
  return `select customer_no, order_key, toUInt8(kind = 'refund') as is_refund, toUnixTimestamp64Milli(occurred_at) - placed_before as at, reinterpretAsInt64(amount) as of_amount,
    toUInt32(cityHash64(product_id)) as product,
    toUInt32(${bits(['product', 'category'], (of) => (of === 'product' ? 'product_id' : 'toString(category)'))}) as line_marks,
    toUInt32(${bits(['channel'], () => 'toString(channel)')}) as order_marks${hasPayments ? `, ${paymentColumns.map(money).join(', ')}` : ''}
    from order_line
    where ${whose === 'some' ? `customer_no > {after:UInt32} and customer_no <= {until:UInt32} and customer_no not in (${merged})` : `customer_no > 0 and customer_no in (${merged})`}
      and occurred_at <= fromUnixTimestamp64Milli({now:Int64})
    order by customer_no, order_key, kind, occurred_at, fact_id`;
}

export const widthsOf = ({ hasPayments }: RowShape): ColumnWidth[] => [8, 1, 8, 8, 4, 4, 4, ...(hasPayments ? payments.map((): ColumnWidth => 8) : [])];

/** The orders of one person, by their moments. What of an order's money it says may stand on one line or on each of them. */
export function ordersOf([keys, refunded, ats, amounts, products, lineMarks, orderMarks, ...paid]: readonly Column[], from: number, until: number): TrialOrder[] {
  const orders: TrialOrder[] = [];
  for (let row = from; row < until;) {
    const first = row;
    const lines: TrialLine[] = [];
    const refunds: TrialRefund[] = [];
    let placedAt = Infinity;
    do {
      const amount = wholeAt(amounts, row);
      if (refunded[row] === 0) {
        placedAt = Math.min(placedAt, wholeAt(ats, row));
        lines.push({ product: products[row], marks: lineMarks[row], amount });
      } else if (amount < 0) refunds.push({ product: products[row], amount: -amount, at: wholeAt(ats, row) });
      row++;
    } while (row < until && keys[2 * row] === keys[2 * first] && keys[2 * row + 1] === keys[2 * first + 1]);
    // Returns of an order that is not there take nothing.
    if (lines.length > 0) orders.push({ placedAt, channel: orderMarks[first], lines, refunds, payment: paid.length > 0 ? paymentOf(paid, first, first + lines.length) : unpaid });
  }
  return orders.length > 1 ? orders.sort((a, b) => a.placedAt - b.placedAt) : orders;
}

function paymentOf(paid: readonly Column[], from: number, until: number): TrialPayment {
  const payment = { ...unpaid };
  for (const [i, part] of payments.entries()) for (let row = from; row < until; row++) payment[part] = Math.max(payment[part], wholeAt(paid[i], row));
  return payment;
}
