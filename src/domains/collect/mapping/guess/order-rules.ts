import type { Mapping, RefundRule } from '../mapping.ts';

type CellsOf = (field: string) => readonly string[] | null;

const numberOf = (cell: string | undefined): number =>
  Number((cell ?? '').replace(/[,¥￥$€£\s]/g, '') || NaN);

/**
 * How a file marks refunds. Where the order numbers with a leading letter are those with negative
 * quantities, that letter is the mark, and negative quantities elsewhere are corrections
 * of stock; otherwise a negative quantity or amount is itself the mark.
 */
export function guessRefundRules(cells: CellsOf): RefundRule[] {
  const orders = cells('order_id');
  const counted = cells('quantity') ?? cells('amount');
  if (orders && counted) {
    const prefixes = new Map<string, { rows: number; negative: number }>();
    orders.forEach((order, row) => {
      const prefix = /^[A-Za-z]+(?=[-_]?\d)/.exec(order)?.[0] ?? '';
      const seen = prefixes.get(prefix) ?? { rows: 0, negative: 0 };
      seen.rows++;
      if (numberOf(counted[row]) < 0) seen.negative++;
      prefixes.set(prefix, seen);
    });
    const marks = [...prefixes].filter(([prefix, { rows, negative }]) => prefix !== '' && negative === rows);
    if (marks.length > 0 && marks.length < prefixes.size) {
      return marks.map(([prefix]) => ({ when: 'order_id_starts_with', prefix }));
    }
  }
  if (cells('quantity')) return [{ when: 'quantity_negative' }];
  return cells('amount') || cells('paid_amount') ? [{ when: 'amount_negative' }] : [];
}

/**
 * Whether the paid amount is what was left after the refund: in refunded rows, paid and refunded
 * then add up to the order's total.
 */
export function guessPaidAmount(cells: CellsOf): Mapping['rules']['paidAmount'] {
  const [paid, refunded, total] = [cells('paid_amount'), cells('refund_amount'), cells('order_total')];
  if (!paid || !refunded || !total) return 'before_refund';
  let refunds = 0;
  let leftOver = 0;
  refunded.forEach((cell, row) => {
    const refund = numberOf(cell);
    if (!(refund > 0)) return;
    refunds++;
    if (Math.abs(numberOf(paid[row]) + refund - numberOf(total[row])) < 0.005) leftOver++;
  });
  return leftOver > refunds * 0.8 ? 'after_refund' : 'before_refund';
}
