import { type OrderColumn, type PaymentColumn, paymentColumns } from '../facts/fact-tables.ts';
import { failure } from '../values/failure.ts';
import { identityFields } from './fields.ts';
import { planColumns, readColumns } from './columns/column-plan.ts';
import { RowReport } from './columns/row-report.ts';
import { amountTooLarge, amountUnknown, lineAmounts } from './order-amounts.ts';
import { addFact, emptyFacts, refundKind, saleKind } from './order-facts.ts';
import { composeOrderIds } from './order-ids.ts';
import { refundRows } from './order-refunds.ts';
import { numbers, saleTimes } from './order-times.ts';
import type { RowBatch } from '../files/row-batch.ts';
import type { OrderLineField } from './fields.ts';
import type { OrderColumns, TextColumn, ValueError } from './mapped-columns.ts';
import type { Mapping } from './mapping.ts';
import type { LineAmounts } from './order-amounts.ts';
import type { OrderFacts } from './order-facts.ts';
import type { SaleTimes } from './order-times.ts';

export const orderTextFields = [
  'order_id',
  'original_order_id',
  'line_id',
  'product_id',
  'product_name',
  'category',
  'category_parent',
  'brand',
  'channel',
  'region',
  'currency',
  ...identityFields,
  'customer_name',
] as const satisfies readonly OrderLineField[];
export type OrderTextField = (typeof orderTextFields)[number];

const paymentFields = paymentColumns satisfies readonly OrderLineField[];

/** What one batch of order lines holds. */
export interface OrderLines {
  facts: OrderFacts;
  /** One range per row of the batch, not per fact; undefined where nothing is mapped. */
  text: Partial<Record<OrderTextField, TextColumn>> & { order_id: TextColumn };
  /** The order each row's facts stand under: its own number, or of a return the order it takes back, where the file tells. */
  standsUnder: TextColumn;
  /** What each row says of its order beside the goods, as the columns of facts have it; of fields that are mapped. */
  ofOrder: Partial<Record<OrderColumn, Float64Array>>;
  /** 1 for each row that does not go in. */
  rejected: Uint8Array;
  errors: ValueError[];
  counts: OrderLineCounts;
}

export interface OrderLineCounts {
  sales: number;
  refunds: number;
  /** Rows placed but not paid: no fact and no error. */
  unpaid: number;
  /** Rows whose amount the file does not tell. */
  amountUnknown: number;
  /** Rows that went in and name no customer. */
  nobody: number;
}

export interface OrderLinePlan {
  /** What the mapping has of whole orders. */
  ofOrder: readonly OrderColumn[];
  /** Reads one batch. Appends rewritten values to the batch, whose `bytes` may be another buffer afterwards. */
  map: (batch: RowBatch) => OrderLines;
}

const dayMs = 86_400_000;

/**
 * Compiles a mapping of order lines for a file with these columns. `now` (epoch milliseconds)
 * decides what lies in the future, with a day of tolerance for clocks and zones. Throws
 * `collect.mapping_column_missing`.
 */
export function planOrderLines(
  mapping: Mapping,
  columns: readonly string[],
  { now }: { now: number },
): OrderLinePlan {
  const planned = planColumns(
    { ...mapping, defaults: { currency: mapping.currency, ...mapping.defaults } },
    columns,
  );
  const indexOf = (...fields: OrderLineField[]) => {
    const found = fields.flatMap((name) => mapping.columns.find(({ field }) => field === name) ?? []);
    return columns.indexOf(found[0]?.column ?? '');
  };
  const timeColumn = indexOf('occurred_at', 'paid_at');
  const orderColumn = indexOf('order_id');
  const quantityColumn = indexOf('quantity');
  const amountColumn = indexOf('unit_price', 'amount', 'paid_amount', 'quantity');
  const latest = now + dayMs;
  const has = (name: OrderLineField): boolean => mapping.columns.some(({ field }) => field === name);
  const payments = paymentFields.filter(has);
  const ofOrder: OrderColumn[] = has('occurred_at') && has('paid_at') ? [...payments, 'placed_before'] : payments;

  function checkRows(
    report: RowReport,
    { at, unpaid }: SaleTimes,
    { state }: LineAmounts,
    orderIds: TextColumn,
  ): void {
    const { starts, ends } = orderIds;
    for (let row = 0; row < at.length; row++) {
      if (report.rejected[row] === 1 || unpaid[row] === 1) continue;
      if (at[row] <= latest && starts[row] !== ends[row] && state[row] <= amountUnknown) continue;
      if (Number.isNaN(at[row])) report.add(row, timeColumn, 'occurred_at', failure.value_required, true);
      else if (at[row] > latest) report.add(row, timeColumn, 'occurred_at', failure.date_in_future, true);
      else if (starts[row] === ends[row])
        report.add(row, orderColumn, 'order_id', failure.value_required, true);
      else if (state[row] === amountTooLarge)
        report.add(row, amountColumn, 'amount', failure.number_too_large, true);
      else report.add(row, quantityColumn, 'quantity', failure.value_required, true);
    }
  }

  function map(batch: RowBatch): OrderLines {
    const report = new RowReport(batch, columns);
    const mapped: OrderColumns = readColumns(planned, batch, report);
    const times = saleTimes(batch.rowCount, mapped.occurred_at, mapped.paid_at, mapping.rules.unpaid);
    const amounts = lineAmounts(batch.rowCount, mapped, mapping.rules);
    const text = textColumns(batch, mapped, times);
    checkRows(report, times, amounts, text.order_id);
    const refunds = refundRows(
      batch.bytes,
      text.order_id,
      mapped.order_kind,
      amounts,
      mapping.rules.refundWhen,
    );
    const { facts, counts } = collectFacts(report.rejected, times, amounts, refunds, mapped);
    counts.nobody = countNobody(report.rejected, times.unpaid, text);
    return { facts, text, standsUnder: standsUnder(text, refunds), ofOrder: { ...paymentsOf(mapped, payments), ...(times.placedBefore && { placed_before: times.placedBefore }) }, rejected: report.rejected, errors: report.errors, counts };
  }
  return { ofOrder, map };
}

