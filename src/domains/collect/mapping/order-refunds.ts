import { kinds } from '../values/words.ts';
import type { LineAmounts } from './order-amounts.ts';
import type { MappedColumn, TextColumn } from './mapped-columns.ts';
import type { RefundRule } from './mapping.ts';

const refundWord = kinds.indexOf('refund');

/** 1 for each row that is a refund by the mapping's rules or by its own word for it. */
export function refundRows(
  bytes: Buffer,
  orderIds: TextColumn,
  orderKinds: MappedColumn | undefined,
  { quantity, amount }: LineAmounts,
  rules: readonly RefundRule[],
): Uint8Array {
  const refunds = new Uint8Array(amount.length);
  if (orderKinds?.type === 'word') {
    orderKinds.values.forEach((word, row) => (refunds[row] = word === refundWord ? 1 : 0));
  }
  for (const rule of rules) {
    if (rule.when === 'order_id_starts_with') markPrefix(bytes, orderIds, rule.prefix, refunds);
    else markNegative(rule.when === 'quantity_negative' ? quantity : amount, refunds);
  }
  return refunds;
}

function markNegative(values: Float64Array, refunds: Uint8Array): void {
  for (let row = 0; row < values.length; row++) if (values[row] < 0) refunds[row] = 1;
}

function markPrefix(bytes: Buffer, { starts, ends }: TextColumn, prefix: string, refunds: Uint8Array): void {
  const wanted = Buffer.from(prefix);
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row];
    if (ends[row] - start < wanted.length || bytes[start] !== wanted[0]) continue;
    if (bytes.compare(wanted, 0, wanted.length, start, start + wanted.length) === 0) refunds[row] = 1;
  }
}
