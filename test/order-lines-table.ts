import {
  planOrderLines,
  type OrderLines,
  type OrderTextField,
} from '../src/domains/collect/mapping/order-lines.ts';
import { mappingSchema, type Mapping } from '../src/domains/collect/mapping/mapping.ts';
import { failureName } from '../src/domains/collect/values/failure.ts';
import { formatDecimal } from '../src/kernel/decimal.ts';
import type { RowBatch } from '../src/domains/collect/files/row-batch.ts';

/** A fact as a person would write it down. */
export interface FactRow {
  rowNumber: number;
  kind: 'sale' | 'refund';
  at: string;
  quantity: string;
  unitPrice: string;
  amount: string;
  amountUnknown: boolean;
  text: Partial<Record<OrderTextField, string>>;
}

/** A mapping of order lines from `{column: field}`, with the rest as given. */
export const orderMapping = (
  fields: Record<string, string>,
  rest: Partial<Record<keyof Mapping, unknown>> = {},
): Mapping =>
  mappingSchema.parse({
    version: 1,
    kind: 'order_lines',
    timeZone: 'Asia/Shanghai',
    dateOrder: 'day_first',
    currency: 'CNY',
    source: 'shop',
    columns: Object.entries(fields).map(([column, field]) => ({ column, field })),
    ...rest,
  });

/** All facts, errors (as `3 price not_a_number x`) and counts of a file's batches. */
export function mapOrders(
  mapping: Mapping,
  columns: string[],
  batches: readonly RowBatch[],
  now = Date.UTC(2026, 0, 1),
) {
  const plan = planOrderLines(mapping, columns, { now });
  const facts: FactRow[] = [];
  const errors: string[] = [];
  const counts = { sales: 0, refunds: 0, unpaid: 0, amountUnknown: 0, nobody: 0 };
  for (const batch of batches) {
    const lines = plan.map(batch);
    facts.push(...factRows(batch, lines));
    errors.push(
      ...lines.errors.map(
        (e) =>
          `${e.rowNumber} ${e.column} ${failureName(e.failure)} ${e.value}${e.rejected ? '' : ' (left out)'}`,
      ),
    );
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) counts[key] += lines.counts[key];
  }
  return { facts, errors, counts };
}

function factRows(batch: RowBatch, { facts, text, standsUnder }: OrderLines): FactRow[] {
  const decimal = (value: number) => formatDecimal(BigInt(value));
  return Array.from({ length: facts.count }, (_, i) => {
    const row = facts.row[i];
    const cells = Object.entries({ ...text, order_id: standsUnder }).map(([field, { starts, ends }]) => [
      field,
      batch.bytes.toString('utf8', starts[row], ends[row]),
    ]);
    return {
      rowNumber: batch.rowNumbers[row],
      kind: facts.kind[i] === 1 ? 'sale' : 'refund',
      at: new Date(facts.occurredAt[i]).toISOString(),
      quantity: decimal(facts.quantity[i]),
      unitPrice: decimal(facts.unitPrice[i]),
      amount: decimal(facts.amount[i]),
      amountUnknown: facts.amountUnknown[i] === 1,
      text: Object.fromEntries(cells.filter(([, value]) => value !== '')) as FactRow['text'],
    };
  });
}
