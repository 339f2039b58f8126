import { failure } from '../values/failure.ts';
import { planColumns } from './columns/column-plan.ts';
import { RowReport } from './columns/row-report.ts';
import { identityFields } from './fields.ts';
import type { RowBatch } from '../files/row-batch.ts';
import type { MappedColumn, ValueError } from './mapped-columns.ts';
import type { ColumnMapping, Mapping } from './mapping.ts';

/** One column of a batch of customers, events or products. */
export interface RecordColumn {
  field: string;
  /** With the options of attributes and consents; null for a default without a column. */
  mapping: ColumnMapping | null;
  column: MappedColumn;
}

export interface Records {
  columns: RecordColumn[];
  /** 1 for each row that does not go in. */
  rejected: Uint8Array;
  errors: ValueError[];
}

export interface RecordPlan {
  /** Reads one batch. Appends rewritten values to the batch, whose `bytes` may be another buffer afterwards. */
  map: (batch: RowBatch) => Records;
}

/** Fields without which a row says nothing, besides the identities of people. */
const requiredFields = {
  customers: [],
  events: ['event_name', 'occurred_at'],
  products: ['product_id'],
} as const;

/**
 * Compiles a mapping of customers, events or products for a file with these columns. A row
 * without any usable identity, event name, time or product number is rejected. Throws
 * `collect.mapping_column_missing`.
 */
export function planRecords(
  mapping: Mapping & { kind: keyof typeof requiredFields },
  columns: readonly string[],
): RecordPlan {
  const planned = planColumns(mapping, columns);
  const indexOf = (field: string) =>
    columns.indexOf(mapping.columns.find((column) => column.field === field)?.column ?? '');
  const required = requiredFields[mapping.kind].map((field) => ({ field, index: indexOf(field) }));

  function map(batch: RowBatch): Records {
    const report = new RowReport(batch, columns);
    const read = planned.map(({ field, mapping: column, read }) => ({
      field,
      mapping: column,
      column: read(batch, report),
    }));
    for (const { field, index } of required) {
      const column = read.find((candidate) => candidate.field === field)?.column;
      if (column)
        requireValue([column], (row) => report.add(row, index, field, failure.value_required, true), report);
    }
    if (mapping.kind !== 'products') {
      const identities = read.filter(({ field }) => isIdentity(field)).map(({ column }) => column);
      requireValue(
        identities,
        (row) => report.add(row, -1, 'external_id', failure.no_identity, true),
        report,
      );
    }
    return { columns: read, rejected: report.rejected, errors: report.errors };
  }
  return { map };
}

const isIdentity = (field: string) => (identityFields as readonly string[]).includes(field);

/** Calls `fail` for each row not yet rejected in which all of the columns are empty. */
function requireValue(
  columns: readonly MappedColumn[],
  fail: (row: number) => void,
  { rejected }: RowReport,
): void {
  for (let row = 0; row < rejected.length; row++) {
    if (rejected[row] === 0 && !columns.some((column) => hasValue(column, row))) fail(row);
  }
}

function hasValue(column: MappedColumn, row: number): boolean {
  if (column.type === 'text') return column.starts[row] !== column.ends[row];
  return column.type === 'number' ? !Number.isNaN(column.values[row]) : column.values[row] !== 0;
}