function standsUnder({ order_id: own, original_order_id: original }: OrderLines['text'], refunds: Uint8Array): TextColumn {
  if (!original) return own;
  const [starts, ends] = [own.starts.slice(), own.ends.slice()];
  for (let row = 0; row < starts.length; row++) {
    if (refunds[row] === 0 || original.starts[row] === original.ends[row]) continue;
    [starts[row], ends[row]] = [original.starts[row], original.ends[row]];
  }
  return { type: 'text', starts, ends };
}

/** Discounts are written below zero as often as above: what is meant is how much. */
const paymentsOf = (mapped: OrderColumns, payments: readonly PaymentColumn[]): OrderLines['ofOrder'] =>
  Object.fromEntries(payments.map((field) => [field, numbers(mapped[field])?.map((value) => Math.abs(value) || 0)]));

function textColumns(batch: RowBatch, mapped: OrderColumns, times: SaleTimes): OrderLines['text'] {
  const text: Partial<Record<OrderTextField, TextColumn>> = {};
  for (const field of orderTextFields) {
    const column = mapped[field];
    if (column?.type === 'text') text[field] = column;
  }
  if (!text.region && mapped.address?.type === 'text') text.region = mapped.address;
  const identities = identityFields.flatMap((field) => text[field] ?? []);
  return { ...text, order_id: text.order_id ?? composeOrderIds(batch, identities, times.at) };
}

function collectFacts(
  rejected: Uint8Array,
  times: SaleTimes,
  amounts: LineAmounts,
  refunds: Uint8Array,
  mapped: OrderColumns,
): { facts: OrderFacts; counts: OrderLineCounts } {
  const { quantity, unitPrice, amount, state } = amounts;
  const refundedAt = numbers(mapped.refunded_at);
  const refundAmounts = numbers(mapped.refund_amount);
  const facts = emptyFacts(refundAmounts ? 2 * rejected.length : rejected.length);
  const counts: OrderLineCounts = { sales: 0, refunds: 0, unpaid: 0, amountUnknown: 0, nobody: 0 };
  for (let row = 0; row < rejected.length; row++) {
    if (rejected[row] === 1) continue;
    if (times.unpaid[row] === 1) {
      counts.unpaid++;
      continue;
    }
    const time = times.at[row];
    const refundTime = refundedAt && !Number.isNaN(refundedAt[row]) ? refundedAt[row] : time;
    const unknown = state[row] === amountUnknown ? 1 : 0;
    counts.amountUnknown += unknown;
    facts.amountUnknown[facts.count] = unknown;
    if (refunds[row] === 1) {
      addFact(
        facts,
        row,
        refundKind,
        refundTime,
        0 - Math.abs(quantity[row]),
        unitPrice[row],
        0 - Math.abs(amount[row]),
      );
      counts.refunds++;
      continue;
    }
    addFact(facts, row, saleKind, time, quantity[row], unitPrice[row], amount[row]);
    counts.sales++;
    const refunded = refundAmounts ? Math.abs(refundAmounts[row]) : 0;
    if (refunded > 0) {
      // How many pieces came back is not told, unless all the money did.
      const returned = refunded >= amount[row] ? 0 - quantity[row] : 0;
      addFact(facts, row, refundKind, refundTime, returned, unitPrice[row], -refunded);
      counts.refunds++;
    }
  }
  return { facts, counts };
}

function countNobody(rejected: Uint8Array, unpaid: Uint8Array, text: OrderLines['text']): number {
  const identities = identityFields.flatMap((field) => text[field] ?? []);
  let count = 0;
  for (let row = 0; row < rejected.length; row++) {
    if (rejected[row] === 1 || unpaid[row] === 1) continue;
    let known = false;
    for (const { starts, ends } of identities) known ||= starts[row] !== ends[row];
    if (!known) count++;
  }
  return count;
}
